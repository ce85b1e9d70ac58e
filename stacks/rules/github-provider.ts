/** An account knows GitHub once, however many environments and regions it has. */
import { type Problem, unlike } from './problem.ts';
import type { TableEntry } from './table-entry.ts';

/** Who makes it: environments that share a registry stack agree, and one stack at most makes it. */
export function providerProblem(earlier: TableEntry, later: TableEntry): Problem | undefined {
  const [here, there] = [later.settings, earlier.settings];
  const sound = [earlier, later].every(({ isSound }) => isSound('github', 'accountId', 'region'));
  if (!sound || here.github === undefined || there.github === undefined) return undefined;
  if (here.accountId !== there.accountId) return undefined;
  const [provider, taken] = [here.github.provider, there.github.provider];
  const unlikeThis = (expected: string) => unlike('github.provider', provider, expected);
  if (here.region === there.region) {
    if (provider === taken) return undefined;
    return unlikeThis(`'${taken}', as ${earlier.name} says of the same account`);
  }
  if (provider !== 'create' || taken !== 'create') return undefined;
  return unlikeThis(`'existing', as ${earlier.name} makes it for the whole account`);
}
