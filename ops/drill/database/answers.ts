/** Which answers may be given while the database is away: the right one, or a 503 that says when. */
import { isRefusal, isUnderway } from '../../loopback/refusals.ts';
import type { Visit, Visitors } from '../../loopback/visitors.ts';

export function isGood({ status }: Visit): boolean {
  return status >= 200 && status < 300;
}

export function isWrite({ operation }: Visit): boolean {
  return operation === 'order';
}

/** @returns a sentence for each kind of answer that is neither, and for connections that broke */
export function unexpected({ visits, cuts }: Pick<Visitors, 'visits' | 'cuts'>): string[] {
  // PostgreSQL tells of an error a moment before it lets go of the order's locks: who repeats the
  // order at once may be told to wait a little.
  const strange = visits.filter(
    (visit) => ![isGood, isRefusal, isUnderway].some((is) => is(visit)),
  );
  return [
    ...tally(strange.map(describe)).map(([what, count]) => `${count} × ${what}`),
    ...tally(cuts.map(({ reason }) => reason)).map(
      ([reason, count]) => `${count} requests had no answer: ${reason}`,
    ),
  ];
}

/** A time in which the database was away. */
export interface Absence {
  readonly from: number;
  readonly to: number;
}

/** @returns a sentence for each kind of refusal that no absence explains */
export function unexplained(visits: readonly Visit[], absences: readonly Absence[]): string[] {
  const refused = visits.filter(
    (visit) =>
      !isGood(visit) &&
      !absences.some(({ from, to }) => visit.at < to && visit.at + visit.milliseconds > from),
  );
  return tally(refused.map(describe)).map(
    ([what, count]) => `${count} × ${what} while the database was there`,
  );
}

function describe({ operation, status, code, contentType, retryAfter }: Visit): string {
  const about = `${code ?? contentType ?? 'no body'}, Retry-After ${retryAfter ?? 'absent'}`;
  return `${operation} answered ${status} (${about})`;
}

function tally(words: readonly string[]): [string, number][] {
  return Object.entries(Object.groupBy(words, (word) => word)).map(([word, all = []]) => [
    word,
    all.length,
  ]);
}

/** For a table: how many of what was asked between two moments were answered how. */
export function answered(visits: readonly Visit[]): string {
  const good = visits.filter(isGood).length;
  const refused = visits.filter(isRefusal).length;
  return `${good.toLocaleString('en')} well, ${refused.toLocaleString('en')} with 503`;
}

/** Of the slowest, in milliseconds. */
export function slowest(visits: readonly Visit[]): number {
  return visits.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
}
