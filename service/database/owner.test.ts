import { type DatabaseConfig, loadOwnerConfig } from '../config.ts';
import { type SecretLogins, secretLogins } from '../testing/secret-logins.ts';
import { connected } from '../testing/template-database.ts';
import { asOwner } from './owner.ts';
import { secretsManager } from './secret-store.ts';

const secrets = secretsManager();
let logins: SecretLogins;
let database: DatabaseConfig;

beforeAll(async () => {
  logins = await secretLogins();
  ({ database } = loadOwnerConfig(await logins.newDatabase()));
}, 120_000);
afterAll(() => logins.close());

/** Until so many are connected to this database as its owner. */
function untilOwners(expected: number): Promise<void> {
  return connected(logins.database.superuserUrl, async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity
          WHERE datname = current_database() AND usename = 'store_owner' AND query ~ 'advisory'`,
      );
      if (rowCount === expected) return;
    }
  });
}

test('who waits for the lock is not in the way of an index that is built beside writers', async () => {
  const order: string[] = [];
  let second: Promise<unknown> | undefined;

  await asOwner(database, secrets, async (owner) => {
    await owner.query('CREATE TABLE things (id int)');
    second = asOwner(database, secrets, async () => order.push('second'));
    await untilOwners(1);
    await owner.query("SET statement_timeout = '20s'");
    await owner.query('CREATE INDEX CONCURRENTLY things_id ON things (id)');
    order.push('index');
  });
  await second;

  expect(order).toEqual(['index', 'second']);
}, 30_000);
