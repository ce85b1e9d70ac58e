/** Reading what is nested: blocks are objects or lists of objects, as their writer liked. */
import type { Attributes } from '../written/written-stack.ts';

/** All values at a path such as `rule.sse_algorithm`, one for each block on the way. */
export function valuesAt(attributes: Attributes, path: string): unknown[] {
  let found: unknown[] = [attributes];
  for (const key of path.split('.')) {
    found = found.flatMap((block) => asList(isBlock(block) ? block[key] : undefined));
  }
  return found;
}

/** Every plain value with the name of its attribute, at whatever depth. */
export function* namedValues(attributes: Attributes): Generator<readonly [string, unknown]> {
  for (const [name, value] of Object.entries(attributes)) {
    for (const item of asList(value)) {
      if (isBlock(item)) yield* namedValues(item);
      else yield [name, item];
    }
  }
}

/** A list as it is, anything else as a list of one. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** In Terraform's JSON `true` and `"true"` are the same. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

export function isBlock(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What whoever has to write it calls an argument: `kms_key_id` is `kmsKeyId` in the bindings. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Terraform takes null for left out. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
