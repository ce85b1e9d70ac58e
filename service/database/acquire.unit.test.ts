import type { Pool } from 'pg';
import { acquireClient } from './acquire.ts';
import { Credentials } from './credentials.ts';

const broken = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const refused = Object.assign(new Error('password authentication failed'), { code: '28P01' });

/** Fails with each error in turn, then connects. */
function poolThatSays(...errors: Error[]) {
  const client = {};
  const connect = async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return client;
  };
  return { client, pool: { connect } as unknown as Pool };
}

function newCredentials() {
  const read = async () => JSON.stringify({ username: 'store_app_a', password: 'secret' });
  return new Credentials({ read, write: async () => undefined }, 'application');
}

test.each([
  ['the way breaks, then the login is refused', [broken, refused]],
  ['the login is refused, then the way breaks', [refused, broken]],
])('%s: there is a connection all the same', async (_, errors) => {
  const { client, pool } = poolThatSays(...errors);

  expect(await acquireClient(pool, newCredentials())).toBe(client);
});

test.each([
  ['a login', [refused, refused], newCredentials(), '28P01'],
  ['a way', [broken, broken], newCredentials(), 'ECONNRESET'],
  ['a login that nobody can read anew', [refused], undefined, '28P01'],
])('%s that stays bad is told', async (_, errors, credentials, code) => {
  const { pool } = poolThatSays(...errors);

  await expect(acquireClient(pool, credentials)).rejects.toMatchObject({ code });
});
