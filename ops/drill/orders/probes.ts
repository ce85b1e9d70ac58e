/** Texts that would do harm where a statement is put together from what a caller sends. */

/** What the database would make of some probes if it read them; no probe has it in one piece. */
export const READ_AS_SQL = 'injected';
const CANARY = `'in'||'jected'`;

export const PROBES: readonly string[] = [
  // Ends of literals and names
  `'`,
  `''`,
  `"`,
  `\\`,
  `\\'`,
  '`',
  // Always true
  `' OR '1'='1`,
  `' OR 1=1 --`,
  `1 OR 1=1`,
  `') OR ('a'='a`,
  `'/**/OR/**/1=1/*`,
  // Another statement
  `'; DROP TABLE products; --`,
  `'); DELETE FROM api_keys; --`,
  `'; UPDATE products SET stock = 0; --`,
  `'; CREATE TABLE breach (id int); --`,
  `'; ALTER ROLE CURRENT_USER PASSWORD NULL; --`,
  `'; COPY (SELECT 1) TO PROGRAM 'true'; --`,
  `'; SELECT pg_sleep(20); --`,
  `; COMMIT; --`,
  `https://images.example.com/';DROP/**/TABLE/**/products;--`,
  `a'--@example.com`,
  // A part of this one
  `' UNION SELECT ${CANARY} --`,
  `'||(SELECT ${CANARY})||'`,
  `' AND 1 = CAST((SELECT version()) AS int) --`,
  `'||pg_sleep(20)||'`,
  `1); SELECT (${CANARY}`,
  // Comments, other quotes, parameters
  `--`,
  `/*`,
  `*/`,
  `$$; DROP TABLE orders; $$`,
  `$1`,
  `E'\\x27'; DROP TABLE orders; --`,
  `U&'\\0027' OR 1=1 --`,
  // Quotes that a conversion could make plain, and characters that could end the text
  `\u2019 OR \u20191\u2019=\u20191`,
  `\uff07; DROP TABLE orders; --`,
  `\u02bc OR 1=1 --`,
  `a\u0000'; DROP TABLE orders; --`,
  `\ud800'; DROP TABLE orders; --`,
  `\r\n'; DROP TABLE orders; --`,
  // Patterns and searches
  `%`,
  `_`,
  `%' --`,
  `\\%`,
  `cat & (dog | !`,
  `a:* & !b <-> c`,
  `:*`,
  `((((`,
  `& | !`,
  `"unbalanced`,
  // What columns and cursors are written in
  `{1,2`,
  `{"$gt": ""}`,
  `NULL`,
  Buffer.from(JSON.stringify({ q: 'q', k: [`' OR 1=1 --`] })).toString('base64url'),
];
