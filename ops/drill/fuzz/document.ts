/** The API document, as far as requests are made from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Schema {
  /** Several where a member may also be null. */
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

interface Described {
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    /** One of each code. */
    readonly examples: Readonly<Record<string, { value: { status: number } }>>;
  };
}

export interface Operation {
  /** `GET /v1/products/{id}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, Schema>>;
  readonly headers: ReadonlySet<string>;
  readonly body: Schema | undefined;
  readonly mediaTypes: readonly string[];
}

/** The one that is committed; a test holds it against the service. */
export const apiDocument = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../openapi.json'), 'utf8'),
) as ApiDocument;

export const operations: readonly Operation[] = Object.entries(apiDocument.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, said]) => toOperation(path, method, said)),
);

function toOperation(path: string, method: string, said: Described): Operation {
  const { parameters = [], requestBody } = said;
  const inPart = (part: string) => parameters.filter((parameter) => parameter.in === part);
  const content = requestBody?.content ?? {};
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    query: Object.fromEntries(inPart('query').map(({ name, schema }) => [name, schema])),
    headers: new Set(inPart('header').map(({ name }) => name)),
    body: Object.values(content)[0]?.schema,
    mediaTypes: Object.keys(content),
  };
}

/** What a reference points to; anything else is itself. */
export function resolved(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return apiDocument.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {};
}
