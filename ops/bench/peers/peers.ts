/** What the store is measured against: the same five operations on the same database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Say } from '../../deployment/progress.ts';
import { Refusal } from '../../deployment/refusal.ts';

/**
 * Each takes PORT, DATABASE_URL, JWKS_URI and ISSUER from its environment, listens on loopback, and
 * answers 200 at /health once it is ready.
 */
interface Peer {
  /** In tables. */
  readonly name: string;
  /** In files and options. */
  readonly id: string;
  /** For Node to run. */
  readonly file: string;
}

export const PEERS: readonly Peer[] = [
  { name: 'Express 5 + pg', id: 'express', file: fileOf('express.js') },
  { name: 'Fastify + @fastify/postgres', id: 'fastify', file: fileOf('fastify.js') },
  { name: 'NestJS (Fastify) + pg', id: 'nest', file: fileOf('nest.js') },
  { name: 'node:http + pg', id: 'node-http', file: fileOf('node-http.js') },
];

function fileOf(name: string): string {
  return join(import.meta.dirname, name);
}

/** Nothing of a package runs by itself. */
const INSTALL = 'ci --ignore-scripts --no-audit --no-fund --loglevel=error';
/** Milliseconds: it took 12 s with nothing in npm's cache. */
const PATIENCE = 300_000;

/**
 * Installs exactly what their lockfile names, unless that was done since it changed.
 * @throws Refusal when npm cannot, which has said why by then
 */
export async function installPeers(say: Say): Promise<void> {
  const [locked, installed] = await Promise.all([
    changedAt('package-lock.json'),
    // npm writes it last.
    changedAt('node_modules/.package-lock.json'),
  ]);
  if (installed > locked) return;
  say('installing what the store is measured against');
  const npm = spawn('npm', INSTALL.split(' '), {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: PATIENCE,
  });
  const [code] = (await once(npm, 'exit')) as [number | null];
  if (code === 0) return;
  throw new Refusal('npm could not install ops/bench/peers: see above, and try again');
}

/** Zero where it is not there. */
async function changedAt(name: string): Promise<number> {
  return stat(fileOf(name)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
