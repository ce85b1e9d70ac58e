/** The limit: the store's own statements, asked by PostgreSQL's own tool without any HTTP. */
import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PLANNING } from '../../service/database/pool.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { Sample } from './measure.ts';
import type { Operation } from './operations.ts';
import type { Stock } from './scale.ts';

const run = promisify(execFile);

const SCRIPTS = join(import.meta.dirname, 'pgbench');
/** Where Debian keeps the programs of each version. */
const DEBIAN = '/usr/lib/postgresql';

export interface Pgbench {
  readonly file: string;
  /** As it tells itself: `pgbench (PostgreSQL) 17.1`. */
  readonly version: string;
}

/** @returns undefined where it is not installed */
export async function findPgbench(): Promise<Pgbench | undefined> {
  for (const file of await candidates()) {
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!found) continue;
    const { stdout } = await run(file, ['--version']);
    return { file, version: stdout.trim() };
  }
  return undefined;
}

/** The newest of Debian's first: the one in PATH may be its wrapper. */
async function candidates(): Promise<string[]> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const newestFirst = versions.toSorted((one, other) => Number(other) - Number(one));
  const folders = process.env['PATH']?.split(':') ?? [];
  return [...newestFirst.map((version) => join(DEBIAN, version, 'bin')), ...folders].map((folder) =>
    join(folder, 'pgbench'),
  );
}

interface Options {
  readonly databaseUrl: string;
  /** Rows that its random numbers stand for. */
  readonly stock: Stock;
  readonly clients: number;
  readonly seconds: number;
}

/** As long as the servers are asked before their figures begin. */
const WARM_UP = 1;

/** @throws Refusal with what it said first when it could not run */
export async function runPgbench(
  { file }: Pgbench,
  operation: Operation,
  { databaseUrl, stock, clients, seconds }: Options,
): Promise<Sample> {
  const script = join(SCRIPTS, `${operation.id}.sql`);
  const args = (time: number) => [
    '--no-vacuum',
    '--protocol=prepared',
    `--client=${clients}`,
    `--time=${time}`,
    `--define=products=${stock.products}`,
    `--define=customers=${stock.customers}`,
    `--file=${script}`,
    databaseUrl,
  ];
  const env = { ...process.env, PGOPTIONS: PLANNING };
  const ask = async (time: number) => {
    const { stdout } = await run(file, args(time), { env }).catch(
      (error: { readonly stderr?: string }) => {
        const [first = 'it told nothing'] = error.stderr?.split('\n') ?? [];
        throw new Refusal(`${operation.id}.sql did not run: ${first}`);
      },
    );
    return stdout;
  };
  await ask(WARM_UP);
  return read(await ask(seconds));
}

/**
 * Without the time that connecting takes.
 * @throws Error when it is not what pgbench prints
 */
export function read(output: string): Sample {
  const [, perSecond] = /^tps = ([\d.]+) \((?:without initial|excluding)/m.exec(output) ?? [];
  // It tells no rate of nothing.
  if (/^number of transactions actually processed: 0$/m.test(output)) {
    return { perSecond: 0, failures: {} };
  }
  if (perSecond === undefined) throw new Error(`pgbench told no figure:\n${output}`);
  const [, failed = '0'] = /^number of failed transactions: (\d+)/m.exec(output) ?? [];
  return {
    perSecond: Number(perSecond),
    failures: Number(failed) === 0 ? {} : { 'failed transactions': Number(failed) },
  };
}
