import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from './testing/template-database.ts';

const ADA = 'arn:aws:sts::123456789012:assumed-role/operator/ada';

let database: TestDatabase;
let environment: NodeJS.ProcessEnv;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  environment = { DATABASE_URL: database.url, TMPDIR: folder };
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

interface Line {
  readonly msg: string;
  readonly who?: string;
  readonly statement?: string;
  readonly answer?: { readonly piece: number; readonly of: number; readonly text: string };
}

/** @param input what is typed, if anything */
async function ran(args: readonly string[], input = '') {
  const child = spawn(process.execPath, ['service/console.ts', ...args], { env: environment });
  child.stdin.end(input);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, output, errors };
}

async function asked(sql: string, ...more: readonly string[]) {
  const { code, output } = await ran(['--who', ADA, '--command', sql, ...more]);
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const said = lines.map(({ answer }) => answer?.text ?? '').join('');
  return { code, lines, said };
}

test('a question is answered as a table, and stands in the log before with who asked it', async () => {
  const { code, lines, said } = await asked("SELECT 1 AS one, 'zwei' AS two;");

  expect(code).toBe(0);
  expect(said).toBe('one | two\n----+-----\n  1 | zwei\n(1 row)');
  expect(lines.map(({ msg }) => msg)).toEqual(['session', 'statement', 'answered', 'answer']);
  expect(lines[1]).toMatchObject({ who: ADA, write: false, statement: lines[1]?.statement });
  expect(lines[1]?.statement).toBe("SELECT 1 AS one, 'zwei' AS two");
});

test('several statements are several lines of the log, and end at the first that fails', async () => {
  const { code, lines, said } = await asked('SELECT 1; SELECT nothing;\nSELECT 3');

  expect(code).toBe(1);
  expect(said).toContain('ERROR: column "nothing" does not exist (42703)');
  expect(said).toContain('LINE 1: SELECT nothing\n               ^');
  expect(lines.flatMap(({ statement }) => statement ?? [])).toEqual(['SELECT 1', 'SELECT nothing']);
});

test.each([
  ['DELETE FROM api_keys'],
  ['SET TRANSACTION READ WRITE; CREATE TEMP TABLE x (); DELETE FROM api_keys'],
  ["SELECT set_config('transaction_read_only', 'off', true); DELETE FROM api_keys"],
  ['SET default_transaction_read_only = off; DELETE FROM api_keys'],
  ['BEGIN READ WRITE; DELETE FROM api_keys'],
  ['COMMIT; DELETE FROM api_keys'],
  ['COMMIT AND CHAIN; DELETE FROM api_keys'],
  ['DO $$ BEGIN SET TRANSACTION READ WRITE; DELETE FROM api_keys; END $$'],
  ['WITH gone AS (DELETE FROM api_keys RETURNING *) SELECT * FROM gone'],
  ['UPDATE products SET stock = 0'],
])('nothing is changed without --write: %s', async (sql) => {
  const { code, said } = await asked(sql);

  expect(code).toBe(1);
  expect(said).toMatch(/\((25006|25001|0A000)\)/);
});

test('with --write rows change, and tables do not: the login is that of the service', async () => {
  const changed = await asked(
    'CREATE TEMP TABLE x AS SELECT 1 AS a; UPDATE x SET a = 2',
    '--write',
  );
  const dropped = await asked('DROP TABLE products', '--write');

  expect(changed.said).toBe('SELECT 1\nUPDATE 1');
  expect(changed.lines[1]).toMatchObject({ who: ADA, write: true });
  expect(dropped.said).toContain('must be owner of table products');
  expect(dropped.code).toBe(1);
});

test('two statements cannot hide as one', async () => {
  const { said } = await asked("SELECT 'a' AS a /* ; */; SELECT $$;$$ AS b");

  expect(said).toContain('a\n-\na\n(1 row)\nb\n-\n;');
});

test('an open quote is told, and not run', async () => {
  const { code, said } = await asked("SELECT 'open");

  expect(code).toBe(1);
  expect(said).toContain('a quote or a comment has no end');
});

test('an answer too long for one line is cut, and a longer one shows its beginning', async () => {
  const { lines, said } = await asked('SELECT n FROM generate_series(1, 5000) n');
  const pieces = lines.flatMap(({ answer }) => answer ?? []);

  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(({ piece, of }) => [piece, of])).toEqual(
    pieces.map((_, at) => [at + 1, pieces.length]),
  );
  expect(said).toContain('\n1000\n(5000 rows, the first 1000 of them shown: add a LIMIT)');
});

test('CSV is for programs', async () => {
  const { said } = await asked("SELECT 'a,b' AS x, NULL AS y", '--csv');

  expect(said).toBe('x,y\n"a,b",');
});

test('tables are described', async () => {
  const tables = await asked(String.raw`\dt`);
  const products = await asked(String.raw`\d products`);

  expect(tables.said).toMatch(/^products +\| table/m);
  expect(products.said).toMatch(/^stock +\| integer +\| not null/m);
  expect(products.said).toMatch(/PRIMARY KEY \(id\)/);
});

test('no password is in any line', async () => {
  const { lines } = await asked('SELECT 1');

  expect(JSON.stringify(lines)).not.toContain(new URL(database.url).password);
});

test('without a name there is no session', async () => {
  const { code, errors } = await ran(['--command', 'SELECT 1']);

  expect(code).toBe(1);
  expect(errors).toContain('psql: whose session is it? say so with --who');
});

describe('somebody who enters', () => {
  async function entered(input: string, ...args: readonly string[]) {
    const [task, terminal] = await Promise.all([
      ran(['--who', ADA, ...args]),
      ran(['--enter'], input),
    ]);
    return { ...task, said: terminal.output };
  }

  test('gets answers, whose statements are in the log of the task', async () => {
    const { said, code, output } = await entered('SELECT 40 +\n2 AS sum;\n\\q\n');

    expect(said).toContain('Nothing can be changed here.');
    expect(said).toContain('sum\n---\n 42\n(1 row)');
    expect(code).toBe(0);
    expect(output).toContain(String.raw`"statement":"SELECT 40 +\n2 AS sum"`);
    expect(output).toContain('"ending":"gone"');
  });

  test('ends the task by going, and what was not committed is gone', async () => {
    const { code, said } = await entered(`BEGIN;\n${ADD_PRODUCT};\n`, '--write');
    const after = await asked('SELECT count(*) FROM products');

    expect(said).toContain('Statements CHANGE ROWS');
    expect(said).toContain('INSERT 1');
    expect(code).toBe(0);
    expect(after.said).toContain('\n    0\n');
  });
});

const ADD_PRODUCT = `INSERT INTO products (id, sku, name, description, price_amount, price_currency)
  VALUES (gen_random_uuid(), 'a', 'b', 'c', 1, 'EUR')`;
