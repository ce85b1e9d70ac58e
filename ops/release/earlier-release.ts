import { Refusal } from '../deployment/refusal.ts';
import { buildOf, type ReleaseRecord } from '../running/records.ts';

/**
 * The release to go back to.
 * @param records newest first
 * @param present digest that runs now
 * @param wanted digest to go back to. @default that of the newest other release that succeeded
 * @throws Refusal when there is none, or when its build cannot work with the present schema
 */
export function earlierRelease(
  records: readonly ReleaseRecord[],
  present: string,
  wanted?: string,
): ReleaseRecord {
  const candidates = records.filter(
    ({ outcome, digest }) => outcome === 'succeeded' && digest !== present,
  );
  const target =
    wanted === undefined
      ? beforePresent(candidates, records, present)
      : candidates.find(({ digest }) => digest === wanted);
  if (target === undefined) {
    throw new Refusal(
      wanted === undefined
        ? 'there is no earlier release to go back to'
        : `${wanted} was never released here, or runs already; there are ${[...new Set(candidates.map(({ digest }) => digest))].join(', ')}`,
    );
  }
  refuseTooOld(buildOf(records, target.digest), records);
  return target;
}

/** Two rollbacks in a row go back two releases, not back and forth. */
function beforePresent(
  candidates: readonly ReleaseRecord[],
  records: readonly ReleaseRecord[],
  present: string,
): ReleaseRecord | undefined {
  const released = records.find(
    ({ kind, outcome, digest }) =>
      kind === 'release' && outcome === 'succeeded' && digest === present,
  );
  const since = released?.begun ?? records[0]?.ended ?? '';
  return candidates.find(({ kind, begun }) => kind === 'release' && begun < since);
}

/**
 * A failed release may have migrated too, so every record counts.
 * @param build of the image; undefined when nobody told it
 * @param records of where it shall run
 * @throws Refusal
 */
export function refuseTooOld(build: number | undefined, records: readonly ReleaseRecord[]): void {
  const present = records.find(({ schema }) => schema !== undefined)?.schema;
  if (present === undefined || build === undefined || build >= present.minimumBuild) return;
  throw new Refusal(
    `the schema needs build ${present.minimumBuild} or newer, and that image is build ${build}: a migration since has taken away what it needs. Go forward: mend the code, and release it`,
  );
}
