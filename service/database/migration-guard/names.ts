/** Statements that take a name away from those who use it. */
import { type Course, contracts, type Danger, makes } from './danger.ts';
import { as, type Body, nameOf, qualified, words } from './tree.ts';

const WHY = 'older builds use the name';

/** Kinds of which a name stands in `made`. */
const RELATIONS: ReadonlySet<string> = new Set(['TABLE', 'VIEW', 'MATVIEW', 'INDEX', 'SEQUENCE']);

export function dropDangers(
  { objects = [], removeType }: Body<'DropStmt'>,
  course: Course,
): readonly Danger[] {
  const kind = (removeType ?? '').replace('OBJECT_', '');
  const names = objects.map((object) => qualified(words(as('List', object)?.items)));
  const tables = RELATIONS.has(kind) ? names : [];
  const isOurs = tables.length > 0 && tables.every((name) => course.made.has(name));
  for (const name of tables) course.made.delete(name);
  if (isOurs) return [];
  course.holdsLock = true;
  return [
    contracts({
      tables: [],
      why:
        kind === 'INDEX'
          ? 'older builds may need it: for ON CONFLICT, or to be fast'
          : 'older builds may need it, and what was in it is gone for good',
      instead: 'let one release stop using it, and a later one drop it, with --contract',
    }),
  ];
}

export function renameDangers(
  { relation, newname = '', renameType, subname }: Body<'RenameStmt'>,
  course: Course,
): readonly Danger[] {
  if (relation === undefined) return [renamed([])];
  const table = nameOf(relation);
  if (course.made.has(table)) {
    const kind = (renameType ?? '').replace('OBJECT_', '');
    if (RELATIONS.has(kind) && subname === undefined) {
      course.made.delete(table);
      makes(course, nameOf({ ...relation, relname: newname }));
    }
    return [];
  }
  course.holdsLock = true;
  return [renamed([table])];
}

function renamed(tables: readonly string[]): Danger {
  return contracts({
    tables,
    why: WHY,
    instead:
      'a view or a column with the new name beside the old one; drop that in a later release',
  });
}
