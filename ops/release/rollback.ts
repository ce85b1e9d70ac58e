/** Back to an image that served before. */
import { requireAccount } from '../deployment/account.ts';
import { Approval } from '../deployment/approval.ts';
import { withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { readDigest } from '../running/digest.ts';
import { readRecords } from '../running/records.ts';
import { architectureOfTasks } from './architecture.ts';
import { farewell } from './farewell.ts';
import { withReleaseLock } from './lock.ts';
import { earlierRelease } from './earlier-release.ts';
import { Recorder } from './recorder.ts';
import { requireImage } from './registry.ts';
import { switchTo } from './switch.ts';

interface RollbackOptions {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  readonly yes: boolean;
  /** @default that of the release before the present one */
  readonly digest?: string;
}

/** @throws Refusal, TerraformFailed, Interrupted */
export async function rollback({ table, name, yes, digest }: RollbackOptions): Promise<void> {
  const { environment } = find(table, name);
  const who = await requireAccount(environment);
  const progress = new Progress();
  const approval = new Approval(progress, { yes });
  const signal = listenForSignals();
  await withStacks(table, environment, (stacks) =>
    withReleaseLock(environment, who, async () => {
      const before = await readDigest(environment);
      if (before === undefined) throw new Refusal(`${name} runs no image that one could leave`);
      const target = earlierRelease(await readRecords(environment), before, digest);
      progress.line(`back to ${target.digest}, released ${target.ended} by ${target.who}`);
      const architecture = await architectureOfTasks(stacks.folderOf('service'));
      await requireImage(environment, target.digest, architecture);
      const { commit } = target;
      const recorder = new Recorder(environment, { kind: 'rollback', who, commit, before });
      recorder.digest = target.digest;
      const parts = { environment, stacks, progress, approval, recorder, signal };
      await recorder.record(() => switchTo(target.digest, { ...parts, before, migrates: false }));
      progress.line(await farewell(stacks));
    }),
  );
}
