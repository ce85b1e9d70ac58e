/** References in Terraform's expressions: `${aws_vpc.vpc_8F6A4AD8.id}`. */

export interface Link {
  readonly mode: 'resource' | 'data';
  readonly type: string;
  readonly name: string;
  /** What follows the name, without the dot before it; empty for the whole. */
  readonly attribute: string;
}

/** Names are made of the constructs' ids, and may hold `-`. */
const LINK = /(?<![\w.-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([\w-]+)((?:\.[\w-]+|\[\d+\])*)/g;

/** Outside of `${...}` only the lists of `depends_on` and `triggers` name resources. */
const ADDRESS = /^(data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+$/;

/** All references in a value, at whatever depth. */
export function linksIn(value: unknown): Link[] {
  if (typeof value === 'string') return linksInText(value);
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(linksIn);
}

function linksInText(text: string): Link[] {
  if (ADDRESS.test(text)) return expressionLinks(text);
  return expressions(text).flatMap(expressionLinks);
}

function expressionLinks(expression: string): Link[] {
  return [...expression.matchAll(LINK)].map(([, data, type = '', name = '', rest = '']) => ({
    mode: data === undefined ? 'resource' : 'data',
    type,
    name,
    attribute: rest.replace(/^\./, ''),
  }));
}

/** What stands inside of each outermost `${...}`. */
function expressions(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('${'); at !== -1; at = text.indexOf('${', at)) {
    const end = endOf(text, at + 2);
    found.push(text.slice(at + 2, end));
    at = end;
  }
  return found;
}

/** Where the brace is that closes an expression. */
function endOf(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
