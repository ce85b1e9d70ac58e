/** Tries, with the login of the service, what that login is to be refused. */
import { type Client, DatabaseError } from 'pg';
import { connected } from '../../../service/testing/template-database.ts';
import type { Home } from '../../loopback/home.ts';
import { differences, rowCounts, schemaOf, tablesOf } from './fingerprint.ts';
import { type Forbidden, forbidden } from './forbidden.ts';

export interface Trespass {
  readonly tried: number;
  /** A sentence for each thing that the login may do all the same. */
  readonly broken: readonly string[];
}

export async function trespass({ databaseUrl, aws }: Home): Promise<Trespass> {
  const login = JSON.parse(aws.secrets.get('application') ?? '{}') as Record<string, string>;
  const url = Object.assign(new URL(databaseUrl), login).href;
  return connected(databaseUrl, async (superuser) => {
    await superuser.query('CREATE DATABASE neighbours');
    for (const statement of NEIGHBOURS)
      await connected(neighbours(databaseUrl), (client) => client.query(statement));
    await superuser.query('CREATE SCHEMA private; CREATE TABLE private.secrets (id int)');
    const before = { schema: await schemaOf(superuser), rows: await rowCounts(superuser) };
    const { rows } = await superuser.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const attempts = forbidden({
      tables: await tablesOf(superuser),
      superuserPid: rows[0]?.pid ?? 0,
    });
    const broken = [
      ...(await tryAll(url, attempts)),
      ...(await tryAll(neighbours(url), NEXT_DOOR)),
      ...(await powersOf(superuser)),
    ];
    const schema = differences(before.schema, await schemaOf(superuser));
    const counts = differences(before.rows, await rowCounts(superuser));
    const changed = [...schema, ...counts].map((name) => `the login could change ${name}`);
    return { tried: attempts.length + NEXT_DOOR.length, broken: [...broken, ...changed] };
  });
}

function neighbours(url: string): string {
  return Object.assign(new URL(url), { pathname: '/neighbours' }).href;
}

const NEIGHBOURS = ['CREATE TABLE secrets (id int)', 'INSERT INTO secrets VALUES (1)'];

const NEXT_DOOR: readonly Forbidden[] = [
  { what: 'read in another database', statement: 'SELECT * FROM secrets', code: '42501' },
  { what: 'write in another database', statement: 'DELETE FROM secrets', code: '42501' },
  { what: 'make tables in another database', statement: 'CREATE TABLE breach ()', code: '42501' },
];

async function tryAll(url: string, attempts: readonly Forbidden[]): Promise<string[]> {
  return connected(url, async (login) => {
    const broken: string[] = [];
    for (const attempt of attempts) {
      const code = await codeOf(login, attempt.statement);
      if (code === undefined) broken.push(`the login may ${attempt.what}: ${attempt.statement}`);
      else if (code !== attempt.code) {
        broken.push(`${attempt.statement} was refused with ${code}, not ${attempt.code}`);
      }
    }
    return broken;
  });
}

/** @returns the SQLSTATE it was refused with, or undefined. @throws Error when the connection broke */
async function codeOf(login: Client, statement: string): Promise<string | undefined> {
  try {
    await login.query(statement);
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError) return error.code;
    throw error;
  }
}

/** What no statement shows: powers that nobody has used yet. */
async function powersOf(superuser: Client): Promise<string[]> {
  const { rows } = await superuser.query<{ sentence: string }>(`
    SELECT rolname || ' has a power over the server' AS sentence FROM pg_roles
    WHERE rolname LIKE 'store\\_app%'
      AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
    UNION ALL
    SELECT member::regrole || ' is a member of ' || roleid::regrole FROM pg_auth_members
    WHERE member::regrole::text LIKE 'store\\_app%' AND roleid::regrole::text <> 'store_app'
    UNION ALL
    SELECT relowner::regrole || ' owns ' || relname FROM pg_class
    WHERE relowner::regrole::text LIKE 'store\\_app%'`);
  return rows.map(({ sentence }) => sentence);
}
