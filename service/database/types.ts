/** How values of PostgreSQL become values of JavaScript, where pg's own way is not ours. */
import { type CustomTypesConfig, types as defaults } from 'pg';

const { builtins } = defaults;

/** Amounts stay below 10^15, well inside what a number holds exactly. */
function toInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of range: ${text}`);
  return value;
}

/**
 * `2026-11-21 07:30:00.5+00` (sessions are in UTC) → RFC 3339 with milliseconds. The text is cut and
 * filled, where it is of a usual year: a `Date` for each would take a tenth of the time of a list.
 */
function toTime(text: string): string {
  const end = text.length - '+00'.length;
  if (end > MILLISECONDS || text[10] !== ' ' || !text.endsWith('+00')) {
    return new Date(text).toISOString();
  }
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, end).padEnd(3, '0')}Z`;
}

/** Where the third digit behind the point ends. */
const MILLISECONDS = 23;

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: toInteger,
  [builtins.TIMESTAMPTZ]: toTime,
};

/** Given to each connection, so that pg's global parsers stay as they are. */
export const types: CustomTypesConfig = {
  getTypeParser: (oid, format) => parsers[oid] ?? defaults.getTypeParser(oid, format),
};
