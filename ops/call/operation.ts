/** What openapi.json says of a request, before it is sent. */
import { readFileSync } from 'node:fs';
import { nearestName } from '../../stacks/rules/nearest-name.ts';
import { WrongUse } from '../deployment/refusal.ts';

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

interface Needs {
  /** Names of headers that it cannot do without, in small letters. */
  readonly headers: readonly string[];
  /** Of a body; undefined where there is none. */
  readonly contentType: string | undefined;
}

/** By path and method in small letters. */
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** @throws WrongUse with what may have been meant */
export function needsOf(method: string, path: string, paths = apiPaths()): Needs {
  const [asked = ''] = path.split('?', 1);
  const template = Object.keys(paths).find((known) => isOf(known, asked));
  if (template === undefined) throw new WrongUse(noPath(asked, Object.keys(paths)));
  const operation = paths[template]?.[method.toLowerCase()];
  if (operation === undefined) {
    const methods = Object.keys(paths[template] ?? {}).map((known) => known.toUpperCase());
    throw new WrongUse(`${template} takes ${methods.join(', ')}, not ${method}`);
  }
  const { parameters = [], requestBody } = operation;
  const headers = parameters
    .filter((parameter) => parameter.in === 'header' && parameter.required === true)
    .map(({ name }) => name.toLowerCase());
  return { headers, contentType: Object.keys(requestBody?.content ?? {})[0] };
}

function apiPaths(): Paths {
  const text = readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly paths: Paths }).paths;
}

function isOf(template: string, path: string): boolean {
  const parts = template.split(/\{\w+\}/).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('[^/]+')}$`).test(path);
}

function noPath(path: string, known: readonly string[]): string {
  const nearest = nearestName(path, known) ?? nearestName(`/v1${path}`, known);
  const meant =
    nearest === undefined ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`;
  return `openapi.json has no path ${path}: ${meant}`;
}
