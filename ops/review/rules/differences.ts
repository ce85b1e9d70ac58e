/** What a change does to one argument, however deep in blocks. */
import type { PlannedChange } from '../change.ts';

export interface Difference {
  readonly path: readonly (string | number)[];
  /** `undefined` where there is none; the provider's `null` too. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Blocks of a list are compared with those in the same place; in a list of those with a name (`id`,
 * `name`, `capacity_provider`), such as lifecycle rules, with their own.
 *
 * @param path such as `health_check.path`: of every block on the way
 * @returns nothing for what is known only after the apply
 */
export function differencesAt(change: PlannedChange, path: string): Difference[] {
  const start = { before: change.before, after: change.after, unknown: change.unknown };
  return [...walk(start, path.split('.'), [])].filter(
    ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
  );
}

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
}

function* walk(
  sides: Sides,
  keys: readonly string[],
  path: Difference['path'],
): Generator<Difference> {
  if (sides.unknown === true) return;
  if (Array.isArray(sides.before) || Array.isArray(sides.after)) {
    if (keys.length > 0 || isBlocks(sides.after) || isBlocks(sides.before)) {
      yield* walkList(sides, keys, path);
      return;
    }
  }
  const [key, ...rest] = keys;
  if (key === undefined) {
    yield { path, before: sides.before ?? undefined, after: sides.after ?? undefined };
    return;
  }
  const inside = {
    before: member(sides.before, key),
    after: member(sides.after, key),
    unknown: member(sides.unknown, key),
  };
  yield* walk(inside, rest, [...path, key]);
}

function* walkList(
  { before, after, unknown }: Sides,
  keys: readonly string[],
  path: Difference['path'],
): Generator<Difference> {
  const [old, young] = [listed(before), listed(after)];
  const gone = old.filter((each) => twinOf(each, old, young) === undefined);
  for (const [at, each] of young.entries()) {
    const unknownHere = listed(unknown)[at];
    const twin = twinOf(each, young, old);
    yield* walk({ before: twin, after: each, unknown: unknownHere }, keys, [...path, at]);
  }
  for (const each of gone) {
    yield* walk({ before: each, after: undefined, unknown: undefined }, keys, [
      ...path,
      old.indexOf(each),
    ]);
  }
}

/** @returns what stands for it in the other list */
function twinOf(block: unknown, own: readonly unknown[], others: readonly unknown[]): unknown {
  const name = nameOf(block);
  if (name === undefined) return others[own.indexOf(block)];
  return others.find((other) => nameOf(other) === name);
}

const NAMES = ['id', 'name', 'rule_name', 'capacity_provider', 'priority'];

function nameOf(block: unknown): unknown {
  const key = NAMES.find((each) => (member(block, each) ?? '') !== '');
  return key === undefined ? undefined : member(block, key);
}

function isBlocks(value: unknown): boolean {
  return Array.isArray(value) && value.some((each) => typeof each === 'object');
}

export function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** A list as it is, nothing as an empty one, anything else as a list of one. */
export function listed(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
