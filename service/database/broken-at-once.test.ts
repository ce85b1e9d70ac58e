import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { loadConfig } from '../config.ts';
import { createLogger } from '../observability/logger.ts';
import { Credentials } from './credentials.ts';
import { openPool, poolOptions } from './pool.ts';

/** Messages of PostgreSQL's protocol: a login that is let in, then the end of the session. */
const LET_IN = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
const ENDED = (() => {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0', 'latin1');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
})();

const log = createLogger('silent');
let server: Server;
afterEach(() => server.close());

test('a session that is ended in the moment in which it begins does not end the process', async () => {
  const options = await optionsFor((socket) =>
    socket.once('data', () => socket.end(Buffer.concat([LET_IN, ENDED]))),
  );
  const pool = openPool(options, log);

  const asked = pool.query('SELECT 1');

  await expect(asked).rejects.toThrow(/connection/i);
  await pool.end();
});

test('a session that is ended after its pool has ended does not end the process', async () => {
  let sessionEnded: Promise<unknown> | undefined;
  const options = await optionsFor((socket) => {
    socket.once('data', () => {
      socket.write(LET_IN);
      // Its good-bye.
      socket.once('data', () => socket.end(ENDED));
    });
    sessionEnded = once(socket, 'close');
  });
  const pool = openPool(options, log);
  (await pool.connect()).release();

  await pool.end();

  await expect(sessionEnded).resolves.toBeDefined();
});

/** Of a pool whose connections meet `server`. */
async function optionsFor(onConnection: (socket: Socket) => void) {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { database } = loadConfig({
    NODE_ENV: 'test',
    DATABASE_SECRET_ID: 'application',
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: String((server.address() as AddressInfo).port),
  });
  const login = JSON.stringify({ username: 'ada', password: 'x' });
  const secrets = { read: () => Promise.resolve(login), write: () => Promise.resolve() };
  return poolOptions(database, new Credentials(secrets, 'application'));
}
