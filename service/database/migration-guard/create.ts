/** What is new, and reaches what is there all the same: through its parents, or through its name. */
import { isPlain } from './columns.ts';
import { type Course, contracts, type Danger, given, locks, makes, unseen } from './danger.ts';
import { all, type Body, inside, nameOf, words } from './tree.ts';

/** @param course is told of the table */
export function createTableDangers(
  statement: Body<'CreateStmt'>,
  course: Course,
): readonly Danger[] {
  const { relation, inhRelations, if_not_exists: ifMissing = false } = statement;
  const parents = all('RangeVar', inhRelations).map(nameOf);
  const referenced = inside('Constraint', statement).flatMap(({ pktable }) =>
    pktable === undefined ? [] : [nameOf(pktable)],
  );
  const isOurs = parents.every((table) => course.made.has(table));
  // The old build reads and writes what is part of its table.
  if (!ifMissing && isOurs) makes(course, nameOf(relation));
  // Writers of a table that is referred to wait, until the migration has ended.
  if ([...parents, ...referenced].some((table) => !course.made.has(table))) course.holdsLock = true;
  return parents.flatMap((parent) => childDangers(parent, statement));
}

function childDangers(
  parent: string,
  { partbound, partspec, tableElts = [] }: Body<'CreateStmt'>,
): readonly Danger[] {
  if (partbound === undefined) {
    const why = 'older builds read its rows among those of its parent';
    return [contracts({ tables: [parent], why, instead: 'a table without a parent' })];
  }
  return [
    ...given(
      tableElts.length > 0 || partspec !== undefined,
      contracts({
        tables: [parent],
        why: 'it may refuse rows that older builds write',
        instead: 'a partition without rules or parts of its own',
      }),
    ),
    locks({
      tables: [parent],
      why: 'nobody can read the table, and its default partition is read, until it is there',
      instead: 'a table of its own, and ATTACH PARTITION outside of a migration',
    }),
  ];
}

/** Of two functions of one name, the one that fits better is called. */
export function createFunctionDangers({
  funcname,
  parameters,
  replace = false,
}: Body<'CreateFunctionStmt'>): readonly Danger[] {
  const instead = 'a function with a new name';
  if (replace) return [unseen('it replaces what older builds call', instead)];
  const first = all('FunctionParameter', parameters).find(({ mode }) => mode !== 'FUNC_PARAM_OUT');
  return [
    {
      ...unseen('it may be called in place of another of its name', instead),
      unless: { kind: 'no function', name: words(funcname).at(-1) ?? '' },
    },
    ...given(
      first !== undefined && !isPlain(first.argType),
      unseen('of a row it can be called as if it were a column', 'one of plain types'),
    ),
  ];
}

/** Tables are looked for in the schema that has the name of one's role, before `public`. */
export function createSchemaDangers({
  schemaname,
  schemaElts = [],
}: Body<'CreateSchemaStmt'>): readonly Danger[] {
  if (schemaElts.length > 0) return [unseen('it makes more than a schema', 'plain statements')];
  const danger = unseen('its tables may hide those of older builds', 'no role’s name');
  if (schemaname === undefined) return [danger];
  return [{ ...danger, unless: { kind: 'no role', name: schemaname } }];
}
