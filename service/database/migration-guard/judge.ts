/** What migrations do to the build that serves while they run, and to whoever waits for a lock. */
import type { Course, Danger } from './danger.ts';
import { parse } from './parse.ts';
import { dangersOf } from './statements.ts';

/** A migration's file, without its folder, and what is in it. */
export interface Migration {
  readonly file: string;
  readonly sql: string;
}

export interface Finding extends Danger {
  readonly file: string;
  readonly line: number;
  /** In short. */
  readonly statement: string;
}

/**
 * Reads the text alone: how large a table is, and what has been proved, is asked of the database.
 * @param migrations those that run together, oldest first: what one makes is new to the next
 */
export async function judge(migrations: readonly Migration[]): Promise<Finding[]> {
  const course: Course = {
    made: new Set(),
    columns: new Set(),
    counted: new Set(),
    views: new Map(),
    hidesNames: false,
    isAlone: false,
    holdsLock: false,
  };
  const findings: Finding[] = [];
  for (const migration of migrations) {
    // Locks are held until the end of a transaction, which is that of one migration.
    findings.push(...(await judgeOne(migration, course)));
  }
  return findings;
}

async function judgeOne({ file, sql }: Migration, course: Course): Promise<Finding[]> {
  const statements = await parse(sql);
  if (!('map' in statements)) {
    const { line, reason } = statements;
    return [
      {
        kind: 'contracts',
        tables: [],
        file,
        line,
        statement: sql.split('\n')[line - 1]?.trim() ?? '',
        why: `it cannot be read, so not judged: ${reason}`,
        instead: 'SQL that PostgreSQL 17 understands',
      },
    ];
  }
  course.isAlone = statements.length === 1;
  course.holdsLock = false;
  return statements.flatMap(({ line, text: statement, node }) => {
    const dangers = dangersOf(node, course);
    const different = new Map(dangers.map((danger) => [JSON.stringify(danger), danger]));
    const where = { file, line, statement };
    return Array.from(different.values(), (danger) => ({ ...danger, ...where }));
  });
}
