/** Texts of anybody's plan in Markdown, where they are nothing but texts. */

/** Cannot be seen, and parts what GitHub would take as a mention, a reference or an address. */
const PART = '\u200B';

const MARKUP = /[\\`*_{}[\]<>()+!|~&$]/g;

/** `GH-12` */
const ISSUE = /gh-(?=\d)/gi;

/** A commit's name, or as much of it as GitHub needs; no part of it may be as long. */
const COMMIT = /[0-9a-f]{7,}/gi;

/** Verbatim: no markup, link or mention begins in it. */
export function code(text: string): string {
  if (text === '') return '(nothing)';
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  // Without it a backtick at the edge would belong to the fence.
  const gap = /^[` ]|[` ]$/.test(text) ? ' ' : '';
  return `${fence}${gap}${text}${gap}${fence}`;
}

/** A sentence that may have parts of a plan in it. */
export function prose(text: string): string {
  return text
    .replace(MARKUP, String.raw`\$&`)
    .replaceAll(/[@#]/g, (sign) => `${sign}${PART}`)
    .replaceAll(ISSUE, (start) => `${start}${PART}`)
    .replaceAll(COMMIT, (hash) => hash.replaceAll(/.{6}/g, `$&${PART}`))
    .replaceAll('://', `:${PART}//`)
    .replaceAll(/www\./gi, (start) => `${start.slice(0, 3)}${PART}.`);
}

export function folded(summary: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>', ''];
}

/** Bytes; GitHub counts characters, of which there are never more. */
export function sizeOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** As many lines as fit, and how many do not. */
export function fitting(lines: readonly string[], size: number): string[] {
  if (sizeOf(lines) <= size) return [...lines];
  // What the last line takes.
  let left = size - 60;
  const end = lines.findIndex((line) => (left -= sizeOf([line])) < 0);
  const rest = lines.length - end;
  return [...lines.slice(0, end), `- … and ${rest} more, see the review as JSON`];
}
