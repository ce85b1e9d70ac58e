/** What is asked to be restored, as it was typed. */
import { WrongUse } from '../deployment/refusal.ts';

/** A moment, ISO 8601 in UTC, or the id of a snapshot. */
export type Source = { readonly at: string } | { readonly snapshot: string };

const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** @returns undefined when neither is given. @throws WrongUse */
export function sourceOf(at: string | undefined, snapshot: string | undefined): Source | undefined {
  if (at !== undefined && snapshot !== undefined) {
    throw new WrongUse('--at and --snapshot both say what to restore: give one of them');
  }
  if (snapshot !== undefined) return { snapshot };
  if (at === undefined) return undefined;
  // Without a zone it would be one moment here and another one in a pipeline.
  if (!WITH_ZONE.test(at) || Number.isNaN(Date.parse(at))) {
    throw new WrongUse(
      `--at is '${at}': a moment with its zone is needed, such as 2026-11-21T18:30:00Z`,
    );
  }
  return { at: new Date(at).toISOString() };
}

export function inWords(source: Source): string {
  return 'at' in source ? `as it was at ${source.at}` : `from the snapshot ${source.snapshot}`;
}

/** Whether both ask for the same. */
export function isSame(one: Source, other: Source): boolean {
  return inWords(one) === inWords(other);
}
