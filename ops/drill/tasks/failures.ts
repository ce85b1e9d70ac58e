/** What became of visits while something was broken. */
import { isRefusal, isUnderway } from '../../loopback/refusals.ts';
import type { Visit, Visitors } from '../../loopback/visitors.ts';

type Visited = Pick<Visitors, 'visits' | 'cuts'>;

/**
 * @param isAllowed what may be answered but a success. @default nothing
 * @returns a sentence for each kind of visit that failed
 */
export function failures(
  { visits, cuts }: Visited,
  isAllowed: (visit: Visit) => boolean = () => false,
): string[] {
  const answers = visits
    .filter((visit) => !isWell(visit) && !isAllowed(visit))
    .map(
      ({ operation, status, code = 'no code' }) => `${operation} was answered ${status} ${code}`,
    );
  const silences = cuts.map(({ operation, reason }) => `${operation} got no answer: ${reason}`);
  return Map.groupBy([...answers, ...silences], (what) => what)
    .entries()
    .map(([what, all]) => `${all.length} times ${what}`)
    .toArray();
}

export function isWell({ status }: Visit): boolean {
  return status === 200 || status === 201;
}

/**
 * An order whose connection broke beneath it may have been placed or not, or be on its way yet: its
 * client is told to send it again, and the key sees to it that it is placed once.
 */
export function isOrderToRepeat(visit: Visit): boolean {
  if (visit.operation !== 'order') return false;
  return isRefusal(visit) || isUnderway(visit);
}

export function slowest(visits: readonly Visit[]): string {
  return `${Math.round(Math.max(0, ...visits.map(({ milliseconds }) => milliseconds)))} ms`;
}

export function counted(count: number): string {
  return count.toLocaleString('en');
}
