import { once } from 'node:events';
import { Writable } from 'node:stream';
import { PROJECT } from '../../contract.ts';
import { openPool } from '../database/pool.ts';
import { connected } from '../testing/template-database.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';
import { createLogger } from './logger.ts';

let lines: Record<string, unknown>[] = [];
const stream = new Writable({
  write(chunk: Buffer, _encoding, done) {
    const texts = chunk.toString().trim().split('\n');
    lines.push(...texts.map((line) => JSON.parse(line) as Record<string, unknown>));
    done();
  },
});
let store: TestStore;
beforeAll(async () => {
  store = await startTestStore({ log: ['info', stream] });
});
afterAll(() => store.close());
beforeEach(() => {
  lines = [];
});

test('a request is one line, of its route and not of what it carried', async () => {
  const { authorization, id } = store.newCustomer();
  const body = { lines: [], note: 'my secret note' };
  const headers = { authorization, 'x-request-id': 'the-id' };

  await store.request({ method: 'POST', url: '/v1/orders', headers, body });
  await store.request({ url: '/v1/products?q=secret', headers });

  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({
    level: 'info',
    service: PROJECT,
    requestId: 'the-id',
    method: 'POST',
    route: '/v1/orders',
    status: 400,
    milliseconds: expect.any(Number),
    client: '127.0.0.1',
    caller: id,
    role: 'customer',
    msg: 'request',
  });
  expect(JSON.stringify(lines)).not.toMatch(/secret|Bearer|eyJ/);
});

test('operators’ routes are not logged, whatever they answer', async () => {
  store.lifecycle.draining = true;
  for (const url of ['/livez', '/health', '/readyz']) await store.request({ url });
  store.lifecycle.draining = false;

  expect(lines).toEqual([]);
});

test('a fault of ours is logged with its cause', async () => {
  const failing = await startTestStore({ log: ['info', stream] });
  await failing.database.drop();

  await failing.request({ url: '/v1/products', headers: { 'x-request-id': 'broken' } });
  await failing.app.close();

  const line = lines.find(({ level }) => level === 'error');
  expect(line).toMatchObject({ requestId: 'broken', err: { message: expect.any(String) } });
});

test('the row that a rule of the database refused is not in the line', () => {
  const error = Object.assign(new Error('violates check constraint'), {
    code: '23514',
    detail: 'Failing row contains (hidden).',
  });

  createLogger('info', stream).error({ err: error }, 'broken');

  expect(lines[0]).toMatchObject({ err: { code: '23514', message: 'violates check constraint' } });
  expect(JSON.stringify(lines)).not.toContain('hidden');
});

test('a connection that breaks is told by what broke it, not by all that it was', async () => {
  const pool = openPool({ connectionString: store.database.url }, createLogger('info', stream));
  await pool.query({ name: 'known', text: 'SELECT pg_backend_pid() AS hidden' });
  const broken = once(pool, 'error');

  await connected(store.database.superuserUrl, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE query LIKE '%AS hidden' AND pid <> pg_backend_pid()`),
  );
  await broken;
  await pool.end();

  expect(lines).toContainEqual(
    expect.objectContaining({ err: expect.objectContaining({ code: '57P01' }) }),
  );
  expect(JSON.stringify(lines)).not.toMatch(/hidden|secretKey/);
});

test.each(['authorization', 'cookie', 'password', 'accessToken', 'key', 'secret'])(
  'a %s that slips into a line is not in it',
  (name) => {
    const log = createLogger('info', stream);

    log.info({ [name]: 'hidden', headers: { [name]: 'hidden' }, a: { b: { [name]: 'hidden' } } });

    expect(JSON.stringify(lines)).not.toContain('hidden');
  },
);
