/** Statements that read and write rows. */
import { type Course, contracts, type Danger, given, locks, unseen } from './danger.ts';
import { harmless } from './functions.ts';
import { as, type Body, functionsInside, inside, nameOf, relationsInside } from './tree.ts';

const IN_BATCHES =
  'fill the rows in batches beside the service, or in the code when it meets an old one';

/** What any of these may hide: writing beneath a WITH, and locks of rows. */
export function rowDangers(tree: unknown): readonly Danger[] {
  const isLocking = inside('LockingClause', tree).length > 0;
  return [
    ...relationsInside(isLocking ? tree : undefined).map(update),
    ...inside('InsertStmt', tree)
      .filter(overwrites)
      .map(({ relation }) => update(nameOf(relation))),
    ...inside('UpdateStmt', tree).map(({ relation }) => update(nameOf(relation))),
    ...inside('DeleteStmt', tree).map(({ relation }) => takesAway([nameOf(relation)])),
    ...inside('MergeStmt', tree).map(({ relation }) => takesAway([nameOf(relation)])),
  ];
}

/** A statement may call one of one's own wherever it has an expression: in a default, for a bound. */
export function callDangers(tree: unknown): readonly Danger[] {
  const foreign = functionsInside(tree).find((name) => !harmless(name));
  return given(
    foreign !== undefined,
    unseen(`it calls ${foreign}()`, 'plain statements, without functions of one’s own'),
  );
}

/** Reading a large table is no harm, unless others wait for a lock meanwhile. */
export function readDangers(tree: unknown, { holdsLock }: Course): readonly Danger[] {
  if (!holdsLock) return [];
  return relationsInside(tree).map((table) =>
    locks({
      tables: [table],
      why: 'it is read while the lock of a statement before it keeps others waiting',
      instead: 'in a migration of its own, before or after',
    }),
  );
}

export function insertDangers(insert: Body<'InsertStmt'>, course: Course): readonly Danger[] {
  return [
    ...rowDangers({ InsertStmt: insert }),
    ...readDangers({ ...insert, relation: undefined }, course),
  ];
}

/** As many rows as it finds; those of VALUES are counted. */
function overwrites({ selectStmt, onConflictClause }: Body<'InsertStmt'>): boolean {
  const isCounted = as('SelectStmt', selectStmt)?.valuesLists !== undefined;
  return onConflictClause?.action === 'ONCONFLICT_UPDATE' && !isCounted;
}

export function truncateDangers({ relations = [] }: Body<'TruncateStmt'>): readonly Danger[] {
  return [takesAway(relationsInside(relations))];
}

/** Old rows move; whoever wants to write them waits until the migration has ended. */
function update(table: string): Danger {
  return locks({
    tables: [table],
    why: 'the rows that it changes or locks cannot be written by others until the migration has ended',
    instead: IN_BATCHES,
  });
}

function takesAway(tables: readonly string[]): Danger {
  return contracts({
    tables,
    why: 'rows that older builds may need are gone for good',
    instead: 'keep them, marked as archived; or take them away in a release after the last reader',
  });
}
