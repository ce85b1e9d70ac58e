/** Exactly what was planned and reviewed is applied, or nothing of it. */
import { join } from 'node:path';
import { requireAccount } from '../deployment/account.ts';
import { type EnvironmentStacks, STACKS, withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { needs } from '../plan/in-order.ts';
import { type PlannedStack, type PlansFile, readMade, readPlans } from '../plan/plans-file.ts';
import { readFolder } from '../plan/review.ts';
import { asTable } from '../plan/table.ts';
import { withReleaseLock } from '../release/lock.ts';
import { requireNoRestore } from '../restore/under-way.ts';
import { approvalsNeeded, review } from '../review/review.ts';
import { askConsent, type Consent } from './consent.ts';
import { requireSameImage } from './image.ts';
import { type Applicable, applyInOrder, isEmpty } from './in-order.ts';

export interface Applying extends Consent {
  readonly table: Table;
  /** Folder of the plans. */
  readonly plans: string;
  /** Of plans.json, where somebody keeps it. */
  readonly sha256?: string | undefined;
}

type File = Pick<Applicable, 'planned' | 'shown'>;

/** @returns the stacks that must be planned anew, on what was applied. @throws Refusal, TerraformFailed, Interrupted */
export async function apply(applying: Applying): Promise<readonly string[]> {
  const { table, name, plans: folder, sha256 } = applying;
  const { environment } = find(table, name);
  const plans = await readPlans(folder, sha256);
  const files = await Promise.all(
    plans.stacks.map(async (planned) => ({
      planned,
      shown: (await readMade(join(folder, planned.json), planned.jsonSha256)).toString(),
    })),
  );
  requireOwn(environment, plans.environment, files);
  requireCommitted(environment, plans);
  const binding = requireBinding(files, name);
  for (const { planned, shown } of files.slice(0, binding.length)) {
    requireSameImage(shown, { stack: planned.stack, environment: name });
  }
  const who = await requireAccount(environment);
  const progress = new Progress();
  const shown = await readFolder(folder, binding);
  progress.line(asTable(shown));
  await askConsent(applying, approvalsNeeded(review(shown)));
  const signal = listenForSignals();
  return withStacks(table, environment, (stacks) =>
    withReleaseLock(environment, who, async () => {
      await requireNoRestore(environment);
      const ordered = files.map((file) => applicable(file, stacks));
      return applyInOrder(ordered, { environment, plans: folder, progress, signal });
    }),
  );
}

/** @throws Refusal where they are of another environment */
function requireOwn(
  { name, label }: { readonly name: string; readonly label: string },
  planned: string,
  files: readonly File[],
): void {
  const own = STACKS.map((one) => `${label}-${one}`);
  const isInOrder = files.map((file) => file.planned.stack).join() === own.join();
  if (planned === name && isInOrder) return;
  throw new Refusal(
    `these are plans of ${planned} (${files.map((file) => file.planned.stack).join(', ')}), not of ${name}: make its own, npm run plan -- ${name}`,
  );
}

/** As a release has it. @throws Refusal where production would get what nobody can find again */
function requireCommitted(
  { name, production }: { readonly name: string; readonly production: boolean },
  { commit }: PlansFile,
): void {
  if (!production || !/(^unknown|-dirty)$/.test(commit)) return;
  throw new Refusal(
    `${name} is production, and these plans are of what is not all committed (${commit}): commit it, and plan again`,
  );
}

/** @returns those that may be applied. @throws Refusal where nothing can be, before a provisional one */
function requireBinding(files: readonly File[], name: string): PlannedStack[] {
  const first = files.findIndex(({ planned }) => planned.provisional !== undefined);
  if (first === -1) return files.map(({ planned }) => planned);
  const binding = files.slice(0, first);
  const { stack, provisional = [] } = files[first]?.planned ?? { stack: name };
  if (binding.every(isEmpty)) {
    throw new Refusal(
      `${stack} is ${needs(provisional)}, and nothing before it is to be applied: make plans that hold, npm run plan -- ${name}`,
    );
  }
  return binding.map(({ planned }) => planned);
}

function applicable({ planned, shown }: File, stacks: EnvironmentStacks): Applicable {
  const name = STACKS.find((one) => stacks[one].name === planned.stack);
  if (name === undefined) throw new Error(`no stack ${planned.stack}`);
  return { planned, shown, stack: stacks[name], folder: stacks.folderOf(name) };
}
