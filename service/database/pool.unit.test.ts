import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Pool } from 'pg';
import { loadConfig } from '../config.ts';
import { Credentials } from './credentials.ts';
import { poolOptions } from './pool.ts';

test('the certificate is held against the host of the secret', async () => {
  const asked = Promise.withResolvers<string>();
  const tls = createTlsServer({
    SNICallback: (name, answer) => {
      asked.resolve(name);
      answer(new Error('no certificate'));
    },
  });
  tls.on('tlsClientError', () => undefined);
  const listening = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    // PostgreSQL's answer to a client that wants TLS.
    socket.once('data', () => socket.write('S', () => tls.emit('connection', socket)));
  }).listen(0, 'localhost');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const secret = JSON.stringify({ username: 'a', password: 'b', host: 'localhost' });
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_SECRET_ID: 'application',
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: String(port),
    DATABASE_TLS: 'rds',
  });
  const store = { read: async () => secret, write: async () => undefined };
  const pool = new Pool(poolOptions(config.database, new Credentials(store, 'application')));

  await expect(pool.connect()).rejects.toThrow(/ECONNRESET|closed|socket|disconnected/i);
  await pool.end();
  listening.close();

  expect(await asked.promise).toBe('localhost');
});
