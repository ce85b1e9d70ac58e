/** Records of stacks that nothing in the program writes any more. */
import { type Comparison, losses } from './comparison.ts';
import { described } from './described.ts';

/** Resources that are named; the others are counted. */
const NAMED = 3;

/** Whole stacks: said once for an environment. */
export function goneStacks(comparisons: readonly Comparison[]): string[] {
  const [gone, standing] = [
    comparisons.filter(({ stack }) => stack === undefined),
    comparisons.filter(({ stack }) => stack !== undefined),
  ];
  const labels = new Set(standing.map(labelOf));
  // Of an environment that still has stacks, those that are gone are named.
  const groups = Map.groupBy(gone, (each) =>
    labels.has(labelOf(each)) ? each.record : labelOf(each),
  );
  return [...groups].map(([whole, members]) => goneProblem(whole, members));
}

function goneProblem(whole: string, members: readonly Comparison[]): string {
  const count = members.reduce((sum, { vanished }) => sum + vanished.length, 0);
  const lost = members.flatMap((each) =>
    losses(each).map((one) => `${each.record}/${described(one)}`),
  );
  const more = lost.length > NAMED ? [`    and ${lost.length - NAMED} more`] : [];
  const names = members.map(({ record }) => record);
  const isStack = names.includes(whole);
  return [
    `${names.join(', ')}: nothing in the program writes what is recorded there, ${count} resources; they go on existing, and no code changes or removes them:`,
    ...lost.slice(0, NAMED).map((text) => `    ${text}`),
    ...more,
    '  If a stack or an environment got another name, give it the old one back: its state is kept under that name.',
    `  To take it away: put it back, ${isStack ? ofOneStack(whole) : destroying(whole)}, take it out again, then npm run addresses -- accept ${whole} --gone ${whole}`,
  ].join('\n');
}

/** What is an account's has no name in the table. */
function destroying(label: string): string {
  return label.startsWith('account-')
    ? 'run npm run destroy -- account --of <an environment of it>'
    : `run npm run destroy -- ${label}`;
}

/** `npm run destroy` would take the whole environment away. */
function ofOneStack(name: string): string {
  return `run npm run synth, and in cdktf.out/stacks/${name} terraform init and terraform destroy`;
}

function labelOf({ record }: Comparison): string {
  return record.slice(0, record.lastIndexOf('-'));
}
