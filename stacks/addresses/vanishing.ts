/** What would be destroyed by a new name, in sentences that say what to do. */
import { type Addressed, isWithin } from './addressed.ts';
import { type Comparison, losses } from './comparison.ts';
import { LOSSES } from './stateful.ts';
import { asLine, type Move } from './steps.ts';
import { suggestedMoves } from './suggestion.ts';

/** Paths that a command names one by one; of more of them the stack is named. */
const NAMED = 3;

/** One for what is mended in the same way: a line helps in all environments. */
export function vanishingProblems(comparisons: readonly Comparison[]): string[] {
  const [gone, standing] = [
    comparisons.filter(({ stack }) => stack === undefined),
    comparisons.filter(({ stack }) => stack !== undefined),
  ];
  const groups = Map.groupBy(standing.flatMap(lossesOf), ({ mending }) => mending.join('\n'));
  return [
    ...goneProblems(gone, standing),
    ...[...groups.values()].map(problem),
    ...across(standing),
  ];
}

interface Loss {
  readonly record: string;
  /** What `--gone` needs: the lost one, or what it is in, where all of that is lost. */
  readonly gone: string;
  readonly lost: Addressed;
  /** Lines for stacks/moves.ts; one of them is right. */
  readonly mending: readonly string[];
}

function lossesOf(comparison: Comparison): Loss[] {
  return losses(comparison).map((lost) => {
    const moves: readonly Move[] = suggestedMoves(lost, comparison);
    const gone = `${comparison.record}/${whollyGone(lost, comparison)}`;
    return { record: comparison.record, gone, lost, mending: moves.map(asLine) };
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

function problem(group: readonly Loss[]): string {
  const records = [...new Set(group.map(({ record }) => record))];
  const [{ mending }] = group as [Loss];
  return [
    `${records.join(', ')}: Terraform would destroy what is recorded and no longer written:`,
    ...new Set(group.map(({ lost }) => `    ${described(lost)}`)),
    ...whatToAdd(mending),
    `  If it shall be destroyed, with what is in it: ${goneCommands(group)}`,
  ].join('\n');
}

function described({ path, address, type }: Addressed): string {
  return `${path} (${address}): ${LOSSES.get(type) ?? type}`;
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

/** Whole stacks: said once for an environment. */
function goneProblems(gone: readonly Comparison[], standing: readonly Comparison[]): string[] {
  const labels = new Set(standing.map(labelOf));
  // Of an environment that still has stacks, those that are gone are named.
  const groups = Map.groupBy(gone, (each) =>
    labels.has(labelOf(each)) ? each.record : labelOf(each),
  );
  return [...groups].map(([whole, members]) => {
    const count = members.reduce((sum, { vanished }) => sum + vanished.length, 0);
    const lost = members.flatMap((each) =>
      losses(each).map((one) => `${each.record}/${described(one)}`),
    );
    const more = lost.length > NAMED ? [`    and ${lost.length - NAMED} more`] : [];
    const names = members.map(({ record }) => record);
    return [
      `${names.join(', ')}: nothing in the program writes what is recorded there, ${count} resources; they go on existing, and no code changes or removes them:`,
      ...lost.slice(0, NAMED).map((text) => `    ${text}`),
      ...more,
      '  If a stack or an environment got another name, give it the old one back: its state is kept under that name.',
      `  To take it away: put it back, run npm run destroy, take it out again, then npm run addresses -- accept ${whole} --gone ${whole}`,
    ].join('\n');
  });
}

function labelOf({ record }: Comparison): string {
  return record.slice(0, record.lastIndexOf('-'));
}

/** What may be in another stack now, where no moved block leads. */
function across(comparisons: readonly Comparison[]): string[] {
  return comparisons.flatMap((comparison) =>
    losses(comparison)
      .filter((lost) => suggestedMoves(lost, comparison).length === 0)
      .flatMap((lost) => {
        const found = elsewhere(lost, comparison, comparisons);
        return found === undefined ? [] : [acrossSentence(lost, comparison.record, found)];
      }),
  );
}

interface Elsewhere {
  readonly record: string;
  readonly resource: Addressed;
}

/** In the same environment, with the same id at least. */
function elsewhere(
  lost: Addressed,
  { stack }: Comparison,
  comparisons: readonly Comparison[],
): Elsewhere | undefined {
  const id = lost.path.split('/').at(-1) ?? '';
  return comparisons
    .filter((other) => other.stack?.stack.place.label === stack?.stack.place.label)
    .flatMap(({ record, fresh }) => fresh.map((resource) => ({ record, resource })))
    .find(({ resource: { type, path } }) => type === lost.type && path.split('/').at(-1) === id);
}

function acrossSentence(lost: Addressed, record: string, to: Elsewhere): string {
  return `${record}/${lost.path} may be ${to.record}/${to.resource.path} now. Stacks have states of their own, and no line of stacks/moves.ts leads from one to another: move it by hand (terraform state pull of both, terraform state mv -state=<one> -state-out=<other> '${lost.address}' '${to.resource.address}', terraform state push of both), then npm run addresses -- accept ${record} --gone ${record}/${lost.path}, and accept ${to.record}`;
}
