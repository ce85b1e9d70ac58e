/** A constraint on a table that is there already. */
import { type Course, contracts, type Danger, given, locks, onlyNew } from './danger.ts';
import { type Body, columnsInside, kindsInside, inside, words } from './tree.ts';

/** The column that a constraint stands beside. */
interface Column {
  readonly colname: string;
  /** Whether rows that do not name the column get a value. */
  readonly isGiven: boolean;
}

type Rule = (
  table: string,
  constraint: Body<'Constraint'>,
  course: Course,
  column: Column | undefined,
) => readonly Danger[];

const NONE: Rule = () => [];

/** What is missing here is not known. */
const RULES: Partial<Record<NonNullable<Body<'Constraint'>['contype']>, Rule>> = {
  CONSTR_NULL: NONE,
  // Told by the column itself.
  CONSTR_NOTNULL: NONE,
  CONSTR_DEFAULT: NONE,
  CONSTR_GENERATED: NONE,
  CONSTR_IDENTITY: NONE,
  // Belong to the one before them.
  CONSTR_ATTR_DEFERRABLE: NONE,
  CONSTR_ATTR_NOT_DEFERRABLE: NONE,
  CONSTR_ATTR_DEFERRED: NONE,
  CONSTR_ATTR_IMMEDIATE: NONE,
  CONSTR_CHECK: check,
  CONSTR_FOREIGN: foreignKey,
  CONSTR_UNIQUE: unique,
  CONSTR_PRIMARY: primaryKey,
};

export function constraintDangers(
  ...[table, constraint, course, column]: Parameters<Rule>
): readonly Danger[] {
  const { contype = 'CONSTR_NULL' } = constraint;
  const rule = RULES[contype];
  if (rule !== undefined) return rule(table, constraint, course, column);
  const name = contype.replace('CONSTR_', '').toLowerCase();
  return [
    tightens(table, `this constraint (${name}) refuses rows that were allowed`),
    scans(table, 'every row is asked for it'),
  ];
}

function check(...[table, constraint, course, column]: Parameters<Rule>): readonly Danger[] {
  const { raw_expr: rule, skip_validation: isNotValid = false } = constraint;
  const columns = columnsInside(rule);
  const isOfColumn = column?.isGiven === true && columns.every((name) => name === column.colname);
  // Present rows prove what a default gives; null passes what does not ask for it.
  const isKept = isOfColumn || (onlyNew(course, table, columns) && passesNull(rule));
  return [
    ...given(!isKept, tightens(table, 'the build that still serves may write what it refuses')),
    ...given(!isNotValid, scans(table, 'every row is asked for it')),
  ];
}

/** Nodes, and kinds of expressions, that give null for null. */
const STRICT: ReadonlySet<string> = new Set(
  `A_Expr A_Const BoolExpr ColumnRef List NullTest String
  AEXPR_OP AEXPR_IN AEXPR_LIKE AEXPR_ILIKE AEXPR_BETWEEN`.split(/\s+/),
);

/** Only of what gives null for null, which a check lets pass. */
function passesNull(expression: unknown): boolean {
  return (
    kindsInside(expression).every((kind) => STRICT.has(kind)) &&
    inside('NullTest', expression).every(({ nulltesttype }) => nulltesttype === 'IS_NULL') &&
    inside('BoolExpr', expression).every(({ boolop }) => boolop !== 'NOT_EXPR') &&
    inside('A_Expr', expression).every(({ kind }) => STRICT.has(kind ?? ''))
  );
}

/** Beside a new column: null is not looked up, and a default is, for the rows that are there. */
function foreignKey(...[table, constraint, course, column]: Parameters<Rule>): readonly Danger[] {
  const columns = words(constraint.fk_attrs);
  const isAsked = constraint.skip_validation !== true && (column === undefined || column.isGiven);
  return [
    ...given(
      column === undefined && !onlyNew(course, table, columns),
      tightens(table, 'the build that still serves may write what it refuses'),
    ),
    ...given(isAsked, scans(table, 'every row is looked up, and both tables take no writes')),
  ];
}

function unique(...[table, constraint, course, column]: Parameters<Rule>): readonly Danger[] {
  // The index that it takes over asks for it already.
  if (constraint.indexname !== undefined) return [];
  const columns = column === undefined ? words(constraint.keys) : [column.colname];
  const isFree = onlyNew(course, table, columns) && constraint.nulls_not_distinct !== true;
  return [
    ...given(!isFree, tightens(table, 'the build that still serves may write a value twice')),
    locks({
      tables: [table],
      why: 'its index is built while nobody can read the table',
      instead: `${INDEX_ALONE}; in the next one ADD CONSTRAINT … UNIQUE USING INDEX`,
    }),
  ];
}

function primaryKey(table: string): readonly Danger[] {
  return [
    tightens(table, 'a primary key refuses rows that were allowed'),
    locks({
      tables: [table],
      why: 'its index is built, and every row asked for nulls, while nobody can read the table',
      instead: 'a unique index, which can be built beforehand',
    }),
  ];
}

/** Each migration is a transaction, but for one of this kind. */
export const INDEX_ALONE =
  'CREATE INDEX CONCURRENTLY IF NOT EXISTS name …, as the only statement of its migration';

function tightens(table: string, why: string): Danger {
  return contracts({
    tables: [table],
    why,
    instead: 'release first a build that keeps to it, then the constraint, with --contract',
  });
}

function scans(table: string, why: string): Danger {
  return locks({
    tables: [table],
    why: `${why} under a lock that writers wait for`,
    instead: 'ADD CONSTRAINT … NOT VALID, and in the next migration VALIDATE CONSTRAINT',
  });
}
