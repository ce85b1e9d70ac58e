/** Values that are secret by their name, or by the provider's word. */
import { isSecretName } from '../../../stacks/policies/secret-shapes.ts';
import type { PlannedChange } from '../change.ts';
import { member } from './differences.ts';

type Path = readonly (string | number)[];

/** The version that says that a value which is never stored has changed. */
const WRITE_ONLY = /_wo_version$/;

/** Whose keys are people's own words. */
const WORDS = new Set(['tags', 'tags_all']);

/** Where those stand that differ from before; what is made has none. */
export function secretValues(change: PlannedChange): Path[] {
  const { action, type, before, after, unknown } = change;
  if (action !== 'update' && action !== 'replace') return [];
  const isOpenParameter = type === 'aws_ssm_parameter' && after['type'] !== 'SecureString';
  const sides = { before, after, unknown: action === 'update' ? unknown : {} };
  return isOpenParameter ? [] : [...walk(sides, [])];
}

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
}

function* walk(sides: Sides, path: Path): Generator<Path> {
  const name = path.findLast((step) => typeof step === 'string') ?? '';
  if (WORDS.has(name)) return;
  if (!isParent(sides.before) && !isParent(sides.after)) {
    if (isOther(sides) && isSecret(name, sides.after)) yield path;
    return;
  }
  for (const key of new Set([...keysOf(sides.before), ...keysOf(sides.after)])) {
    const step = Array.isArray(sides.after ?? sides.before) ? Number(key) : key;
    yield* walk(inside(sides, key), [...path, step]);
  }
}

function inside({ before, after, unknown }: Sides, key: string): Sides {
  return {
    before: member(before, key),
    after: member(after, key),
    unknown: unknown === true || member(unknown, key),
  };
}

/** One that goes is no new one. */
function isOther({ before, after, unknown }: Sides): boolean {
  if (unknown === true) return (before ?? '') !== '';
  return (after ?? '') !== '' && before !== after;
}

/** What the provider hides is a text of hidden.ts here. */
function isSecret(name: string, after: unknown): boolean {
  if (WRITE_ONLY.test(name) || String(after).startsWith('(sensitive')) return true;
  return isSecretName(name) && typeof after !== 'boolean';
}

function isParent(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function keysOf(value: unknown): string[] {
  return isParent(value) ? Object.keys(value as object) : [];
}
