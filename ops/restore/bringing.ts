/** After the state knows the other database: the stacks that depend on it follow. */
import { LOSSES } from '../../stacks/addresses/stateful.ts';
import type { EnvironmentStacks } from '../deployment/environment-stacks.ts';
import { type Progress, type Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Stack } from '../deployment/stack.ts';
import { type Change, inPast, summary } from '../deployment/story.ts';

/** Roles and outputs first, then the tasks that read them. */
const NAMES = ['database', 'migration', 'service'] as const;

interface Bringing {
  readonly stacks: EnvironmentStacks;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Whether each plan is asked for. */
  readonly asks: boolean;
}

/** Until a second plan finds nothing. @throws Refusal when something that holds data would go, Interrupted */
export async function bringStacks(bringing: Bringing): Promise<void> {
  const { stacks, progress, signal } = bringing;
  for (const name of NAMES) {
    signal.throwIfAborted();
    await progress.step(stacks[name].name, (say) => bring(stacks[name], bringing, say));
  }
  await progress.step('second plans', (say) => requireNothingLeft(stacks, say));
}

async function bring(
  stack: Stack,
  { progress, asks, signal }: Bringing,
  say: Say,
): Promise<string> {
  const plan = await stack.plan(say);
  if (plan.isEmpty) return 'nothing to change';
  const lost = plan.changes.filter(isLost);
  if (lost.length > 0) {
    throw new Refusal(
      `${stack.name} would lose what it holds, so nothing of it is applied. The state and the code do not agree; look with npx cdktf diff ${stack.name}:${listed(lost)}`,
    );
  }
  const what = summary(plan.changes);
  progress.line(`\n${stack.name}: ${what}${listed(plan.changes)}`);
  if (asks && !(await progress.ask(`Apply this to ${stack.name}?`, signal))) {
    throw new Refusal(`${stack.name} was not applied, as you said; the restored database serves`);
  }
  await stack.apply(say);
  return inPast(what);
}

function isLost({ action, address }: Change): boolean {
  const [type = ''] = address.split('.');
  return (action === 'delete' || action === 'replace') && LOSSES.has(type);
}

async function requireNothingLeft(stacks: EnvironmentStacks, say: Say): Promise<string> {
  for (const name of NAMES) {
    const { isEmpty, changes } = await stacks[name].plan(say, { locks: false });
    if (!isEmpty) {
      throw new Refusal(
        `a second plan of ${stacks[name].name} is not empty:${listed(changes)}\nRun the same command again, or look with npx cdktf diff ${stacks[name].name}`,
      );
    }
  }
  return 'empty';
}

function listed(changes: readonly Change[]): string {
  return changes.map(({ action, address }) => `\n  ${action.padEnd(8)}${address}`).join('');
}
