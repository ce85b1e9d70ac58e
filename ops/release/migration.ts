/** The migration, run as a task before the service that needs it. */
import { PROGRAMS } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import type { Finding } from '../../service/database/migration-guard/judge.ts';
import { EXIT_NEEDS_CONTRACT } from '../../service/database/migration-guard/needs-contract.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Stack } from '../deployment/stack.ts';
import { migrationLog } from '../running/names.ts';
import { exitCodeOf, oneOffOf, runOneOff } from '../running/one-off-task.ts';
import type { Schema } from '../running/records.ts';
import { idOf, storyOf } from '../running/stopped-tasks.ts';
import { toldBy } from '../running/told.ts';
import { needsContract } from './contracting.ts';

interface Run {
  /** Whether it may contract, or lock a large table. */
  readonly contract: boolean;
  readonly signal: AbortSignal;
}

/** @returns what it said of the schema, if it did. @throws Refusal with its last lines, Interrupted */
export async function runMigration(
  environment: Environment,
  stack: Stack,
  { contract, signal }: Run,
): Promise<Schema | undefined> {
  const oneOff = oneOffOf(await stack.outputs(), 'migrate');
  const allowed = contract && { command: ['node', PROGRAMS.migrate, '--contract'] };
  const task = await runOneOff(environment, { ...oneOff, ...allowed }, signal);
  const group = migrationLog(environment);
  const where = { group, taskId: idOf(task) };
  const code = exitCodeOf(task);
  if (code === 0) return toldBy(environment, where, { find: schemaOf, signal });
  if (code === EXIT_NEEDS_CONTRACT) {
    const findings = await toldBy(environment, where, { find: findingsOf, signal });
    if (findings !== undefined) throw needsContract(findings, environment.name);
  }
  const story = await storyOf(environment, task, group);
  throw new Refusal(`the migration failed, and the old version still serves:\n${story}`);
}

type Line = Readonly<Record<string, unknown>>;

function schemaOf({ schema }: Line): Schema | undefined {
  return schema as Schema | undefined;
}

function findingsOf({ needsContract: findings }: Line): readonly Finding[] | undefined {
  return findings as readonly Finding[] | undefined;
}
