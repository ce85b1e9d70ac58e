/** What a plan marks as sensitive, replaced before anything else sees it. */
import { isDeepStrictEqual } from 'node:util';
import { jsonIn } from './json-in.ts';

/** In the place of a value that may not be shown. */
const SENSITIVE = '(sensitive)';
/** The same afterwards, when it is not what it was: that much Terraform shows too. */
const SENSITIVE_CHANGED = '(sensitive, changed)';

export interface Sides {
  readonly before: unknown;
  readonly after: unknown;
}

/** Characters; a shorter text may be a part of anything. */
const SHORTEST_SECRET = 6;

/**
 * What is marked on one side is hidden on both: Terraform lets a mark come later than the value.
 * Providers repeat what they were given in attributes without a mark, so it is looked for there too.
 */
export function withoutHidden(
  values: Sides,
  marks: Sides,
): Sides & { readonly scrub: (value: unknown) => unknown } {
  const both = [marks.before, marks.after];
  const secrets: string[] = [];
  const before = replaced(values.before, both, (value) => {
    secrets.push(...textsIn(value));
    return SENSITIVE;
  });
  const after = replaced(values.after, both, (value, path) => {
    secrets.push(...textsIn(value));
    const was = at(values.before, path);
    const isSame = was === undefined || isDeepStrictEqual(was, value);
    return isSame ? SENSITIVE : SENSITIVE_CHANGED;
  });
  const forms = [...new Set(secrets.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  const scrub = (value: unknown) => scrubbed(value, forms);
  return { before: ofAttributes(before, scrub), after: ofAttributes(after, scrub), scrub };
}

/** Their own names are the provider's; inside, names may be anybody's. */
export function ofAttributes(value: unknown, scrub: (item: unknown) => unknown): unknown {
  if (!isObject(value)) return scrub(value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, scrub(item)]));
}

function textsIn(value: unknown): string[] {
  const inner = decoded(value);
  const parts = typeof inner === 'object' && inner !== null ? Object.values(inner) : [];
  const whole = typeof value === 'string' && value.length >= SHORTEST_SECRET ? [value] : [];
  return [...whole, ...parts.flatMap((item) => textsIn(item))];
}

/** As it is, and as it stands in documents: in JSON, in JSON of Terraform, in an address, in base64. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    json.replaceAll(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    encodeURIComponent(secret.toWellFormed()),
    Buffer.from(secret).toString('base64'),
  ];
}

function scrubbed(value: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, SENSITIVE), value);
  }
  if (Array.isArray(value)) return value.map((item) => scrubbed(item, secrets));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      withNumbers(name, secrets),
      scrubbed(item, secrets),
    ]),
  );
}

/** Two names stay two. */
function withNumbers(name: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (text, secret, index) => text.replaceAll(secret, `${SENSITIVE} ${index + 1}`),
    name,
  );
}

type Path = readonly (string | number)[];

function replaced(
  value: unknown,
  marks: readonly unknown[],
  hide: (value: unknown, path: Path) => string,
  path: Path = [],
): unknown {
  // That nothing is there is no secret, and rules ask for it.
  if (value === undefined || value === null) return value;
  if (marks.includes(true)) return hide(value, path);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) =>
      replaced(item, inside(marks, index), hide, [...path, index]),
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      replaced(item, inside(marks, name), hide, [...path, name]),
    ]),
  );
}

function inside(marks: readonly unknown[], step: string | number): unknown[] {
  return marks.map((mark) => at(mark, [step]));
}

/** What stands at a path; texts that hold JSON are walked into. */
export function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    const inner = decoded(here);
    if (typeof inner !== 'object' || inner === null) return undefined;
    here = (inner as Record<string | number, unknown>)[step];
  }
  return here;
}

/** A JSON object or list that is written as a text, as policies are; anything else as it is. */
export function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  return jsonIn(value) ?? value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
