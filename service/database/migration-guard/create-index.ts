/** `CREATE INDEX`. */
import { INDEX_ALONE } from './constraints.ts';
import {
  type Course,
  contracts,
  type Danger,
  given,
  impossible,
  locks,
  makes,
  onlyNew,
} from './danger.ts';
import { parse } from './parse.ts';
import { all, as, type Body, columnsInside, nameOf } from './tree.ts';

/** @param course is told of the index */
export function createIndexDangers(
  statement: Body<'IndexStmt'>,
  course: Course,
): readonly Danger[] {
  const { idxname = '', relation, if_not_exists: ifMissing = false } = statement;
  const table = nameOf(relation);
  const name = nameOf({ ...relation, relname: idxname });
  const isTight = statement.unique === true && !takesAll(statement, course);
  if (statement.concurrent === true) {
    return isConcurrent(statement, course.isAlone)
      ? given(isTight, twice(table))
      : [impossible('CONCURRENTLY', INDEX_ALONE)];
  }
  if (!course.made.has(table)) course.holdsLock = true;
  if (!ifMissing && course.made.has(table)) makes(course, name);
  const proof = ifMissing && { unless: { kind: 'valid index', name } as const };
  return [...given(isTight, { ...twice(table), ...proof }), { ...waits(table), ...proof }];
}

/** Runs outside of a transaction; repeated after an interruption, it finds what is there by its name. */
function isConcurrent({ if_not_exists: ifMissing = false }: Body<'IndexStmt'>, isAlone: boolean) {
  return isAlone && ifMissing;
}

/** @returns the name of the index, where the migration is nothing but that, and runs beside writers */
export async function indexBuiltAlone(sql: string): Promise<string | undefined> {
  const statements = await parse(sql);
  if (!('map' in statements)) return undefined;
  const [only, ...others] = statements;
  const index = as('IndexStmt', only?.node);
  if (index?.concurrent !== true || !isConcurrent(index, others.length === 0)) return undefined;
  return nameOf({ ...index.relation, relname: index.idxname ?? '' });
}

/** Whether a unique index has room for all that the old build writes. */
function takesAll(
  { relation, indexParams, nulls_not_distinct: oneNull = false }: Body<'IndexStmt'>,
  course: Course,
): boolean {
  const keys = all('IndexElem', indexParams);
  const columns = keys.flatMap(({ name, expr }) => name ?? columnsInside(expr));
  return !oneNull && onlyNew(course, nameOf(relation), columns);
}

function twice(table: string): Danger {
  return contracts({
    tables: [table],
    why: 'the build that still serves may write a value twice',
    instead: 'release first a build that does not, then the index, with --contract',
  });
}

function waits(table: string): Danger {
  return locks({
    tables: [table],
    why: 'whoever writes to the table waits until the index is built',
    instead: INDEX_ALONE,
  });
}
