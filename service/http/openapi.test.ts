import { catalogue } from '../problem.ts';
import { startTestStore, type TestStore } from '../testing/test-store.ts';

interface Media {
  schema?: Schema;
  examples?: Record<string, { value: { code: string } }>;
}
interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: object[];
  requestBody?: { content: Record<string, Media> };
  parameters?: {
    name: string;
    required?: boolean;
    schema: { examples?: unknown[]; default?: unknown };
  }[];
  responses: Record<string, { description?: string; content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let store: TestStore;
let document: Document;
beforeAll(async () => {
  store = await startTestStore();
  document = (await store.request({ url: '/openapi.json' })).json();
});
afterAll(() => store.close());

function operations(): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
}

test('the document is OpenAPI 3.1 and names every operation once', () => {
  const ids = operations().map(([, { operationId }]) => operationId);

  expect(document.openapi).toBe('3.1.0');
  expect(ids).not.toContain(undefined);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every operation has a summary, a tag and an example of each answer with a body', () => {
  const lacking = operations().filter(
    ([, { summary, tags, responses }]) =>
      summary === undefined ||
      tags?.length !== 1 ||
      Object.values(responses).some(({ content = {} }) =>
        Object.values(content).some(({ schema }) => schema === undefined),
      ),
  );

  expect(lacking.map(([name]) => name)).toEqual([]);
});

test('every member of every component has an example, or is made of members that have', () => {
  const lacking = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
    membersWithoutExample(schema).map((member) => `${name}${member}`),
  );

  expect(lacking).toEqual([]);
});

test('every body that is sent has an example', () => {
  const lacking = operations().flatMap(([name, { requestBody }]) =>
    Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
      membersWithoutExample(schema ?? {}).map((member) => `${name}${member}`),
    ),
  );

  expect(lacking).toEqual([]);
});

test('every error code is in the document, but for those that no route answers', () => {
  const shown = new Set(
    operations().flatMap(([, { responses }]) =>
      Object.values(responses).flatMap(({ content = {} }) =>
        Object.keys(content['application/problem+json']?.examples ?? {}),
      ),
    ),
  );

  const missing = catalogue.map(({ code }) => code).filter((code) => !shown.has(code));
  // Answered before a route is found.
  expect(missing.toSorted()).toEqual(['HEADERS_TOO_LARGE', 'MALFORMED_REQUEST', 'REQUEST_TIMEOUT']);
});

test('what needs a credential says so', () => {
  const open = operations().filter(([, { security }]) => security?.length === 0);

  expect(open.map(([name]) => name).filter((name) => name.includes('/v1'))).toEqual([
    'get /v1/products',
    'get /v1/products/{id}',
  ]);
});

test('the page that shows it is there, with a way to sign in', async () => {
  const page = await store.app.inject('/docs/');
  const signIn = await store.app.inject('/docs/static/theme/sign-in.js');

  expect(page.statusCode).toBe(200);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  expect(signIn.body).toContain('/dev/token');
});

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
}

/** Keywords that show a value, or lead to where one is shown. */
const SHOWN = ['examples', 'const', 'enum', 'default', '$ref'];

function membersWithoutExample(schema: Schema, path = ''): string[] {
  if (SHOWN.some((keyword) => keyword in schema) || schema.type === 'null') return [];
  if (schema.anyOf !== undefined) {
    return schema.anyOf.flatMap((branch) => membersWithoutExample(branch, path));
  }
  if (schema.items !== undefined) return membersWithoutExample(schema.items, `${path}/0`);
  if (schema.properties !== undefined) {
    return Object.entries(schema.properties).flatMap(([name, member]) =>
      membersWithoutExample(member, `${path}/${name}`),
    );
  }
  return [path];
}

test('what has a default may be left out', () => {
  const withDefault = operations().flatMap(([, { parameters = [] }]) =>
    parameters.filter(({ schema }) => schema.default !== undefined),
  );
  const newProduct = document.paths['/v1/products']?.['post']?.requestBody?.content;

  expect(withDefault.map(({ required }) => required)).not.toContain(true);
  expect(withDefault.length).toBeGreaterThan(0);
  expect(newProduct?.['application/json']?.schema).toMatchObject({
    required: ['sku', 'name', 'price'],
  });
});
