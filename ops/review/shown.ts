/** Values as people read them: short, in one line, and without what could act on a screen. */
import type { PlannedChange } from './change.ts';
import { at, decoded, isObject, type Sides } from './hidden.ts';
import { compared } from './compared.ts';
import { UNKNOWN } from './unknown.ts';

/** Characters of one value. */
const LONGEST = 120;

/** Control characters, and those that turn the direction of what is written around. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNSHOWABLE = /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** What GitHub's runner takes as a command, anywhere in a log. */
const RUNNER_COMMAND = /##(?=\[)/g;

export interface Shown {
  readonly before?: string;
  readonly after?: string;
}

/** What stands at a path before and after; nothing where nothing stands. */
export function shownAt(change: PlannedChange, path: readonly (string | number)[]): Shown {
  const { before, after } = change;
  const isUnknown = path.some((_, end) => at(change.unknown, path.slice(0, end + 1)) === true);
  const sides = { before: at(before, path), after: isUnknown ? UNKNOWN : at(after, path) };
  return shown(sides);
}

/** Long lists and documents are shown as what went and what came. */
export function shown({ before, after }: Sides): Shown {
  const whole = { before: asText(before), after: asText(after) };
  const isShort = [whole.before, whole.after].every((text) => (text?.length ?? 0) <= LONGEST);
  const [was, is] = [decoded(before), decoded(after)];
  if (isShort || !isComparable(was, is)) return cutBoth(whole);
  const { gone, come } = compared(was, is);
  return cutBoth({ before: gone.join(', '), after: come.join(', ') });
}

/** At most so many characters. */
export function cut(text: string, longest = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** Harmless in a terminal, and in a log of GitHub. */
export function oneLine(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ⏎ ')
    .replace(UNSHOWABLE, '�')
    .replace(RUNNER_COMMAND, '# #')
    .toWellFormed();
}

/** The same JSON, escaped where a screen or a log would act on it. */
export function harmless(json: string): string {
  return json
    .replace(UNSHOWABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(RUNNER_COMMAND, String.raw`#\u0023`);
}

function isComparable(before: unknown, after: unknown): boolean {
  if (Array.isArray(before)) return Array.isArray(after);
  return isObject(before) && isObject(after);
}

function cutBoth({ before, after }: { before?: string | undefined; after?: string | undefined }) {
  return {
    ...(before !== undefined && { before: cut(before) }),
    ...(after !== undefined && { after: cut(after) }),
  };
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}
