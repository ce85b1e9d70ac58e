/** Which waivers somebody has to look at now. */
import { GuardRailError } from '../../stacks/policies/guard-rail-error.ts';
import { malformed } from '../../stacks/policies/waiver-problems.ts';
import type { Waiver } from '../../stacks/policies/waiver.ts';
import type { Listed } from './list.ts';

/** @param today as `2026-11-21`. @throws GuardRailError with what is wrong with each */
export function refuseMalformed(waivers: readonly Waiver[], today: string): void {
  const faults = malformed(waivers, today);
  if (faults.length > 0) throw new GuardRailError(faults);
}

/** A sentence for each. @param within days: one that ends by then is one too @default none does */
export function problemsOf(listed: readonly Listed[], within = -1): string[] {
  return listed
    .filter(
      ({ matchesNothing, movedTo, daysLeft }) =>
        matchesNothing || movedTo !== undefined || daysLeft < 0 || daysLeft <= within,
    )
    .map(sentence);
}

function sentence({
  rule,
  path,
  owner,
  expires,
  daysLeft,
  matchesNothing,
  movedTo,
}: Listed): string {
  const which = `that of ${rule} for ${path}`;
  if (movedTo !== undefined) return `${which} matches nothing: it has moved, write '${movedTo}'`;
  if (matchesNothing) return `${which} matches nothing: delete it from stacks/waivers.ts`;
  const when = daysLeft < 0 ? `ended on ${expires}` : `ends on ${expires}`;
  return `${which} ${when}: mend what it is for, or let ${owner} decide on a later day`;
}
