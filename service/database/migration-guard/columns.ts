/** `ALTER TABLE … ADD COLUMN`. */
import { columnOf, type Course, contracts, type Danger, given, locks } from './danger.ts';
import { constraintDangers } from './constraints.ts';
import { STEADY } from './functions.ts';
import type { Node } from './parse.ts';
import { all, as, type Body, functionsInside, words } from './tree.ts';

/** A domain may have rules that every row is asked for; these types have none. */
const PLAIN_TYPES: ReadonlySet<string> = new Set(
  `bool bytea bpchar cidr citext date daterange float4 float8 inet int2 int4 int4range int8 int8range
  json jsonb macaddr money numrange text timestamptz timetz tsquery tsrange tstzrange tsvector uuid
  xml`.split(/\s+/),
);

const SERIAL = /^(small|big)?serial[248]?$/;

/** @param course is told of the new column, when the old build leaves null in it */
export function addColumnDangers(
  table: string,
  { def, missing_ok: ifMissing = false }: Body<'AlterTableCmd'>,
  course: Course,
): readonly Danger[] {
  const column = as('ColumnDef', def) ?? {};
  const { colname = '' } = column;
  const constraints = all('Constraint', column.constraints);
  const has = (contype: string) => constraints.some((each) => each.contype === contype);
  const isGiven = hasValue(constraints);
  const rewrite = whyRewritten(column, constraints);
  // IF NOT EXISTS may find an old one, and a domain may have a default.
  const isSurelyNull = !isGiven && !ifMissing && rewrite === undefined;
  if (isSurelyNull && !course.hidesNames) course.columns.add(columnOf(table, colname));
  return [
    ...given(has('CONSTR_NOTNULL') && !isGiven, leftOut(table)),
    ...given(isNumbered(column), denied(table)),
    ...given(rewrite !== undefined, rewrites(table, rewrite ?? '')),
    ...constraints.flatMap((constraint) =>
      constraintDangers(table, constraint, course, { colname, isGiven }),
    ),
  ];
}

function leftOut(table: string): Danger {
  return contracts({
    tables: [table],
    why: 'the build that still serves leaves the column out, and its rows are refused',
    instead: 'add it nullable, or with a DEFAULT',
  });
}

/** `ALTER COLUMN … SET DEFAULT` and `DROP DEFAULT`. */
export function defaultDangers(
  table: string,
  { name = '', def }: Body<'AlterTableCmd'>,
  course: Course,
): readonly Danger[] {
  const key = columnOf(table, name);
  course.columns.delete(key);
  const loses = (why: string) =>
    contracts({ tables: [table], why, instead: 'keep the default until no build relies on it' });
  return [
    ...given(isNull(def), loses('builds that leave the column out rely on its default')),
    ...given(functionsInside(def).includes('nextval'), denied(table)),
    ...given(
      !isNull(def) && course.counted.has(key),
      loses('builds that leave the column out would write what a rule before it may refuse'),
    ),
  ];
}

/** The service has rights to tables; those to the sequence of an identity are its table's. */
function denied(table: string): Danger {
  return contracts({
    tables: [table],
    why: 'a row without it needs a right to the sequence, which the service does not have',
    instead: 'a GENERATED … AS IDENTITY column',
  });
}

function isNumbered({ typeName, constraints }: Body<'ColumnDef'>): boolean {
  const isSerial = SERIAL.test(words(typeName?.names).at(-1) ?? '');
  return isSerial || functionsInside(constraints).includes('nextval');
}

function rewrites(table: string, reason: string): Danger {
  return locks({
    tables: [table],
    why: `${reason}: every row is written anew while nobody can read the table`,
    instead:
      'add it nullable, SET DEFAULT for new rows, and fill the old ones in batches beside the service',
  });
}

/** Whether rows that do not name the column get one. */
function hasValue(constraints: readonly Body<'Constraint'>[]): boolean {
  return (
    !isNull(defaultOf(constraints)) ||
    constraints.some(
      ({ contype }) => contype === 'CONSTR_GENERATED' || contype === 'CONSTR_IDENTITY',
    )
  );
}

/** Nothing, null, or `NULL::text`. */
function isNull(expression: Node | undefined): boolean {
  const cast = as('TypeCast', expression);
  if (cast !== undefined) return isNull(cast.arg);
  return expression === undefined || as('A_Const', expression)?.isnull === true;
}

function defaultOf(constraints: readonly Body<'Constraint'>[]) {
  return constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
}

/** Whether PostgreSQL knows it by itself. */
export function isPlain(typeName: Body<'ColumnDef'>['typeName']): boolean {
  const [schema = '', ...rest] = words(typeName?.names);
  return schema === 'pg_catalog' || (rest.length === 0 && PLAIN_TYPES.has(schema));
}

function whyRewritten(
  { typeName }: Body<'ColumnDef'>,
  constraints: readonly Body<'Constraint'>[],
): string | undefined {
  const has = (contype: string) => constraints.some((each) => each.contype === contype);
  if (has('CONSTR_GENERATED')) return 'a stored generated column is computed';
  if (has('CONSTR_IDENTITY')) return 'an identity is numbered';
  const type = words(typeName?.names).at(-1) ?? '';
  if (SERIAL.test(type)) return 'a serial column is numbered';
  if (!isPlain(typeName)) return `${type} may be a domain with rules of its own`;
  const volatile = functionsInside(defaultOf(constraints)).find((name) => !STEADY.has(name));
  return volatile === undefined ? undefined : `the default ${volatile}() is another for each row`;
}
