/** How a restore is, and what comes next. */
import { paginateDescribeDBSnapshots, RDSClient } from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { windowsOf } from './backups.ts';
import { describe } from './database.ts';
import type { Phase } from './phases.ts';
import { readRestore, type RestoreRecord } from './record.ts';
import { readSettings } from './settings.ts';
import { inWords } from './source.ts';

/** Snapshots that are listed, newest first. */
const NEWEST = 10;

/** Lines for whoever asks without wanting anything yet. */
export async function situation(environment: Environment): Promise<string[]> {
  const record = await readRestore(environment);
  if (record === undefined) return possibilities(environment);
  const { from, to, steps } = record;
  const states = await Promise.all(
    [from, to].map(async (name) => {
      const instance = await describe(environment, name);
      return `  ${name}: ${instance?.DBInstanceStatus ?? 'not there'}`;
    }),
  );
  const course = steps.map(({ phase, at, who }) => `  ${at}  ${phase.padEnd(10)}  ${who}`);
  return [inShort(environment, record), '', ...states, '', ...course];
}

/** What it is at, in a sentence, and the commands that go on. */
export function inShort(environment: Environment, record: RestoreRecord): string {
  const { name } = environment;
  const { phase, source, from, to, undoes, doomed } = record;
  const again = undoes ? '--undo' : optionOf(source);
  const run = (option: string) => `npm run restore -- ${name} ${option}`;
  if (phase === 'kept') return farewell(environment, record);
  if (phase === 'dropping') {
    return `${doomed?.name ?? from} is being deleted; go on: ${run('--drop-old')}`;
  }
  const what = undoes ? `Going back to ${to}` : `${to} is restored, ${from} ${inWords(source)}`;
  const other = undoes ? '' : `, or ${run('--undo')}`;
  return `${what}; it has come to: ${MEANINGS[phase]}. Go on: ${run(again)}${other}`;
}

const MEANINGS: Readonly<Record<Exclude<Phase, 'kept' | 'dropping'>, string>> = {
  making: 'the database is made',
  inspecting: 'both are inspected, nothing is switched',
  migrating: 'its schema is brought up, nothing is switched',
  switching: 'the service is switched to it',
  adopting: 'the state takes it over, and the stacks follow',
};

export function farewell({ name }: Environment, { from, to, undoes }: RestoreRecord): string {
  const back = undoes
    ? ''
    : `\nBack to it, without what is written from now on:\n  npm run restore -- ${name} --undo`;
  return `${name} works with ${to}. ${from} is kept as it was left, and costs as before. When nobody needs it:
  npm run restore -- ${name} --drop-old${back}`;
}

function optionOf(source: RestoreRecord['source']): string {
  return 'at' in source ? `--at ${source.at}` : `--snapshot ${source.snapshot}`;
}

async function possibilities(environment: Environment): Promise<string[]> {
  const { name } = environment;
  const { name: database } = await readSettings(environment);
  const windows = await windowsOf(environment, database);
  const snapshots = await snapshotsOf(environment, database);
  return [
    `${name} works with ${database}; nothing is restored or kept.`,
    'It can be brought back to',
    ...windows.map((window) => `  ${window}: npm run restore -- ${name} --at <time>`),
    ...snapshots.map((text) => `  ${text}`),
  ];
}

async function snapshotsOf({ region, name }: Environment, database: string): Promise<string[]> {
  const found: { readonly id: string; readonly at: string }[] = [];
  const question = { DBInstanceIdentifier: database };
  const pages = paginateDescribeDBSnapshots({ client: new RDSClient({ region }) }, question);
  for await (const { DBSnapshots = [] } of pages) {
    for (const { DBSnapshotIdentifier: id = '', SnapshotCreateTime: time } of DBSnapshots) {
      found.push({ id, at: time?.toISOString() ?? '' });
    }
  }
  return found
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, NEWEST)
    .map(({ id, at }) => `the snapshot of ${at}: npm run restore -- ${name} --snapshot ${id}`);
}
