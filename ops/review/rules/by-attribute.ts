/** Rules that say: this argument may not go that way. */
import type { Action, PlannedChange } from '../change.ts';
import type { RankName } from '../ranks.ts';
import type { Remark, Rule } from '../rule.ts';
import { type Difference, differencesAt, member } from './differences.ts';

interface Attributes {
  readonly id: string;
  readonly rank: RankName;
  /** Paths of arguments by type. */
  readonly at: Readonly<Record<string, readonly string[]>>;
  readonly when: (difference: Difference) => boolean;
  /** @default what stays, and what is made anew in its place */
  readonly on?: readonly Action[];
  readonly what: string | ((difference: Difference) => string);
  readonly why: string;
}

const STAYS: readonly Action[] = ['update', 'replace'];

/** One remark for each argument. */
export function byAttribute(attributes: Attributes): Rule {
  const { id, rank, at, when, on = STAYS } = attributes;
  return {
    id,
    rank,
    types: new Set(Object.keys(at)),
    judge: (change) =>
      (on.includes(change.action) ? (at[change.type] ?? []) : [])
        .flatMap((path) => differencesAt(change, path))
        .filter(when)
        .map((difference) => remarkOn(difference, change, attributes)),
  };
}

function remarkOn(
  difference: Difference,
  change: PlannedChange,
  { what, why }: Attributes,
): Remark {
  const { path, before } = difference;
  const remark = { what: typeof what === 'string' ? what : what(difference), why, path };
  return isElsewhere(difference, change) ? { ...remark, before: JSON.stringify(before) } : remark;
}

/** Blocks are compared by their names: this one stood in another place before. */
function isElsewhere({ path, before }: Difference, change: PlannedChange): boolean {
  const there = path.reduce<unknown>((value, step) => member(value, String(step)), change.before);
  return before !== undefined && (there ?? undefined) !== before && typeof before !== 'object';
}

/** Terraform's JSON has `"true"` and `"256"` too. */
export function isOn(value: unknown): boolean {
  return value === true || value === 'true' || ON.has(String(value).toUpperCase());
}

const ON = new Set(['ACTIVE', 'ENABLED', 'ENABLE']);

export function turnedOff({ before, after }: Difference): boolean {
  return isOn(before) && !isOn(after);
}

export function turnedOn({ before, after }: Difference): boolean {
  return !isOn(before) && isOn(after);
}

/** Numbers only; what was not there before was no less. */
export function lowered({ before, after }: Difference): boolean {
  return before !== undefined && Number(after ?? 0) < Number(before);
}

export function raised({ before, after }: Difference): boolean {
  return after !== undefined && Number(after) > Number(before ?? 0);
}

/** From one value to another; neither there for the first time nor gone. */
export function changed({ before, after }: Difference): boolean {
  return before !== undefined && after !== undefined;
}

/** The argument of one rule under each of several types. */
export function under(
  types: readonly string[],
  ...paths: readonly string[]
): Record<string, readonly string[]> {
  return Object.fromEntries(types.map((type) => [type, paths]));
}

/** `health check path`: the end of the path, as people say it. */
export function nameOf({ path }: Difference): string {
  const names = path.filter((step) => typeof step === 'string');
  return names.slice(-2).join(' ').replaceAll('_', ' ');
}
