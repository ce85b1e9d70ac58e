/** A migration as PostgreSQL's own parser reads it. */
import { setFlagsFromString } from 'node:v8';
import type { Node, ParseResult } from 'libpg-query';

export type { Node };

export interface Statement {
  /** In the file, from 1. */
  readonly line: number;
  /** In short, on one line. */
  readonly text: string;
  readonly node: Node;
}

/** Where and why a text cannot be read. */
export interface Unreadable {
  readonly line: number;
  readonly reason: string;
}

/** Characters of a statement that are shown. */
const SHOWN = 90;

/** What may stand before a statement, and belongs to it in the parser's eyes. */
const BEFORE = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/;

/** V8 would compile the parser a second time, for speed, and take half a gigabyte for it. */
const COMPILED_ONCE = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** The parser is loaded here, by whoever migrates; the service never needs it. */
export async function parse(sql: string): Promise<readonly Statement[] | Unreadable> {
  for (const flag of COMPILED_ONCE) setFlagsFromString(flag);
  const { hasSqlDetails, loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  // It asks for something to read.
  if (sql.replace(BEFORE, '') === '') return [];
  try {
    const { stmts = [] } = parseSync(sql) as ParseResult;
    const bytes = Buffer.from(sql);
    return stmts.flatMap(({ stmt, stmt_location: from = 0, stmt_len: length = 0 }) => {
      if (stmt === undefined) return [];
      // Counted in bytes; the last one has no length unless a semicolon ends it.
      const end = length === 0 ? bytes.length : from + length;
      const text = bytes.toString('utf8', from, end);
      const blank = BEFORE.exec(text)?.[0] ?? '';
      const line = lineAt(bytes.toString('utf8', 0, from) + blank);
      return [{ line, text: inShort(text.slice(blank.length)), node: stmt }];
    });
  } catch (error) {
    const position = hasSqlDetails(error) ? error.sqlDetails.cursorPosition : 0;
    return { line: lineAt(sql.slice(0, position)), reason: (error as Error).message };
  }
}

function lineAt(before: string): number {
  return before.split('\n').length;
}

function inShort(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}
