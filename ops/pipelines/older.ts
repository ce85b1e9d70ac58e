/** Whether a release would put an older commit in the place of a newer one. */
import { Refusal } from '../deployment/refusal.ts';
import type { ReleaseRecord } from '../running/records.ts';

interface Proposed {
  readonly environment: string;
  /** Newest first. */
  readonly records: readonly Pick<ReleaseRecord, 'outcome' | 'commit'>[];
  readonly commit: string;
}

/** Of a commit whose files were not all committed. */
const DIRTY = /-dirty$/;

/**
 * A commit that is served already may be released again, and after a rollback any newer one.
 * @param contains whether the first commit descends from the second one
 * @returns the commit that is served. @throws Refusal when it is newer
 */
export async function refuseOlder(
  { environment, records, commit: proposed }: Proposed,
  contains: (descendant: string, commit: string) => Promise<boolean>,
): Promise<string | undefined> {
  const served = records.find(({ outcome }) => outcome === 'succeeded')?.commit.replace(DIRTY, '');
  const commit = proposed.replace(DIRTY, '');
  if (served === undefined || served === commit) return served;
  if (!(await contains(served, commit))) return served;
  throw new Refusal(
    `${environment} serves ${served}, which is newer than ${commit}: nothing is released. Let the run of the newest commit go on; to go back: npm run rollback -- ${environment}`,
  );
}
