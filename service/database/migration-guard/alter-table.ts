/** `ALTER TABLE`, command by command. */
import { addColumnDangers, defaultDangers } from './columns.ts';
import { constraintDangers } from './constraints.ts';
import { type Course, contracts, type Danger, locks, unseen } from './danger.ts';
import { all, as, type Body, inside, nameOf, relationsInside } from './tree.ts';

type Command = Body<'AlterTableCmd'>;
type Rule = (table: string, command: Command, course: Course) => readonly Danger[];

const LATER = 'let one release stop using it, and a later one do this, with --contract';
const NONE: Rule = () => [];

/** What is missing here is not known. */
const RULES: Partial<Record<NonNullable<Command['subtype']>, Rule>> = {
  AT_AddColumn: addColumnDangers,
  AT_AddConstraint: (table, { def }, course) =>
    constraintDangers(table, as('Constraint', def) ?? {}, course, undefined),
  AT_ValidateConstraint: (table, _, { holdsLock }) =>
    holdsLock
      ? [
          locks({
            tables: [table],
            why: 'every row is asked while the lock of a statement before it keeps others waiting',
            instead: 'VALIDATE CONSTRAINT in a migration of its own, the next one',
          }),
        ]
      : [],
  AT_ColumnDefault: defaultDangers,
  AT_SetNotNull: setNotNull,
  AT_DropColumn: (table) => [breaks(table, 'older builds read and write it, and its data is gone')],
  AT_DropConstraint: (table) => [
    breaks(table, 'older builds rely on it: ON CONFLICT needs it, and an error names it'),
  ],
  AT_DropExpression: (table) => [breaks(table, 'older builds rely on its being computed')],
  AT_DropIdentity: (table) => [breaks(table, 'older builds rely on its numbers')],
  AT_AlterColumnType: (table) => [
    breaks(
      table,
      'older builds read and write the type that it had',
      'add a column, write both, fill the old rows, switch; drop the old one in a later release',
    ),
    rewrites(table),
  ],
  AT_SetLogged: (table) => [rewrites(table)],
  AT_SetUnLogged: (table) => [rewrites(table)],
  AT_SetTableSpace: (table) => [rewrites(table)],
  AT_SetAccessMethod: (table) => [rewrites(table)],
  AT_DropNotNull: NONE,
  AT_SetStatistics: NONE,
  AT_SetOptions: NONE,
  AT_ResetOptions: NONE,
  AT_SetStorage: NONE,
  AT_SetCompression: NONE,
  AT_SetRelOptions: storage,
  AT_ResetRelOptions: storage,
};

/** These let others read and write. */
const GENTLE: ReadonlySet<Command['subtype']> = new Set([
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
]);

export function alterTableDangers(
  { relation, cmds, objtype }: Body<'AlterTableStmt'>,
  course: Course,
): readonly Danger[] {
  const table = nameOf(relation);
  if (objtype !== 'OBJECT_TABLE') {
    const what = (objtype ?? '').replace('OBJECT_', '').toLowerCase();
    return [
      unseen(`ALTER ${what.toUpperCase()} is not known here`, 'ALTER TABLE where it will do'),
    ];
  }
  return all('AlterTableCmd', cmds).flatMap((command) => {
    const { subtype } = command;
    const rule = subtype && RULES[subtype];
    const dangers = rule?.(table, command, course) ?? [unknown(table, command)];
    const isNew = [table, ...relationsInside(command)].every((name) => course.made.has(name));
    if (!isNew && !GENTLE.has(subtype)) course.holdsLock = true;
    return dangers;
  });
}

/** Where a rule has proved it, nothing is new and no row is looked at. */
function setNotNull(table: string, { name = '' }: Command): readonly Danger[] {
  const unless = { kind: 'never null', table, column: name } as const;
  const instead = `one release whose code always writes it, with ADD CONSTRAINT … CHECK (${name} IS NOT NULL) NOT VALID; then VALIDATE CONSTRAINT; in a release after those this needs no --contract`;
  return [
    contracts({ tables: [table], why: 'older builds may leave it null', instead, unless }),
    locks({
      tables: [table],
      why: 'every row is asked for nulls while nobody can read the table',
      instead,
      unless,
    }),
  ];
}

function breaks(table: string, why: string, instead = LATER): Danger {
  return contracts({ tables: [table], why, instead });
}

function rewrites(table: string): Danger {
  return locks({
    tables: [table],
    why: 'every row is written anew while nobody can read the table',
    instead: 'a new table or column beside it, filled in batches while the service runs',
  });
}

/** How a table lies on the disk. Others change what a view shows, and to whom. */
const STORAGE = /^(fillfactor|parallel_workers|toast_tuple_target|autovacuum_\w+)$/;

function storage(table: string, command: Command): readonly Danger[] {
  const names = inside('DefElem', command.def).map(({ defname = '' }) => defname);
  return names.every((name) => STORAGE.test(name)) ? [] : [unknown(table, command)];
}

/** A table that is new may be joined to one that is not. */
function unknown(table: string, { subtype, def }: Command): Danger {
  const words = (subtype ?? '').replace('AT_', '').replaceAll(/\B[A-Z]/g, ' $&');
  const what = `ALTER TABLE … ${words.toUpperCase()} is not known here`;
  return { ...unseen(what, LATER), tables: [table, ...relationsInside(def)] };
}
