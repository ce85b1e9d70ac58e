/** `npm run addresses`: each stack beside its record, and which moves are still needed. */
import type { Addressed } from '../../stacks/addresses/addressed.ts';
import { type Comparison, losses } from '../../stacks/addresses/comparison.ts';
import { isElsewhere } from '../../stacks/addresses/elsewhere.ts';
import { stepsIn } from '../../stacks/addresses/moved-blocks.ts';
import type { Addresses } from '../../stacks/addresses/records.ts';
import { LOSSES } from '../../stacks/addresses/stateful.ts';
import { asLine, type Move, type Step, stepsTo } from '../../stacks/addresses/steps.ts';

type States = ReadonlyMap<string, ReadonlySet<string>>;

/** Of more than that the rest is counted. */
const SHOWN = 5;

const DELETE =
  'delete the line once it is released there (npm run addresses -- accept --from-state knows)';

/** Columns of the words that begin a line below a stack. */
const WIDTH = 9;

export function listing(comparisons: readonly Comparison[], states: States = new Map()): string {
  const width = Math.max(...comparisons.map(({ record }) => record.length));
  return comparisons
    .flatMap((each) => [
      `${each.record.padEnd(width)}  ${headline(each)}`,
      ...details(each, states.get(each.record)),
    ])
    .join('\n');
}

function headline({ stack, recorded }: Comparison): string {
  if (stack === undefined) return `${recorded?.size ?? 0} recorded, and no longer in the program`;
  const felt = stack.resources.filter(({ type }) => LOSSES.has(type)).length;
  const what = `${stack.resources.length} resources, ${felt} that may not be lost`;
  return `${what}: ${recorded === undefined ? 'not recorded' : 'recorded'}`;
}

function details(comparison: Comparison, state: ReadonlySet<string> | undefined): string[] {
  const { stack, recorded, fresh, moved, vanished } = comparison;
  const lost = losses(comparison);
  const lines =
    recorded === undefined || stack === undefined
      ? []
      : [
          ...part('new', pathsOf(fresh)),
          ...part('moves', movesOf(moved)),
          ...part('LOST', pathsOf(lost)),
          ...part('removed', pathsOf(vanished.filter((each) => !lost.includes(each)))),
        ];
  return [...lines, ...(state === undefined ? [] : besideState(recorded ?? new Map(), state))];
}

/** What may not be lost first. */
function pathsOf(resources: readonly Addressed[]): string[] {
  return resources
    .toSorted((a, b) => Number(LOSSES.has(b.type)) - Number(LOSSES.has(a.type)))
    .map(({ path }) => path);
}

function movesOf(steps: readonly Step[]): string[] {
  return [...Map.groupBy(steps, ({ move }) => move)].map(
    ([{ from, to }, members]) =>
      `${from} -> ${to} (${members.length} ${members.length === 1 ? 'resource' : 'resources'})`,
  );
}

function besideState(recorded: Addresses, state: ReadonlySet<string>): string[] {
  const addresses = new Set(recorded.values());
  const missing = [...recorded].filter(([, address]) => !state.has(address));
  return [
    ...part(
      'no state',
      missing.map(([path]) => path),
    ),
    ...part(
      'no record',
      [...state].filter((address) => !addresses.has(address)),
    ),
  ];
}

function part(word: string, texts: readonly string[]): string[] {
  const more = texts.length > SHOWN ? [`and ${texts.length - SHOWN} more`] : [];
  return [...texts.slice(0, SHOWN), ...more].map((text) => `  ${word.padEnd(WIDTH)} ${text}`);
}

/** A line for each move, with what is to be done about it. */
export function moveStatus(comparisons: readonly Comparison[], moves: readonly Move[]): string[] {
  return moves.map(
    (move) => `${asLine(move).replace(/,$/, ':')} ${statusOf(move, comparisons, moves)}`,
  );
}

function statusOf(move: Move, comparisons: readonly Comparison[], moves: readonly Move[]): string {
  const those = comparisons.filter(({ stack }) => stack?.name === move.stack);
  const isMatched = those.some(
    ({ stack }) => stack && stepsIn(stack, moves).some((step) => step.move === move),
  );
  if (!isMatched) return `matches nothing: mend '${move.to}', or delete the line`;
  const needing = those.filter((each) => isNeeded(move, each, moves));
  if (needing.length > 0) return `needed by ${namesOf(needing)}`;
  const unknown = those.filter(({ recorded }) => recorded === undefined);
  // The records may be ahead of the releases.
  if (unknown.length === 0) return `recorded everywhere: ${DELETE}`;
  return `recorded where there are records; not recorded: ${namesOf(unknown)}`;
}

/** Whether anything is recorded at an address from which this step, or one before it, leads. */
function isNeeded(move: Move, { stack, recorded }: Comparison, moves: readonly Move[]): boolean {
  const own = moves.filter((other) => other.stack === move.stack);
  const addresses = new Set(recorded?.values());
  return (stack?.resources ?? []).some((resource) => {
    const steps = stepsTo(resource, own);
    const index = steps.findIndex((step) => step.move === move);
    return index !== -1 && steps.slice(index).some(({ from }) => addresses.has(from.address));
  });
}

function namesOf(comparisons: readonly Comparison[]): string {
  return comparisons.map(({ record }) => record).join(', ');
}

/** What exists in the code, must not be lost, and nobody would miss in the records; or is lost already, or elsewhere. */
export function staleRecords(comparisons: readonly Comparison[]): string[] {
  return comparisons
    .filter(({ recorded }) => recorded !== undefined)
    .filter(
      (each) =>
        isElsewhere(each) ||
        losses(each).length > 0 ||
        each.fresh.some(({ type }) => LOSSES.has(type)),
    )
    .map(({ record }) => record);
}
