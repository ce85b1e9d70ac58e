/** Terraform's `moved` blocks, and what is wrong with the list that they come from. */
import type { AddressedStack } from './addressed.ts';
import { asLine, type Move, type Step, stepsTo } from './steps.ts';

const FILE = 'stacks/moves.ts';

const EXAMPLE: Move = { stack: 'database', from: 'postgres', to: 'store-database/postgres' };

/** All steps of all that is written in a stack, each once. */
export function stepsIn({ name, resources }: AddressedStack, moves: readonly Move[]): Step[] {
  const own = moves.filter(({ stack }) => stack === name);
  const steps = resources.flatMap((resource) => stepsTo(resource, own));
  return [
    ...new Map(steps.map((step) => [`${step.from.address} ${step.to.address}`, step])).values(),
  ];
}

/**
 * In every environment, whatever its record says: where the old address is unknown, Terraform
 * passes over the block, and where the record is wrong, the block still does what it should.
 * An override, because one resource may need two of them, which `moveFromId` refuses.
 */
export function addMovedBlocks(stacks: readonly AddressedStack[], moves: readonly Move[]): void {
  for (const each of stacks) {
    const blocks = stepsIn(each, moves).map(({ from, to }) => ({
      from: from.address,
      to: to.address,
    }));
    if (blocks.length > 0) each.stack.addOverride('moved', blocks);
  }
}

/** Sentences; without one, Terraform takes the blocks. */
export function moveProblems(stacks: readonly AddressedStack[], moves: readonly Move[]): string[] {
  const names = new Set(stacks.map(({ name }) => name));
  const problems = moves.flatMap((move, index) => {
    const problem = shapeProblem(move, names) ?? contradiction(move, moves.slice(0, index));
    return problem === undefined ? [] : [`${FILE}: ${asLine(move)} ${problem}`];
  });
  if (problems.length > 0) return problems;
  // The same in every environment: said once.
  return [...new Set(stacks.flatMap((stack) => stepProblems(stack, moves)))];
}

function shapeProblem(move: Move, names: ReadonlySet<string>): string | undefined {
  const { stack, from, to } = move;
  // The types ask for them, but nothing looks at types when the program runs.
  const missing = (['stack', 'from', 'to'] as const).filter((key) => typeof move[key] !== 'string');
  if (missing.length > 0) {
    return `does not say '${missing.join("' and '")}': expected a line such as ${asLine(EXAMPLE)}`;
  }
  if (!names.has(stack)) {
    return `there is no stack '${stack}': expected one of ${[...names].join(', ')}, without an environment`;
  }
  const wrong = [from, to].find((path) => path.split('/').includes(''));
  if (wrong !== undefined) {
    return `'${wrong}' is no path below the stack: expected ids with / between them, such as postgres/instance`;
  }
  return from === to ? 'leads nowhere: delete the line' : undefined;
}

function contradiction(move: Move, earlier: readonly Move[]): string | undefined {
  const same = earlier.filter(({ stack }) => stack === move.stack);
  const other = same.find(({ from, to }) => from === move.from || to === move.to);
  if (other === undefined) return undefined;
  const what = other.to === move.to ? `to '${move.to}'` : `from '${move.from}'`;
  return `contradicts ${asLine(other)} two lines go ${what}, and only one of them can be so`;
}

function stepProblems(stack: AddressedStack, moves: readonly Move[]): string[] {
  const own = moves.filter((move) => move.stack === stack.name);
  const circle = stack.resources
    .map((resource) => stepsTo(resource, own))
    .find((steps) => new Set(steps.map(({ from }) => from.path)).has(steps[0]?.to.path ?? ''));
  if (circle !== undefined) {
    const lines = circle.map(({ move }) => asLine(move)).toReversed();
    return [
      `${FILE}: these lines go in a circle: ${lines.join(' ')} keep the one that was written last`,
    ];
  }
  const steps = stepsIn(stack, own);
  return [...stillThere(stack, steps), ...torn(steps)];
}

function stillThere({ resources }: AddressedStack, steps: readonly Step[]): string[] {
  const written = new Set(resources.map(({ address }) => address));
  return steps
    .filter(({ from }) => written.has(from.address))
    .map(
      ({ move, from, to }) =>
        `${FILE}: ${asLine(move)} says that ${from.path} is ${to.path} now, but both are in the program: delete the line when it is released everywhere (npm run addresses), or give the new construct another name`,
    );
}

/** Terraform would have to choose. */
function torn(steps: readonly Step[]): string[] {
  return [...Map.groupBy(steps, ({ from }) => from.address).values()]
    .filter((those) => those.length > 1)
    .map((those) => {
      const [first] = those as [Step];
      const ends = those.map(({ to }) => to.path).join(' and ');
      const lines = [...new Set(those.map(({ move }) => asLine(move)))].join(' ');
      return `${FILE}: ${lines} what was ${first.from.path} would be ${ends}: write the paths out further, so that it goes to one of them`;
    });
}
