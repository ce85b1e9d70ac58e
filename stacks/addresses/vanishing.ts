/** What would be destroyed by a new name, in sentences that say what to do. */
import { type Crossing, crossingOf, howToCross } from './across.ts';
import { type Addressed, isWithin } from './addressed.ts';
import { type Comparison, losses } from './comparison.ts';
import { described } from './described.ts';
import { goneStacks } from './gone-stacks.ts';
import { asLine } from './steps.ts';
import { suggestedMoves } from './suggestion.ts';

/** One for what is mended in the same way: a line helps in all environments. */
export function vanishingProblems(comparisons: readonly Comparison[]): string[] {
  const standing = comparisons.filter(({ stack }) => stack !== undefined);
  const all = standing.flatMap((each) => lossesOf(each, standing));
  const groups = Map.groupBy(all, ({ mending }) => mending.join('\n'));
  return [...goneStacks(comparisons), ...[...groups.values()].flatMap(problems)];
}

interface Loss {
  readonly record: string;
  /** What `--gone` needs: the lost one, or what it is in, where all of that is lost. */
  readonly gone: string;
  readonly lost: Addressed;
  /** Lines for stacks/moves.ts; one of them is right. */
  readonly mending: readonly string[];
  /** The other stack that it may be in now. */
  readonly crossing: Crossing | undefined;
  /** `database` */
  readonly from: string;
}

function lossesOf(comparison: Comparison, all: readonly Comparison[]): Loss[] {
  return losses(comparison).map((lost) => {
    const mending = suggestedMoves(lost, comparison).map(asLine);
    const gone = `${comparison.record}/${whollyGone(lost, comparison)}`;
    const crossing = mending.length === 0 ? crossingOf(lost, comparison, all) : undefined;
    const from = comparison.stack?.name ?? '';
    return { record: comparison.record, gone, lost, mending, crossing, from };
  });
}

/** The shortest path to it below which nothing stays. */
function whollyGone({ path }: Addressed, { recorded, vanished }: Comparison): string {
  const gone = new Set(vanished.map((each) => each.path));
  const staying = [...(recorded ?? new Map<string, string>()).keys()].filter(
    (one) => !gone.has(one),
  );
  const ids = path.split('/');
  const prefixes = ids.map((_, index) => ids.slice(0, index + 1).join('/'));
  return prefixes.find((prefix) => !staying.some((one) => isWithin(one, prefix))) ?? path;
}

/** What went to another stack is told apart from what is nowhere. */
function problems(group: readonly Loss[]): string[] {
  const ways = Map.groupBy(group, ({ crossing, from }) =>
    crossing === undefined ? '' : `${from} ${crossing.stack}`,
  );
  return [...ways.values()].map(problem);
}

function problem(group: readonly Loss[]): string {
  const records = [...new Set(group.map(({ record }) => record))];
  const [{ mending }] = group as [Loss];
  const crossings = group.flatMap(({ crossing }) => crossing ?? []);
  return [
    `${records.join(', ')}: Terraform would destroy what is recorded and no longer written:`,
    ...new Set(group.map(({ lost }) => `    ${described(lost)}`)),
    ...(crossings.length > 0 ? howToCross(crossings) : whatToAdd(mending)),
    `  If it ${crossings.length > 0 ? 'is moved, or ' : ''}shall be destroyed, with what is in it: ${goneCommands(group)}`,
  ].join('\n');
}

function whatToAdd(mending: readonly string[]): string[] {
  if (mending.length === 0) {
    return ['  Nothing new in the stack is of its type: put it back where it was.'];
  }
  const one = mending.length === 1 ? 'this line' : 'the one of these lines that is true';
  return [
    `  If it only has another name or parent, add ${one} to stacks/moves.ts:`,
    ...mending.map((line) => `    ${line}`),
  ];
}

function goneCommands(group: readonly Loss[]): string {
  const commands = [...Map.groupBy(group, ({ record }) => record)].map(([record, members]) => {
    const paths = new Set(members.map(({ gone }) => `--gone ${gone}`));
    return `npm run addresses -- accept ${record} ${[...paths].join(' ')}`;
  });
  return commands.join(' && ');
}
