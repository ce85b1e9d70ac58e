/** JSON merge patch (RFC 7396). */

/** The target with the patch applied; members that are null in the patch are gone. */
export function mergePatch<Target extends object>(target: Target, patch: object): Partial<Target> {
  // Of what it was, with other values or without: the caller holds it against a schema where needed.
  return merge(target, patch) as Partial<Target>;
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
