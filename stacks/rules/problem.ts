/** How a problem with a setting is said: which one, what came, what was expected. */
import { inspect } from 'node:util';

export interface Problem {
  /** Below its environment, such as `network.cidr`; empty for the environment itself. */
  readonly setting: string;
  /** The rest of the sentence. */
  readonly text: string;
}

/** Characters of a value that are shown; more would hide what was expected. */
const LONGEST_VALUE = 80;

export function unlike(setting: string, value: unknown, expected: string): Problem {
  return { setting, text: ` is ${shown(value)}: expected ${expected}` };
}

export function missing(setting: string, expected: string): Problem {
  return { setting, text: ` is missing: expected ${expected}` };
}

/** One line: `prod.network.cidr is '10.0.0.0/33': expected …`. */
export function sentence(environment: string, { setting, text }: Problem): string {
  return `${setting === '' ? environment : `${environment}.${setting}`}${text}`;
}

/** A value as TypeScript writes it, on one line. */
function shown(value: unknown): string {
  const text = inspect(value, { breakLength: Infinity, depth: 1 });
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
