/**
 * A real PostgreSQL for the tests: the one of TEST_DATABASE_URL, else a container when a container
 * engine answers, else an embedded server. TEST_DATABASE=container|embedded permits that one only.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface TestServer {
  /** Of a superuser. */
  readonly url: string;
  /** For people. */
  readonly how: string;
  stop(): Promise<void>;
}

/** The version that runs in AWS too. */
const IMAGE = 'postgres:17';

/** Nothing of a test outlives it, so nothing waits for a disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

export async function startServer(): Promise<TestServer> {
  const url = process.env['TEST_DATABASE_URL'];
  if (url !== undefined) return { url, how: 'TEST_DATABASE_URL', stop: async () => undefined };
  const want = process.env['TEST_DATABASE'] ?? 'auto';
  if (!['auto', 'container', 'embedded'].includes(want)) {
    throw new Error(`TEST_DATABASE must be container or embedded, not ${want}`);
  }
  if (want === 'container') return container();
  if (want === 'embedded' || !(await engineAnswers())) return embedded();
  // An engine that answers but cannot run the image is a fault to mend, not to work around.
  return container();
}

async function engineAnswers(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

async function container(): Promise<TestServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const server = await new PostgreSqlContainer(IMAGE)
    .withCommand(['postgres', ...FAST.flatMap((setting) => ['-c', setting])])
    .withTmpFs({ '/var/lib/postgresql/data': 'rw' })
    .start();
  return {
    url: server.getConnectionUri(),
    how: `container ${IMAGE}`,
    stop: async () => void (await server.stop()),
  };
}

async function embedded(): Promise<TestServer> {
  const { startEmbedded } = await import('../embedded-postgres/server.ts');
  const directory = join(import.meta.dirname, '../../.data', `test-${randomUUID()}`);
  const starting = startEmbedded({ directory, settings: FAST });
  const stop = async () => {
    await (await starting).stop();
    await rm(directory, { recursive: true, force: true });
  };
  // Jest tears nothing down after a Ctrl-C, and the server is no child that would end with us.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  const { url } = await starting;
  return { url, how: 'embedded server (no container engine answers)', stop };
}
