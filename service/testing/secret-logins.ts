/** A database whose logins are kept in secrets, as in AWS. */
import { Client } from 'pg';
import { APP_LOGINS } from '../database/roles.ts';
import { type AwsStandIn, startAwsStandIn } from './aws-stand-in.ts';
import { connected, createTestDatabase, type TestDatabase } from './template-database.ts';

/** Any number of our own. */
const LOCK = 1;

interface Login {
  readonly username: string;
  readonly password: string;
}

export interface SecretLogins {
  readonly aws: AwsStandIn;
  readonly database: TestDatabase;
  /** Empty, with empty secrets. @returns the variables of a task that works as its owner */
  newDatabase(): Promise<NodeJS.ProcessEnv>;
  /** What the application's secret says. */
  login(): Login;
  /** Of the database, logged in so. @default as the secret says */
  url(login?: Login): string;
  close(): Promise<void>;
}

/**
 * The service's logins belong to the whole server: one file of tests works with them at a time, and
 * another one waits for it.
 */
export async function secretLogins(): Promise<SecretLogins> {
  const turn = new Client(process.env['TEST_SERVER_URL']);
  await turn.connect();
  await turn.query('SELECT pg_advisory_lock($1)', [LOCK]);
  const aws = await startAwsStandIn();
  let database = await createTestDatabase({ empty: true });
  const login = () => JSON.parse(aws.secrets.get('application') ?? '{}') as Login;
  return {
    aws,
    get database() {
      return database;
    },
    async newDatabase() {
      await database.drop();
      database = await createTestDatabase({ empty: true });
      for (const name of APP_LOGINS) {
        await turn.query(`ALTER ROLE ${name} LOGIN PASSWORD NULL VALID UNTIL '-infinity'`);
      }
      aws.secrets.clear();
      const { username, password, hostname, port, pathname } = new URL(database.ownerUrl);
      aws.secrets.set('master', JSON.stringify({ username, password }));
      const given = Object.entries(process.env).filter(
        ([key]) => key.startsWith('AWS_') || key === 'DB_PIPELINE',
      );
      return {
        ...Object.fromEntries(given),
        DATABASE_MASTER_SECRET_ID: 'master',
        DATABASE_SECRET_ID: 'application',
        DATABASE_HOST: hostname,
        DATABASE_PORT: port,
        DATABASE_NAME: pathname.slice(1),
      };
    },
    login,
    url: (as = login()) => Object.assign(new URL(database.ownerUrl), as).href,
    async close() {
      await database.drop();
      await aws.stop();
      await turn.end();
    },
  };
}

/** @returns whom a URL logs in as. @throws DatabaseError when it is refused */
export function userBy(url: string): Promise<string> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ user: string }>('SELECT current_user AS user');
    return rows[0]?.user ?? '';
  });
}
