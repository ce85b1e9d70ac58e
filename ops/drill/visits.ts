/** What became of visits while something was broken: what was good, what may be told, what not. */
import { isRefusal, isUnderway } from '../loopback/refusals.ts';
import type { Visit, Visitors } from '../loopback/visitors.ts';

export type Visited = Pick<Visitors, 'visits' | 'cuts'>;

export function isGood({ status }: Visit): boolean {
  return status >= 200 && status < 300;
}

export function isOrder({ operation }: Visit): boolean {
  return operation === 'order';
}

/**
 * Told to ask again later. PostgreSQL tells of an error a moment before it lets go of the order's
 * locks: who repeats an order at once may be told that the first is still underway.
 */
export function isToRepeat(visit: Visit): boolean {
  return isRefusal(visit) || isUnderway(visit);
}

/**
 * An order whose connection broke beneath it may have been placed or not, or be on its way yet: its
 * client is told to send it again, and the key sees to it that it is placed once.
 */
export function isOrderToRepeat(visit: Visit): boolean {
  return isOrder(visit) && isToRepeat(visit);
}

/**
 * @param isAllowed what may be answered but a success. @default nothing
 * @returns a sentence for each kind of visit that failed
 */
export function failures(
  { visits, cuts }: Visited,
  isAllowed: (visit: Visit) => boolean = () => false,
): string[] {
  const failed = visits.filter((visit) => !isGood(visit) && !isAllowed(visit));
  const silences = cuts.map(({ operation, reason }) => `${operation} got no answer: ${reason}`);
  return tally([...failed.map(describe), ...silences]);
}

/** A time in which something was away. */
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
  return tally(refused.map((visit) => `${describe(visit)} while nothing was away`));
}

function describe({ operation, status, code, contentType, retryAfter }: Visit): string {
  const about = [
    code ?? 'no code',
    contentType ?? 'no body',
    `Retry-After ${retryAfter ?? 'absent'}`,
  ];
  return `${operation} was answered ${status} (${about.join(', ')})`;
}

function tally(words: readonly string[]): string[] {
  return Map.groupBy(words, (word) => word)
    .entries()
    .map(([word, all]) => `${counted(all.length)} times ${word}`)
    .toArray();
}

/** For a table: how many were answered how. */
export function answered(visits: readonly Visit[]): string {
  const good = visits.filter(isGood).length;
  const refused = visits.filter(isRefusal).length;
  return `${counted(good)} well, ${counted(refused)} with 503`;
}

/** For a table: what the slowest took. */
export function slowest(visits: readonly Visit[]): string {
  return `${Math.round(visits.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0))} ms`;
}

export function counted(count: number): string {
  return count.toLocaleString('en');
}
