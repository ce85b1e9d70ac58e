import { connect } from 'node:net';
import { type Command, run } from './testing/processes.ts';
import { connected, createTestDatabase, type TestDatabase } from './testing/template-database.ts';
import { untilSomebodyWaits } from './testing/waiting.ts';

let database: TestDatabase;
const commands: Command[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => {
  for (const { child } of commands.splice(0)) child.kill('SIGKILL');
});

function start(environment: NodeJS.ProcessEnv = {}, file = 'service/server.ts'): Command {
  const command = run(file, {
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: '0',
    DRAIN_SECONDS: '0',
    DATABASE_URL: database.url,
    ...environment,
  });
  commands.push(command);
  return command;
}

async function listening(command: Command): Promise<URL> {
  const [, url = ''] = await command.says(/Server listening at (http:\S+?)"/);
  return new URL(url);
}

/** A request that arrives in two parts: in flight until the second one is sent. */
function slowRequest({ hostname, port }: URL) {
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const body = '{"person":"customer"}';
  socket.write(
    `POST /dev/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
      `Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(answer)));
  return {
    connected: new Promise((resolve) => socket.on('connect', resolve)),
    finish: () => (socket.write(body.slice(5)), closed),
  };
}

test('it serves, and ends with 0 when it is told to', async () => {
  const server = start();
  const url = await listening(server);
  expect((await fetch(new URL('/readyz', url))).status).toBe(200);

  server.child.kill('SIGTERM');

  expect((await server.exited).code).toBe(0);
});

test('what is in flight is finished, and meanwhile it is not healthy but serves', async () => {
  const server = start({ DRAIN_SECONDS: '3' });
  const url = await listening(server);
  const request = slowRequest(url);
  await request.connected;

  server.child.kill('SIGTERM');
  await server.says(/draining/);
  const health = await fetch(new URL('/health', url));
  const products = await fetch(new URL('/v1/products', url));
  const answer = await request.finish();

  expect([health.status, products.status]).toEqual([503, 200]);
  expect(answer).toContain('HTTP/1.1 200 OK');
  expect((await server.exited).code).toBe(0);
});

test('connections that clients keep open do not keep it', async () => {
  const server = start();
  const url = await listening(server);
  // fetch keeps its connections. This one has a request in flight while the process ends.
  await connected(database.superuserUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('LOCK TABLE products');
    const answer = fetch(new URL('/v1/products', url));
    await untilSomebodyWaits(database.superuserUrl);
    server.child.kill('SIGTERM');
    await server.says(/draining/);
    await client.query('COMMIT');

    expect((await answer).status).toBe(200);
  });
  const begun = performance.now();

  expect((await server.exited).code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('a second signal ends it at once', async () => {
  const server = start({ DRAIN_SECONDS: '20' });
  await listening(server);
  server.child.kill('SIGTERM');
  await server.says(/draining/);

  server.child.kill('SIGTERM');

  expect((await server.exited).code).toBe(1);
});

test('a configuration that is not valid is told whole, with its own exit code', async () => {
  const { code, output } = await start({
    NODE_ENV: 'production',
    DATABASE_URL: '',
    PORT: '99999',
  }).exited;

  expect(code).toBe(78);
  expect(output).toContain('PORT must be <= 65535, not "99999"');
  expect(output).not.toContain('    at ');
});

test('a wrong password is a clear line', async () => {
  const url = Object.assign(new URL(database.url), { password: 'wrong' }).href;

  const { code, output } = await start({ DATABASE_URL: url }).exited;

  expect(code).toBe(1);
  expect(output).toMatch(/server: the database refuses the login: .*store_tests/);
  expect(output).not.toMatch(/ {4}at |wrong/);
});

test('a schema that is not migrated is a clear line', async () => {
  const empty = await createTestDatabase({ empty: true });

  const { code, output } = await start({ DATABASE_URL: empty.ownerUrl }).exited;
  await empty.drop();

  expect(code).toBe(1);
  expect(output).toContain('server: the schema lacks 0001_catalogue, 0002_orders');
  expect(output).toContain('npm run migrate');
});

test('a schema that asks for a newer build is a clear line', async () => {
  const newer = await createTestDatabase();
  await connected(newer.ownerUrl, (client) =>
    client.query('UPDATE schema_requirement SET minimum_build = 9999'),
  );

  const { code, output } = await start({ DATABASE_URL: newer.url }).exited;
  await newer.drop();

  expect(code).toBe(1);
  expect(output).toContain('needs build 9999 or newer');
});

test('a port that is taken is a clear line', async () => {
  const first = start();
  const { port } = await listening(first);

  const { code, output } = await start({ PORT: port }).exited;

  expect(code).toBe(1);
  expect(output).toContain('server: the port is taken');
});

test('a database that is not there yet is waited for, and a signal ends the waiting', async () => {
  const server = start({ DATABASE_URL: 'postgres://store@127.0.0.1:1/store' });
  await server.says(/waiting for the database, up to 60 s/);

  server.child.kill('SIGTERM');

  expect((await server.exited).code).toBe(0);
});

test('the migration is a command too: it says what it did, and again that there is nothing', async () => {
  const empty = await createTestDatabase({ empty: true });
  const migrate = () => start({ DATABASE_URL: empty.ownerUrl }, 'service/migrate.ts').exited;

  const first = await migrate();
  const second = await migrate();
  await empty.drop();

  expect([first.code, second.code]).toEqual([0, 0]);
  expect(first.output).toContain('0003_api_keys');
  expect(second.output).toContain('up to date');
});

test('a rotation without its secret is a wrong configuration', async () => {
  const { code, output } = await start({}, 'service/rotate.ts').exited;

  expect(code).toBe(78);
  expect(output).toContain('DATABASE_SECRET_ID is missing');
});
