/** What the records say exists, beside what the program writes. */
import { type Addressed, type AddressedStack, typeOf } from './addressed.ts';
import { stepsIn } from './moved-blocks.ts';
import type { Addresses, Records, StackRecord, Whereabouts } from './records.ts';
import { LOSSES, OUTAGES } from './stateful.ts';
import type { Move, Step } from './steps.ts';

export interface Comparison {
  /** `dev-database` */
  readonly record: string;
  /** None when nothing in the program writes it any more. */
  readonly stack: AddressedStack | undefined;
  /** None when it was never recorded. */
  readonly recorded: Addresses | undefined;
  /** Where that is; none when it was never recorded. */
  readonly where: Whereabouts | undefined;
  /** The lines of stacks/moves.ts for this stack. */
  readonly moves: readonly Move[];
  /** Written, and not recorded in any place. */
  readonly fresh: readonly Addressed[];
  /** Recorded where it came from. */
  readonly moved: readonly Step[];
  /** Recorded, and neither written nor moved: Terraform would destroy it. */
  readonly vanished: readonly Addressed[];
}

/** Stacks in the order of the program, then records of what it no longer writes. */
export function compare(
  stacks: readonly AddressedStack[],
  records: Records,
  moves: readonly Move[],
): Comparison[] {
  const written = new Set(stacks.map(({ record }) => record));
  return [
    ...stacks.map((stack) => compareOne(stack, records.get(stack.record), moves)),
    ...[...records]
      .filter(([record]) => !written.has(record))
      .map(([record, where]) => ({
        record,
        stack: undefined,
        recorded: where.addresses,
        where,
        moves: [],
        fresh: [],
        moved: [],
        vanished: entriesOf(where.addresses),
      })),
  ];
}

function compareOne(
  stack: AddressedStack,
  where: StackRecord | undefined,
  moves: readonly Move[],
): Comparison {
  const { record, resources } = stack;
  const recorded = where?.addresses;
  const known = entriesOf(recorded ?? new Map());
  const exists = new Set(known.map(({ address }) => address));
  const steps = stepsIn(stack, moves);
  const origins = new Set(steps.map(({ from }) => from.address));
  const written = new Set(resources.map(({ address }) => address));
  const moved = steps.filter(({ from }) => exists.has(from.address));
  const arriving = arrivals(moved, steps);
  return {
    record,
    stack,
    recorded,
    where,
    moves: moves.filter((move) => move.stack === stack.name),
    fresh: resources.filter(({ address }) => !exists.has(address) && !arriving.has(address)),
    moved,
    vanished: known.filter(({ address }) => !written.has(address) && !origins.has(address)),
  };
}

/** Where what moved ends, after all steps. */
function arrivals(moved: readonly Step[], steps: readonly Step[]): Set<string> {
  const ends = new Set(moved.map(({ to }) => to.address));
  // A set is walked to what is added meanwhile.
  for (const end of ends) {
    for (const { from, to } of steps) if (from.address === end) ends.add(to.address);
  }
  return ends;
}

function entriesOf(addresses: Addresses): Addressed[] {
  return [...addresses].map(([path, address]) => ({ path, address, type: typeOf(address) }));
}

/** Of what would be destroyed, what nobody gets back, and what cannot be made anew while all runs. */
export function losses({ vanished, fresh }: Comparison): Addressed[] {
  const made = new Set(fresh.map(({ type }) => type));
  return vanished.filter(({ type }) => LOSSES.has(type) || (OUTAGES.has(type) && made.has(type)));
}
