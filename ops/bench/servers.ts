/** What is measured: the store in its production configuration, and the peers beside it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { untilHealthy } from '../loopback/healthy.ts';
import type { Home } from '../loopback/home.ts';
import { freePort } from '../../service/embedded-postgres/free-port.ts';
import { SMALLEST_HEAP } from '../loopback/production-node.ts';
import { startService } from '../loopback/service.ts';
import { STORE } from './results.ts';
import type { PEERS } from './peers/peers.ts';

export interface Server {
  readonly id: string;
  readonly name: string;
  readonly urls: readonly string[];
  readonly pids: readonly number[];
  readonly logFiles: readonly string[];
  close(): Promise<void>;
}

export type Peer = (typeof PEERS)[number];

interface StoreOptions {
  readonly variables?: NodeJS.ProcessEnv;
  readonly flags?: readonly string[];
  /** Each with a port of its own. @default 1 */
  readonly processes?: number;
}

/** @throws Error with the end of the log when it does not start */
export async function startStore(home: Home, options: StoreOptions = {}): Promise<Server> {
  const { processes = 1, ...rest } = options;
  const services = await Promise.all(
    Array.from({ length: processes }, () => startService(home, rest)),
  );
  return {
    ...STORE,
    urls: services.map(({ url }) => url),
    pids: services.map(({ child }) => child.pid ?? 0),
    logFiles: services.map(({ logFile }) => logFile),
    async close() {
      await Promise.all(services.map((service) => service.kill()));
    },
  };
}

/** Logs into a file, as the store does. @throws Error when it is never healthy */
export async function startPeer(home: Home, { id, name, file }: Peer): Promise<Server> {
  const port = await freePort();
  const logFile = join(home.folder, `${id}-${port}.log`);
  const log = await open(logFile, 'a');
  const child = spawn(process.execPath, [SMALLEST_HEAP, file], {
    env: { ...peerVariables(home), PORT: String(port) },
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await untilHealthy(url, name, child).catch(async (error: unknown) => {
    await close();
    throw new Error(`${(error as Error).message}; see ${file}`);
  });
  return { id, name, urls: [url], pids: [child.pid ?? 0], logFiles: [logFile], close };
}

/** The service's login, for all: what it may not do, nobody may do. */
export function loginUrl({ aws, databaseUrl }: Home): string {
  const login = JSON.parse(aws.secrets.get('application') ?? '{}') as Record<string, string>;
  return Object.assign(new URL(databaseUrl), login).href;
}

function peerVariables(home: Home): NodeJS.ProcessEnv {
  const { url } = home.issuer;
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'production',
    DATABASE_URL: loginUrl(home),
    ISSUER: url,
    JWKS_URI: `${url}/.well-known/jwks.json`,
  };
}

/** A log of millions of lines would fill the disk: each measurement begins with an empty one. */
export async function emptyLogs({ logFiles }: Server): Promise<void> {
  await Promise.all(logFiles.map((file) => truncate(file)));
}
