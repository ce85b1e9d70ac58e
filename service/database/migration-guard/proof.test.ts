import { Client } from 'pg';
import { CONTRACTING } from '../../testing/contracting-statements.ts';
import { DISGUISED } from '../../testing/disguised-statements.ts';
import { HARMLESS } from '../../testing/harmless-statements.ts';
import { OLD_BUILD, SCHEMA } from '../../testing/old-build.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/template-database.ts';
import { STEADY } from './functions.ts';

// The rules are not believed: each statement runs in PostgreSQL, which shows what it locks, whether
// it reads or rewrites a table meanwhile, and what of the old build fails afterwards.
let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  client = new Client(database.superuserUrl);
  await client.connect();
  await client.query(SCHEMA);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query('BEGIN');
});
afterEach(async () => {
  await client.query('ROLLBACK');
});

const TABLES = ['parents', 'things', 'thing_sums'];
/** Those that make writers, and the stronger ones readers, wait. */
const STRONG = /^(Share|ShareRowExclusive|Exclusive|AccessExclusive)Lock$/;
/** Nobody writes to a materialized view. */
const STRONG_FOR_READERS = /^AccessExclusiveLock$/;

interface Seen {
  readonly name: string;
  /** Strong ones that are held at the end, until the transaction's. */
  readonly locks: string[];
  readonly isRead: boolean;
  readonly isRewritten: boolean;
  /** Rows that nobody else may write. */
  readonly rows: number;
}

/** Runs a migration, and looks what it holds and what it read. */
async function seenDoing(sql: string): Promise<Seen[]> {
  const before = await state();
  await client.query(sql);
  const after = await state();
  return TABLES.map((name) => difference(before.get(name) ?? absent(name), after.get(name)));
}

function difference(was: State, is = absent(was.name)): Seen {
  const strong = is.name === 'thing_sums' ? STRONG_FOR_READERS : STRONG;
  return {
    name: is.name,
    locks: is.locks.filter((mode) => strong.test(mode)),
    isRead: is.scans > was.scans,
    isRewritten: is.file !== was.file,
    rows: is.rows - was.rows,
  };
}

function absent(name: string): State {
  return { name, scans: 0, file: '', rows: 0, locks: [] };
}

interface State {
  readonly name: string;
  readonly scans: number;
  readonly file: string;
  readonly rows: number;
  readonly locks: string[];
}

/** Counts only rise: what an earlier transaction counted may still be among them. */
async function state(): Promise<ReadonlyMap<string, State>> {
  const { rows } = await client.query<State>(
    `SELECT relname AS name, pg_stat_get_xact_numscans(c.oid)::int AS scans,
            pg_relation_filenode(c.oid) AS file,
            (pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid))::int
              AS rows,
            ARRAY(SELECT mode FROM pg_locks
                   WHERE relation = c.oid AND pid = pg_backend_pid()) AS locks
       FROM pg_class c WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace`,
    [TABLES],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

/** Tables for which others wait as long as they are large. */
function waitedFor(seen: readonly Seen[]): string[] {
  const holdsLock = seen.some(({ locks }) => locks.length > 0);
  return seen
    .filter(({ isRead, isRewritten, rows }) => rows > 1 || (holdsLock && (isRead || isRewritten)))
    .map(({ name }) => name);
}

/** What of the build that serves does not work any more. */
async function broken(): Promise<string[]> {
  const failures: string[] = [];
  for (const sql of OLD_BUILD) {
    await client.query('SAVEPOINT before; SET LOCAL ROLE store_app');
    await client.query(sql).catch((error: Error) => failures.push(`${sql}: ${error.message}`));
    await client.query('ROLLBACK TO before');
  }
  return failures;
}

test('the old build works on the schema as it is', async () => {
  expect(await broken()).toEqual([]);
});

test.each(HARMLESS)('PostgreSQL shows that %s is harmless: %s', async (sql) => {
  const seen = await seenDoing(sql);

  expect(waitedFor(seen)).toEqual([]);
  expect(await broken()).toEqual([]);
});

const dangerous = [...CONTRACTING, ...DISGUISED];

const slow = dangerous.filter(
  ({ kinds, isUnshown = false }) => kinds.includes('locks') && !isUnshown,
);

test.each(slow)('PostgreSQL shows that others wait for $sql: $because', async ({ sql }) => {
  const seen = await seenDoing(sql);

  expect(waitedFor(seen)).not.toEqual([]);
});

const breaking = dangerous.filter(
  ({ kinds, isUnshown = false }) => kinds.includes('contracts') && !isUnshown,
);

test.each(breaking)('PostgreSQL shows that $sql breaks: $because', async ({ sql }) => {
  await client.query(sql);

  expect(await broken()).not.toEqual([]);
});

test.each(slow.filter(({ kinds }) => kinds.length === 1))(
  'PostgreSQL shows that $sql breaks nothing',
  async ({ sql }) => {
    await client.query(sql);

    expect(await broken()).toEqual([]);
  },
);

test('no function that is taken for steady is volatile', async () => {
  const { rows } = await client.query<{ name: string; volatile: boolean }>(
    `SELECT proname AS name, bool_or(provolatile = 'v') AS volatile FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1) GROUP BY proname`,
    [[...STEADY]],
  );

  expect(rows.filter(({ volatile }) => volatile)).toEqual([]);
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...STEADY].toSorted());
});
