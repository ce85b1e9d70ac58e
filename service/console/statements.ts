/** Where one statement of SQL ends and the next begins. */

interface Split {
  /** Each without its semicolon and the blanks around it. */
  readonly statements: readonly string[];
  /** What has no end yet; empty when there is nothing. */
  readonly rest: string;
}

/**
 * What hides a semicolon: comments, strings, quoted names, text between dollars. Each stands for
 * its whole, or for the rest of the text where its end has not come yet. PostgreSQL's manual, 4.1.
 */
const HIDING = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`\b[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)`,
    String.raw`'(?:[^']|'')*(?:'|$)`,
    String.raw`"(?:[^"]|"")*(?:"|$)`,
    String.raw`(?<![\w$])\$(?<tag>(?:[A-Za-z_]\w*)?)\$[^]*?(?:\$\k<tag>\$|$(?![^]))`,
  ].join('|'),
  'y',
);
const COMMENT = '/*';

/** Comments stay with the statement that follows them. A function body without quotes (BEGIN ATOMIC) is cut. */
export function split(text: string): Split {
  const statements: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    const next = afterHiding(text, at);
    if (next === at && text[at] === ';') {
      statements.push(text.slice(start, at).trim());
      start = at + 1;
    }
    at = Math.max(next, at + 1);
  }
  const rest = text.slice(start).trim();
  return { statements: statements.filter((statement) => statement !== ''), rest };
}

/** @returns `at` itself where nothing begins that could hide a semicolon */
function afterHiding(text: string, at: number): number {
  if (text.startsWith(COMMENT, at)) return afterComment(text, at);
  HIDING.lastIndex = at;
  return at + (HIDING.exec(text)?.[0].length ?? 0);
}

/** In SQL a comment may hold comments. */
function afterComment(text: string, at: number): number {
  let depth = 0;
  for (const { 0: mark, index } of text.slice(at).matchAll(/\/\*|\*\//g)) {
    depth += mark === COMMENT ? 1 : -1;
    if (depth === 0) return at + index + mark.length;
  }
  return text.length;
}
