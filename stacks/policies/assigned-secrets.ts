/** Names that get a value within a text: in scripts, in commands, in Terraform's expressions. */
import { isSecretName, isWhereabouts } from './secret-shapes.ts';

/** `DB_PASSWORD=…`, `--password=…`, `--api-key …` */
const ASSIGNMENT =
  /(?<![\w-])(--?)?([a-z][\w-]*)(?:=|(?<=--[\w-]+) +)(?:"([^"]*)"|'([^']*)'|([^\s"'&;|]+))/gi;

/** `jsonencode({"password" = "…"})` */
const ENTRY = /"?([a-z][\w-]*)"?\s*[=:]\s*"([^"]+)"/gi;

/** What stands between quotes in an expression: `base64encode("DB_PASSWORD=…")` */
const LITERAL = /"((?:[^"\\]|\\.)*)"/g;

/**
 * @param text as it is written. @param plain the same without references
 * @returns the first secret's name, undefined for none
 */
export function assignedIn(text: string, plain: string): string | undefined {
  const [expression = ''] = /\$\{.*\}/s.exec(text) ?? [];
  const literals = [...expression.matchAll(LITERAL)].map(([, literal = '']) =>
    literal.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\"`, '"'),
  );
  const found = [
    ...[plain, ...literals].flatMap((each) => [...each.matchAll(ASSIGNMENT)].map(assignment)),
    ...[...expression.matchAll(ENTRY)].map(([, name = '', value = '']) => ({ name, value })),
  ];
  return found.find(({ name, value }) => isAssigned(name, value))?.name;
}

/** Of a command's words: `--password` and then what it is. */
export function namedByTheWordBefore(words: readonly unknown[], at: number): string {
  const before = words[at - 1];
  const word = words[at];
  if (typeof before !== 'string' || typeof word !== 'string') return '';
  const name = /^--?([a-z][\w-]*)$/i.exec(before)?.[1] ?? '';
  return isAssigned(name, word) ? name : '';
}

/** One of three ways to quote the value took part, the others are undefined. */
function assignment([, , name = '', double, single, bare]: readonly (string | undefined)[]) {
  return { name, value: double ?? single ?? bare ?? '' };
}

/** Variables of a shell, placeholders and the next option are none. */
function isAssigned(name: string, value: string): boolean {
  return isSecretName(name) && !/^([$<%-]|$)/.test(value) && !isWhereabouts(value);
}
