/** Which stacks a person means, and what of them is said to be gone. */
import { isWithin } from '../../stacks/addresses/addressed.ts';
import type { Comparison } from '../../stacks/addresses/comparison.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';

/**
 * @param name an environment, which means its account's stacks too, or a stack; none means all
 * that are recorded
 * @throws WrongUse
 */
export function chosen(comparisons: readonly Comparison[], name: string | undefined): Comparison[] {
  if (name === undefined) return comparisons.filter(({ recorded }) => recorded !== undefined);
  const named = comparisons.filter((each) => namesOf(each).includes(name));
  if (named.length === 0) {
    const known = [...new Set(comparisons.map(labelOf))].join(', ');
    throw new WrongUse(`there is no environment or stack '${name}', recorded or written: ${known}`);
  }
  const accounts = new Set(named.filter((each) => isLabel(each, name)).map(accountLabelOf));
  return comparisons.filter((each) => named.includes(each) || accounts.has(labelOf(each)));
}

function namesOf(comparison: Comparison): string[] {
  const { record, stack } = comparison;
  const place = stack?.stack.place;
  const environment = place !== undefined && 'name' in place ? [String(place.name)] : [];
  return [record, labelOf(comparison), ...environment, ...(stack ? [stack.stack.node.id] : [])];
}

function isLabel(comparison: Comparison, name: string): boolean {
  return name !== comparison.record && name !== comparison.stack?.stack.node.id;
}

/** `dev` of `dev-database`. */
function labelOf({ record }: Comparison): string {
  return record.slice(0, record.lastIndexOf('-'));
}

function accountLabelOf({ stack }: Comparison): string {
  const place = stack?.stack.place;
  return place === undefined ? '' : `account-${place.accountId}-${place.region}`;
}

/**
 * Whether a path below a stack is among those that are said to be gone: itself, what it is
 * within, its stack or its whole environment.
 */
export function isGone(comparison: Comparison, path: string, gone: readonly string[]): boolean {
  return gone.some(
    (one) => one === labelOf(comparison) || isWithin(`${comparison.record}/${path}`, one),
  );
}

/**
 * @throws WrongUse for what nobody recorded: a misspelt path must not look as if it were done
 * @throws Refusal for what is still in the program: without its record nothing would guard it
 */
export function requireGone(those: readonly Comparison[], gone: readonly string[]): void {
  requireRecorded(those, gone);
  const problems = gone.flatMap((one) => {
    const kept = those.flatMap((each) => stillWritten(each, one));
    if (kept.length === 0) return [];
    const more = kept.length === 1 ? '' : ` and ${kept.length - 1} more`;
    return [`--gone ${one}: the program still writes ${kept[0]}${more}`];
  });
  if (problems.length === 0) return;
  throw new Refusal(
    `nothing was written: ${problems.join('; ')}. Name only what nothing writes any more: take it out of the code first. Where npm run destroy took it away, accept with --from-state instead: what no state has is dropped`,
  );
}

/** What a record has below a path and the program too, perhaps at another place by a line of moves. */
function stillWritten(comparison: Comparison, gone: string): string[] {
  const { record, recorded, vanished } = comparison;
  const lost = new Set(vanished.map(({ path }) => path));
  return [...(recorded ?? new Map<string, string>()).keys()]
    .filter((path) => isGone(comparison, path, [gone]) && !lost.has(path))
    .map((path) => `${record}/${path}`);
}

function requireRecorded(those: readonly Comparison[], gone: readonly string[]): void {
  const unknown = gone.find(
    (one) =>
      !those.some((each) =>
        [...(each.recorded ?? new Map<string, string>()).keys()].some((path) =>
          isGone(each, path, [one]),
        ),
      ),
  );
  if (unknown !== undefined) {
    throw new WrongUse(
      `--gone ${unknown} is not recorded there: expected a path such as dev-database/postgres/instance, or a stack or an environment that nothing writes any more`,
    );
  }
}
