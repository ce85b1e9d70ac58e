/** Back to an image that served before. */
import { requireAccount } from '../deployment/account.ts';
import { Approval } from '../deployment/approval.ts';
import { withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { requireNoRestore } from '../restore/under-way.ts';
import { readDigest } from '../running/digest.ts';
import { lastGood, readRecords } from '../running/records.ts';
import { architectureOfTasks } from './architecture.ts';
import { farewell } from './farewell.ts';
import { withReleaseLock } from './lock.ts';
import { earlierRelease } from './earlier-release.ts';
import { Recorder } from './recorder.ts';
import { stepsOfSwitch, withWhatIsLeft } from './parts.ts';
import { requireImage } from './registry.ts';
import { sourceFor } from './source.ts';
import { isMoreThanAnImage } from './unseen.ts';
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
  const source = await sourceFor(environment);
  const signal = listenForSignals();
  const approval = new Approval(progress, { yes, signal, mustBeSeen: isMoreThanAnImage });
  await withStacks(table, environment, (stacks) =>
    withReleaseLock(environment, who, async () => {
      await requireNoRestore(environment);
      const records = await readRecords(environment);
      // Not the parameter: it may name an image that a broken-off run has only just tried.
      const before = lastGood(records, await readDigest(environment));
      if (before === undefined) throw new Refusal(`${name} runs no image that one could leave`);
      const target = earlierRelease(records, before, digest);
      progress.line(`back to ${target.digest}, released ${target.ended} by ${target.who}`);
      const architecture = await architectureOfTasks(stacks.folderOf('service'));
      await requireImage(environment, target.digest, architecture);
      const beginning = { kind: 'rollback', who, checkout: source.commit, before } as const;
      const recorder = new Recorder(environment, beginning);
      const parts = { environment, stacks, progress, approval, recorder, signal };
      await recorder
        .record(() => switchTo(target, { ...parts, before, migrates: false }))
        .catch((error: unknown) => {
          const steps = stepsOfSwitch(stacks).filter((step) => step !== 'migration runs');
          throw withWhatIsLeft(error, parts, steps);
        });
      progress.line(await farewell(stacks));
    }),
  );
}
