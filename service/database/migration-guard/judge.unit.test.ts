import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { CONTRACTING } from '../../testing/contracting-statements.ts';
import { DISGUISED } from '../../testing/disguised-statements.ts';
import { HARMLESS } from '../../testing/harmless-statements.ts';
import { MIGRATIONS } from '../schema.ts';
import { judge, type Migration } from './judge.ts';

const migration = (sql: string, file = '0009_new.sql'): Migration => ({ file, sql });

async function kindsOf(sql: string): Promise<string[]> {
  const findings = await judge([migration(sql)]);
  return [...new Set(findings.map(({ kind }) => kind))].toSorted();
}

test.each([...CONTRACTING, ...DISGUISED])(
  '$sql needs --contract: $because',
  async ({ sql, kinds }) => {
    expect(await kindsOf(sql)).toEqual(kinds);
  },
);

/** What only the database can say makes some of these harmless; the text alone does not. */
test.each(HARMLESS)('%s needs none: %s', async (sql) => {
  const findings = await judge([migration(sql)]);

  expect(findings.filter(({ unless }) => unless === undefined)).toEqual([]);
});

test('our own migrations contract nothing', async () => {
  const files = readdirSync(MIGRATIONS).filter((file) => file.endsWith('.sql'));
  const texts = files.map((file) => ({ file, sql: readFileSync(join(MIGRATIONS, file), 'utf8') }));

  expect(files.length).toBeGreaterThan(0);
  for (const text of texts) expect(await judge([text])).toEqual([]);
});

test('what an earlier migration of the same run made is nobody’s yet', async () => {
  const first = migration('CREATE TABLE new (id integer, word text)');
  const second = migration('ALTER TABLE new DROP COLUMN word; DROP TABLE new', '0010_other.sql');

  expect(await judge([first, second])).toEqual([]);
  expect(await judge([second])).toHaveLength(2);
});

test('a temporary table hides one that stays, also from later migrations', async () => {
  const first = migration('CREATE TABLE new (id int); CREATE TEMP TABLE things (id int)');
  const second = migration('CREATE TABLE newer (id int); DROP TABLE things', '0010_other.sql');

  expect(await judge([first, second])).toMatchObject([{ file: '0010_other.sql' }]);
});

test('a finding names file, line and statement, what is wrong with it and what to write', async () => {
  const sql = `-- Größe: ein Wort.\nSELECT 1;\n\n/* and\n so on */ ALTER TABLE things\n  DROP COLUMN note;`;

  const findings = await judge([migration(sql)]);

  expect(findings).toEqual([
    {
      file: '0009_new.sql',
      line: 5,
      statement: 'ALTER TABLE things DROP COLUMN note',
      kind: 'contracts',
      tables: ['things'],
      why: 'older builds read and write it, and its data is gone',
      instead: 'let one release stop using it, and a later one do this, with --contract',
    },
  ]);
});

const single = HARMLESS.map(([sql]) => sql).filter((sql) => !/ALTER TABLE things|;|^--/.test(sql));
const dangerous = CONTRACTING.filter(({ isUnshown, kinds }) => !isUnshown && kinds.length === 1)
  .map(({ sql }) => sql)
  .filter((sql) => !sql.includes(';'));
const filling = fc.constantFrom('\n', '  ', '\n-- DROP TABLE things;\n', "/* it's; */", '\t\n');

test('whatever stands around it, the one dangerous statement is found, on its line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(filling, fc.constantFrom(...single)), { maxLength: 5 }),
      filling,
      fc.constantFrom(...dangerous),
      fc.array(fc.tuple(filling, fc.constantFrom(...single)), { maxLength: 5 }),
      async (before, gap, danger, after) => {
        const write = (parts: typeof before) =>
          parts.map(([blank, sql]) => `${blank}${sql};`).join('');
        const head = `${write(before)}${gap}`;

        const findings = await judge([migration(`${head}${danger};${write(after)}`)]);

        const line = head.split('\n').length;
        expect(findings.filter((finding) => finding.line === line)).not.toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

test('an index that is built beside writers needs none, unless it is unique', async () => {
  const sql = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON things (amount)';

  expect(await judge([migration(sql)])).toEqual([]);
  expect(await kindsOf(sql.replace('INDEX', 'UNIQUE INDEX'))).toEqual(['contracts']);
});

test('what is only in a comment or in a text is no statement', async () => {
  const sql = `-- DROP TABLE things;\nINSERT INTO notes VALUES ('DROP TABLE things; --'); /* TRUNCATE */`;

  expect(await judge([migration(sql)])).toEqual([]);
});

test('a text of no sense is never harmless', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), async (noise) => {
      expect(await judge([migration(`${noise}\nDROP TABLE things`)])).not.toEqual([]);
    }),
    { numRuns: 200, examples: [['DROP'], ['(']] },
  );
});
