/** What the records say exists, beside what the program writes. */
import { type Addressed, type AddressedStack, typeOf } from './addressed.ts';
import { stepsIn } from './moved-blocks.ts';
import type { Addresses, Records } from './records.ts';
import { LOSSES } from './stateful.ts';
import type { Move, Step } from './steps.ts';

export interface Comparison {
  /** `dev-database` */
  readonly record: string;
  /** None when nothing in the program writes it any more. */
  readonly stack: AddressedStack | undefined;
  /** None when it was never recorded. */
  readonly recorded: Addresses | undefined;
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
      .map(([record, recorded]) => ({
        record,
        stack: undefined,
        recorded,
        fresh: [],
        moved: [],
        vanished: entriesOf(recorded),
      })),
  ];
}

function compareOne(
  stack: AddressedStack,
  recorded: Addresses | undefined,
  moves: readonly Move[],
): Comparison {
  const { record, resources } = stack;
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

/** Of what would be destroyed, what nobody gets back. */
export function losses({ vanished }: Comparison): Addressed[] {
  return vanished.filter(({ type }) => LOSSES.has(type));
}
