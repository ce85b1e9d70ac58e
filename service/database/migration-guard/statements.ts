/** What each kind of statement does. A kind that is missing is not known, and refused. */
import { alterTableDangers } from './alter-table.ts';
import { createIndexDangers } from './create-index.ts';
import { createFunctionDangers, createSchemaDangers, createTableDangers } from './create.ts';
import { type Course, contracts, type Danger, impossible, locks, makes, unseen } from './danger.ts';
import type { Node } from './parse.ts';
import { callDangers, insertDangers, readDangers, rowDangers, truncateDangers } from './rows.ts';
import { renameDangers, dropDangers } from './names.ts';
import {
  all,
  type Body,
  type Kind,
  kindOf,
  nameOf,
  namesTemporary,
  relationsInside,
} from './tree.ts';

type Rules = {
  readonly [K in Kind]?: (statement: Body<K>, course: Course) => readonly Danger[];
};

const NONE = () => [];
const PLAIN = 'plain statements';

const RULES: Rules = {
  CreateStmt: createTableDangers,
  CreateTableAsStmt: ({ into, query, if_not_exists: ifMissing = false }, course) => {
    const dangers = [...rowDangers(query), ...readDangers(query, course)];
    if (!ifMissing) makes(course, nameOf(into?.rel));
    return dangers;
  },
  ViewStmt: ({ view, query, replace = false }, course) => {
    if (replace) return [unseen('it replaces what older builds read', 'a view with a new name')];
    course.views.set(
      nameOf(view),
      relationsInside(query).flatMap((name) => reached(name, course)),
    );
    return rowDangers(query);
  },
  IndexStmt: createIndexDangers,
  AlterTableStmt: alterTableDangers,
  DropStmt: dropDangers,
  RenameStmt: renameDangers,
  SelectStmt: select,
  InsertStmt: insertDangers,
  UpdateStmt: (statement, course) => writes({ UpdateStmt: statement }, course),
  DeleteStmt: (statement, course) => writes({ DeleteStmt: statement }, course),
  MergeStmt: (statement, course) => writes({ MergeStmt: statement }, course),
  TruncateStmt: truncateDangers,
  LockStmt: ({ relations = [] }, course) => {
    course.holdsLock = true;
    return all('RangeVar', relations).map((table) =>
      locks({
        tables: [nameOf(table)],
        why: 'others wait for it until the migration has ended',
        instead: 'without it: each statement takes the lock that it needs',
      }),
    );
  },
  // It is as small as it may be, what it reads is not.
  RefreshMatViewStmt: ({ relation, concurrent = false }, { made, holdsLock }) =>
    (concurrent || made.has(nameOf(relation))) && !holdsLock
      ? []
      : [{ ...rebuilds('', 'REFRESH … CONCURRENTLY, in a migration of its own'), tables: [] }],
  ClusterStmt: ({ relation }) => [rebuilds(nameOf(relation), 'no CLUSTER, or pg_repack')],
  ReindexStmt: () => [
    locks({
      tables: [],
      why: 'whoever writes waits until the index is built',
      instead: 'a new index beside the old one, CONCURRENTLY; then drop that',
    }),
  ],
  VacuumStmt: ({ is_vacuumcmd: isVacuum = false }) =>
    isVacuum ? [impossible('VACUUM', 'outside of a migration, or leave it to autovacuum')] : [],
  CreateTrigStmt: () => [unseen('a trigger runs a program', 'write both in the code')],
  CreateFunctionStmt: createFunctionDangers,
  DoStmt: () => [unseen('a DO block runs a program', PLAIN)],
  CallStmt: () => [unseen('CALL runs a program', PLAIN)],
  GrantStmt: ({ is_grant: isGrant = false }) => (isGrant ? [] : [takesRight()]),
  // Options change what was granted before.
  GrantRoleStmt: ({ is_grant: isGrant = false, opt = [] }) =>
    isGrant && opt.length === 0 ? [] : [takesRight()],
  VariableSetStmt: ({ name = '', is_local: isLocal = false }) =>
    isLocal && SETTINGS.has(name)
      ? []
      : [unseen(`it sets ${name}, for more than this migration`, 'SET LOCAL, of a limit only')],
  TransactionStmt: () => [
    unseen('it ends the migration’s own transaction', 'two migrations: each is one transaction'),
  ],
  AlterEnumStmt: ({ oldVal }) =>
    oldVal === undefined
      ? []
      : [unseen('older builds write the old value', 'add the new value, and keep the old one')],
  CreateSchemaStmt: createSchemaDangers,
  CreateSeqStmt: NONE,
  CreateEnumStmt: NONE,
  CreateDomainStmt: NONE,
  CompositeTypeStmt: NONE,
  CreateRangeStmt: NONE,
  CreateExtensionStmt: NONE,
  CreateStatsStmt: NONE,
  CommentStmt: NONE,
};

/** Limits: what they change is how long something may take. */
const SETTINGS: ReadonlySet<string> = new Set([
  'lock_timeout',
  'statement_timeout',
  'work_mem',
  'maintenance_work_mem',
]);

/** @param course is told of what the statement makes */
export function dangersOf(statement: Node, course: Course): readonly Danger[] {
  const kind = kindOf(statement);
  // A kind and the body under it belong together; the type cannot say so of a variable.
  const rule = RULES[kind] as ((body: unknown, course: Course) => readonly Danger[]) | undefined;
  if (namesTemporary(statement)) hideNames(course);
  const known = rule?.((statement as Record<Kind, unknown>)[kind], course);
  const dangers = known ?? [unseen(`${wordsOf(kind)} is not known here`, 'another statement')];
  // What a function calls is not called by its being made.
  const calls = kind === 'CreateFunctionStmt' ? [] : callDangers(statement);
  return [...dangers, ...calls].flatMap(({ tables: named, ...danger }) => {
    const tables = named.flatMap((name) => reached(name, course));
    const isOurs = tables.length > 0 && tables.every((name) => course.made.has(name));
    return isOurs ? [] : Object.assign(danger, { tables });
  });
}

/** To write to a view is to write to what is behind it. */
function reached(name: string, { views }: Course): readonly string[] {
  return [name, ...(views.get(name) ?? [])];
}

function hideNames(course: Course): void {
  course.hidesNames = true;
  course.made.clear();
  course.columns.clear();
}

/** `AlterSystemStmt`: `ALTER SYSTEM`. */
function wordsOf(kind: string): string {
  return kind
    .replace(/Stmt$/, '')
    .replaceAll(/\B[A-Z]/g, ' $&')
    .toUpperCase();
}

function select(statement: Body<'SelectStmt'>, course: Course): readonly Danger[] {
  const dangers = [...rowDangers(statement), ...readDangers(statement, course)];
  if (statement.intoClause !== undefined) makes(course, nameOf(statement.intoClause.rel));
  return dangers;
}

function writes(tree: Node, course: Course): readonly Danger[] {
  return [...rowDangers(tree), ...readDangers(tree, course)];
}

function rebuilds(table: string, instead: string): Danger {
  return locks({
    tables: [table],
    why: 'it is written anew while nobody can read it',
    instead,
  });
}

function takesRight(): Danger {
  return contracts({
    tables: [],
    why: 'it takes away a right that the build that still serves may need',
    instead: 'in a later release, with --contract',
  });
}
