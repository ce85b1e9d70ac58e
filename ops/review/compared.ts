/** Two documents as what only the one has, and what only the other. */
import { isDeepStrictEqual } from 'node:util';
import { isObject } from './hidden.ts';

interface Comparison {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** `Statement.0.Action "iam:*"` for each value that is not on both sides. */
export function compared(before: unknown, after: unknown, path = ''): Comparison {
  if (isDeepStrictEqual(before, after)) return { gone: [], come: [] };
  if (Array.isArray(before) && Array.isArray(after)) return comparedLists(before, after, path);
  if (!isObject(before) || !isObject(after)) {
    return { gone: leaf(path, before), come: leaf(path, after) };
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return joined(names.map((name) => compared(before[name], after[name], below(path, name))));
}

/** The order says nothing, since sets are lists here. */
function comparedLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): Comparison {
  const [was, is] = [before, after].map((list) => list.map((item) => JSON.stringify(item)));
  const gone = before.filter((_, index) => !is?.includes(was?.[index] ?? ''));
  const come = after.filter((_, index) => !was?.includes(is?.[index] ?? ''));
  // As many objects as before: each of them is likely the one that it was.
  if (gone.length === come.length && [...gone, ...come].every(isObject)) {
    return joined(gone.map((item, index) => compared(item, come[index], path)));
  }
  return {
    gone: gone.flatMap((item) => leaf(path, item)),
    come: come.flatMap((item) => leaf(path, item)),
  };
}

function joined(all: readonly Comparison[]): Comparison {
  return { gone: all.flatMap(({ gone }) => gone), come: all.flatMap(({ come }) => come) };
}

function leaf(path: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const text = JSON.stringify(value);
  return [path === '' ? text : `${path} ${text}`];
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
