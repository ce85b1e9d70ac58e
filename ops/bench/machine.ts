/** What it was measured on and with: figures without that say nothing. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type as system } from 'node:os';
import { join } from 'node:path';
import type { Home } from '../loopback/home.ts';
import type { Tools } from './results.ts';
import { DATABASE_SETTINGS } from './shop-home.ts';
import { connected } from '../../service/testing/template-database.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Of ours and of the generator; other packages are in the lockfile. */
const PACKAGES = new Set(['fastify', '@fastify/postgres', 'pg', 'autocannon']);

/** @returns pairs of name and value, in reading order */
export async function describeMachine(home: Home, { pgbench, wrk }: Tools) {
  const [{ model } = { model: 'unknown' }] = cpus();
  const settings = DATABASE_SETTINGS.join(', ');
  return [
    ['Processor', `${model.trim()}, ${availableParallelism()} cores`],
    ['Memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['Kernel', `${system()} ${release()}`],
    ['Node.js', process.version.slice(1)],
    ['PostgreSQL', `${await versionOf(home)}; ${settings}, durability as delivered (fsync on)`],
    ['Store', await versions('package.json', (name) => PACKAGES.has(name))],
    ['Peers', await versions('ops/bench/peers/package.json', () => true)],
    ['pgbench', pgbench?.version ?? 'not installed'],
    ['wrk', wrk ?? 'not installed'],
  ] as const;
}

async function versionOf({ databaseUrl }: Home): Promise<string> {
  const { rows } = await connected(databaseUrl, (client) =>
    client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`),
  );
  return rows[0]?.version ?? 'unknown';
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

async function versions(path: string, wanted: (name: string) => boolean): Promise<string> {
  const manifest = JSON.parse(await readFile(join(ROOT, path), 'utf8')) as Manifest;
  const { dependencies = {}, devDependencies = {} } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([name]) => wanted(name))
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}
