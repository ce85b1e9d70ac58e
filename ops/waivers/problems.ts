/** Which waivers somebody has to look at now. */
import type { Listed } from './list.ts';

/** A sentence for each. @param within days: one that ends by then is one too @default none does */
export function problemsOf(listed: readonly Listed[], within = -1): string[] {
  return listed
    .filter(({ matchesNothing, daysLeft }) => matchesNothing || daysLeft < 0 || daysLeft <= within)
    .map(sentence);
}

function sentence({ rule, path, owner, expires, daysLeft, matchesNothing }: Listed): string {
  const which = `that of ${rule} for ${path}`;
  if (matchesNothing) return `${which} matches nothing: delete it from stacks/waivers.ts`;
  const when = daysLeft < 0 ? `ended on ${expires}` : `ends on ${expires}`;
  return `${which} ${when}: mend what it is for, or let ${owner} decide on a later day`;
}
