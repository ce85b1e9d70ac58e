import { split } from './statements.ts';

test.each([
  ['SELECT 1', [], 'SELECT 1'],
  ['SELECT 1;', ['SELECT 1'], ''],
  ['SELECT 1; SELECT 2; SEL', ['SELECT 1', 'SELECT 2'], 'SEL'],
  [';; \n;', [], ''],
  ["SELECT 'a;b';", ["SELECT 'a;b'"], ''],
  ["SELECT 'it''s; one';", ["SELECT 'it''s; one'"], ''],
  ["SELECT E'it\\'s; one';", ["SELECT E'it\\'s; one'"], ''],
  // Without E a backslash is a sign like any other.
  ["SELECT '\\'; SELECT 2;", ["SELECT '\\'", 'SELECT 2'], ''],
  ["SELECT 'not ended; yet", [], "SELECT 'not ended; yet"],
  ['SELECT 1 AS "a;""b";', ['SELECT 1 AS "a;""b"'], ''],
  ['SELECT 1 -- one; two\n;', ['SELECT 1 -- one; two'], ''],
  ['SELECT /* a; /* b; */ c; */ 1;', ['SELECT /* a; /* b; */ c; */ 1'], ''],
  ['SELECT /* open; /* still */ ;', [], 'SELECT /* open; /* still */ ;'],
  ['DO $$ BEGIN; END $$;', ['DO $$ BEGIN; END $$'], ''],
  ['SELECT $a$ ; $$ ; $a$; x', ['SELECT $a$ ; $$ ; $a$'], 'x'],
  ['DO $$ BEGIN;\nnot ended', [], 'DO $$ BEGIN;\nnot ended'],
  // A parameter is no quote.
  ['SELECT $1; SELECT $2;', ['SELECT $1', 'SELECT $2'], ''],
])('%j', (text, statements, rest) => {
  expect(split(text)).toEqual({ statements, rest });
});

test('a long text takes no time', () => {
  const text = `SELECT '${'x;'.repeat(200_000)}';`;

  expect(split(text).statements).toHaveLength(1);
});
