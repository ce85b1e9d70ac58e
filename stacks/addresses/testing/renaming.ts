/** A stack before and after somebody gave its constructs other names. */
import { keepAddresses } from '../guard.ts';
import type { Move } from '../steps.ts';
import { aProgram, type Layout, recordsOf } from './a-program.ts';

export const POSTGRES = {
  'postgres/instance': 'aws_db_instance',
  'postgres/log': 'aws_cloudwatch_log_group',
  'postgres/group/group': 'aws_security_group',
};

export function below(parent: string, layout: Layout): Layout {
  return Object.fromEntries(
    Object.entries(layout).map(([path, type]) => [`${parent}/${path}`, type]),
  );
}

/** What is said when the database's stack was the one, and is the other. */
export function said(before: Layout, after: Layout, moves: readonly Move[] = []): string {
  const records = recordsOf(aProgram({ database: before }));
  return keepAddresses(aProgram({ database: after }), records, moves).join('\n');
}
