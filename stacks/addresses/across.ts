/** What went to another stack, where no moved block leads. */
import type { Addressed } from './addressed.ts';
import type { Comparison } from './comparison.ts';

export interface Crossing {
  readonly lost: Addressed;
  /** `dev-network` */
  readonly record: string;
  /** The same in every environment: `network`. */
  readonly stack: string;
  readonly found: Addressed;
}

/** Where it may be now: in the same environment, of the type, with the same id at least. */
export function crossingOf(
  lost: Addressed,
  { stack, record: own }: Comparison,
  comparisons: readonly Comparison[],
): Crossing | undefined {
  const label = stack?.stack.place.label;
  return comparisons
    .filter((other) => other.record !== own && other.stack?.stack.place.label === label)
    .flatMap(({ record, fresh, stack: its }) =>
      fresh.map((found) => ({ lost, record, stack: its?.name ?? '', found })),
    )
    .find(({ found: { type, path } }) => type === lost.type && idOf(path) === idOf(lost.path));
}

/** How they are brought there, once for all that went from one stack to one other. */
export function howToCross(crossings: readonly Crossing[]): string[] {
  const [{ stack }] = crossings as [Crossing];
  const pairs = new Map(crossings.map(({ lost, found }) => [lost.address, found.address]));
  const records = [...new Set(crossings.map(({ record }) => record))];
  return [
    `  It may be in the stack ${stack} now (${records.join(', ')}). Stacks have states of their own, and no line of stacks/moves.ts leads from one to another: before the next release move it by hand in each environment:`,
    '    terraform state pull, in both stacks, into a file each',
    ...[...pairs].map(
      ([from, to]) => `    terraform state mv -state=<one> -state-out=<other> '${from}' '${to}'`,
    ),
    '    terraform state push, in both stacks',
    `  Then accept both: ${records.map((record) => `npm run addresses -- accept ${record}`).join(' && ')}, and the command below.`,
  ];
}

function idOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
