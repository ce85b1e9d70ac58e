/** Holds answers against the API document: what is not described there may not be answered. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { App } from '../services.ts';

interface Operation {
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  readonly components: object;
  readonly paths: Record<string, Record<string, Operation>>;
}

/** One compiled check for each place of each document. */
const compiled = new WeakMap<object, ValidateFunction>();
const validators = new WeakMap<App, { document: Document; ajv: Ajv2020 }>();

/** @throws Error saying what the document and the answer disagree on */
export function checkAgainstDocument(
  app: App,
  request: InjectOptions,
  response: LightMyRequestResponse,
): void {
  const disagreement = disagreementOf(app, request, response);
  if (disagreement === undefined) return;
  const { method = 'GET', url } = request;
  const answer = `${response.statusCode} ${typeOf(response)}`;
  throw new Error(`${method} ${JSON.stringify(url)} answered ${answer}: ${disagreement}`);
}

function disagreementOf(
  app: App,
  request: InjectOptions,
  response: LightMyRequestResponse,
): string | undefined {
  const { statusCode: status, body } = response;
  const type = typeOf(response);
  if (status >= 400 && type !== 'application/problem+json') return 'not a problem';
  const operation = findOperation(app, request);
  // Not a route of ours: a 404, or the framework's refusal, which was looked at above.
  if (operation === undefined) return undefined;
  const described = operation.responses[status];
  if (described === undefined) return 'a status that the document does not know';
  if (described.content === undefined) return body === '' ? undefined : 'a body';
  const schema = described.content[type]?.schema;
  if (schema === undefined) return 'a media type that the document does not know';
  return type.endsWith('json') ? mismatch(app, schema, response) : undefined;
}

function typeOf({ headers }: LightMyRequestResponse): string {
  return headers['content-type']?.toString().split(';', 1)[0] ?? '';
}

function mismatch(app: App, schema: object, response: LightMyRequestResponse): string | undefined {
  let check = compiled.get(schema);
  if (check === undefined) {
    const { document, ajv } = documentOf(app);
    check = ajv.compile({ ...schema, components: document.components });
    compiled.set(schema, check);
  }
  if (check(response.json())) return undefined;
  return `${JSON.stringify(check.errors)}\n${response.body}`;
}

function documentOf(app: App): { document: Document; ajv: Ajv2020 } {
  let known = validators.get(app);
  if (known === undefined) {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(ajv);
    known = { document: app.swagger() as unknown as Document, ajv };
    validators.set(app, known);
  }
  return known;
}

function findOperation(app: App, { url, method }: InjectOptions): Operation | undefined {
  const path = (typeof url === 'string' ? url : '').split('?', 1)[0] ?? '';
  const { paths } = documentOf(app).document;
  const candidates = Object.keys(paths).filter((template) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  // `/v1/customers/me` before `/v1/customers/{id}`
  const [template] = candidates.toSorted((a) => (a === path ? -1 : 1));
  return template === undefined ? undefined : paths[template]?.[(method ?? 'GET').toLowerCase()];
}
