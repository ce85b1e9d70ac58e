/** What Terraform can tell only after the apply. */
import { isObject } from './hidden.ts';

/** In the place of a value that is not known. */
export const UNKNOWN = '(known after apply)';

/** At whatever depth. */
export function isAnyUnknown(unknown: unknown): boolean {
  if (typeof unknown !== 'object' || unknown === null) return unknown === true;
  return Object.values(unknown).some(isAnyUnknown);
}

/** Unknown parts in their places, where Terraform leaves them out. */
export function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    // Marks of a shorter list do not end the list.
    const length = Math.max(unknown.length, list.length);
    return Array.from({ length }, (_, index) => withUnknown(list[index], unknown[index]));
  }
  if (!isObject(unknown)) return value;
  const known = isObject(value) ? value : {};
  return {
    ...known,
    ...Object.fromEntries(
      Object.entries(unknown).map(([name, item]) => [name, withUnknown(known[name], item)]),
    ),
  };
}
