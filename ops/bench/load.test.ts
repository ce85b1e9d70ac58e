import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Generator, startGenerator } from './generator.ts';
import { FRESH, type Job } from './job.ts';
import { measure } from './measure.ts';

/** Milliseconds that each answer takes. */
const TAKES = 20;
const CONNECTIONS = 4;

let generator: Generator;
let server: Server;
let url: string;
/** What was asked: paths, and idempotency keys. */
const asked = { paths: new Set<string>(), keys: [] as string[] };

beforeAll(async () => {
  generator = startGenerator();
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    asked.paths.add(pathname);
    const key = request.headers['idempotency-key'];
    if (key !== undefined) asked.keys.push(String(key));
    if (pathname === '/broken') request.socket.destroy();
    response.statusCode = pathname === '/refused' ? 503 : 200;
    setTimeout(() => response.end('{}'), TAKES);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await generator.close();
  server.closeAllConnections();
  server.close();
});

const ask = (...paths: readonly string[]): Job['requests'] =>
  paths.map((path) => ({ method: 'GET', path }));

const load = (requests: Job['requests']) =>
  measure(
    {
      id: 'fake',
      name: 'fake',
      urls: [url],
      pids: [process.pid],
      logFiles: [],
      close: async () => undefined,
    },
    generator,
    { connections: CONNECTIONS, warmUp: 100, measured: 500, requests },
  );

test('a server of known speed is measured as such, and all is asked for', async () => {
  const { perSecond, latency, failures } = await load(ask('/one', '/two', '/three'));

  // Each connection has one answer in 20 ms, and a busy machine is slower, never faster.
  const most = (CONNECTIONS * 1000) / TAKES;
  expect([perSecond, perSecond > most / 4 && perSecond <= most * 1.1]).toEqual([perSecond, true]);
  expect(latency?.p50).toBeGreaterThanOrEqual(TAKES - 1);
  expect(latency?.p999).toBeGreaterThanOrEqual(latency?.p99 ?? 0);
  expect(failures).toEqual({});
  expect([...asked.paths].toSorted()).toEqual(['/one', '/three', '/two']);
});

test('answers that are not 2xx are counted apart, and are no requests a second', async () => {
  const { perSecond, failures } = await load(ask('/refused'));

  expect(perSecond).toBe(0);
  expect(failures['503']).toBeGreaterThan(0);
});

test('a connection that breaks is an error, not a silence', async () => {
  const { failures } = await load(ask('/broken'));

  expect(failures['connection ended without an answer']).toBeGreaterThan(0);
});

test('each request has an idempotency key of its own', async () => {
  const { failures } = await load([
    { method: 'POST', path: '/orders', headers: { 'idempotency-key': FRESH }, body: '{}' },
  ]);

  expect(failures).toEqual({});
  expect(asked.keys.length).toBeGreaterThan(CONNECTIONS);
  expect(new Set(asked.keys).size).toBe(asked.keys.length);
});

test('what it cost the server is known where there is /proc', async () => {
  const { processor, memory } = await load(ask('/one'));

  const isLinux = process.platform === 'linux';
  expect([processor !== undefined, (memory ?? 0) > 10]).toEqual([isLinux, isLinux]);
});
