/** Every call of the rehearsal, held against what the stacks allow to the role that made it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../../stacks/place.ts';
import { CALLS_FILE } from '../emulator/settings.ts';
import { disagreements, type Unused, unusedBy } from '../permissions/judgement.ts';
import { type MadeNames, madeNames } from '../permissions/made-names.ts';
import { readCalls, type RecordedCall } from '../permissions/recorded-calls.ts';
import { forbiddenCalls, isForbidden } from './forbidden/calls.ts';
import type { Ground } from './ground.ts';
import { TRIAL } from './pipeline-roles.ts';
import type { Run } from './run.ts';
import type { Stacks } from './stacks.ts';

const STEP = 'permissions';

/**
 * Lists of a whole account, which a role of one environment has no business with: `destroy` asks
 * for them at its end, and says what it was not told.
 */
const DOES_WITHOUT = new Set([
  'kms:ListKeys',
  'rds:DescribeDBInstanceAutomatedBackups',
  'rds:DescribeDBSnapshots',
  'secretsmanager:ListSecrets',
]);

/** Lines of disagreements that are shown. */
const SHOWN = 20;

/** What AWS has made, by what the stacks call it: to be asked while the states are there. */
export async function learnNames({ stacks, pipelines }: Ground): Promise<MadeNames> {
  if (pipelines === undefined) return new Map();
  return madeNames(pipelines.program, await statesOf(stacks));
}

/** The lists go into the report; that the calls were allowed is a check. */
export async function judgeCalls(run: Run, { pipelines }: Ground, names: MadeNames): Promise<void> {
  const { folder, checks, notes, options, progress } = run;
  // An emulator that somebody else has started has its own folder.
  if (pipelines === undefined || options.endpoint !== undefined) return;
  const text = await readFile(join(folder.path, CALLS_FILE), 'utf8');
  const calls = readCalls(text, names).filter(({ session }) => session !== TRIAL);
  const { permissions, environment } = pipelines;
  const forbidden = forbiddenCalls(environment);
  await checks.keep(STEP, 'each call of a role is one that the stacks allow to it', () => {
    const expected = calls.filter(
      (call) => call.allowed || !(doesWithout(call) || isForbidden(forbidden, environment, call)),
    );
    refuse(disagreements(permissions, expected));
  });
  notes.unused.push(...unusedBy(permissions, calls));
  progress.line(summaryOf(text, calls, notes.unused));
}

function doesWithout({ role, action }: RecordedCall): boolean {
  return role.endsWith('-apply') && DOES_WITHOUT.has(action);
}

function refuse(lines: readonly string[]): void {
  if (lines.length === 0) return;
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  throw new Error([...lines.slice(0, SHOWN), ...more].join('\n'));
}

function summaryOf(text: string, calls: readonly RecordedCall[], roles: readonly Unused[]): string {
  const all = text.split('\n').length - 1;
  const unused = roles.reduce((sum, role) => sum + role.unused.length, 0);
  return `${all} calls asked IAM, ${calls.length} of them different; never used: ${unused} permissions of ${roles.length} roles, see the report`;
}

/** By name of the stack. */
async function statesOf(stacks: Stacks): Promise<ReadonlyMap<string, string>> {
  const { account, environment, ofAccount, ofEnvironment } = stacks;
  const entries = await Promise.all([
    ...ofAccount.map((name) => stateOf(account, name)),
    ...ofEnvironment.map((name) => stateOf(environment, name)),
  ]);
  return new Map(entries);
}

/** What is not there yet has made no names. */
async function stateOf(place: Place, name: string): Promise<[string, string]> {
  const Key = `${place.statePrefix}${name.slice(place.label.length)}.tfstate`;
  const question = new GetObjectCommand({ Bucket: place.stateBucket, Key });
  const text = await new S3Client({ region: place.region })
    .send(question)
    .then(({ Body }) => Body?.transformToString())
    .catch((error: unknown) => {
      if (/^NoSuch(Key|Bucket)$/.test((error as Error).name)) return '{}';
      throw error;
    });
  return [name, text ?? '{}'];
}
