/** Where the API takes text, read from its own document. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> };
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One place of one operation, and a request that is valid but for what is put there. */
export interface TextInput {
  /** `POST /v1/orders` */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly place: Parameter['in'] | 'body';
  /** Of a member of the body: all names on the way to it. */
  readonly name: readonly string[];
  /** Header fields that the operation knows. */
  readonly headers: readonly string[];
  readonly mediaType: string | undefined;
  /** From the examples of the document. */
  readonly body: unknown;
}

export function textInputs(document: Document): TextInput[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      inputsOf(document, { path, method: method.toUpperCase() }, operation),
    ),
  );
}

function inputsOf(
  document: Document,
  { path, method }: { path: string; method: string },
  { parameters = [], requestBody }: Operation,
): TextInput[] {
  const [mediaType, { schema } = {}] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const request = {
    operation: `${method} ${path}`,
    method,
    path,
    headers: parameters.filter((one) => one.in === 'header').map(({ name }) => name),
    mediaType,
    body: schema && exampleOf(document, schema),
  };
  const at = (place: TextInput['place'], name: string[]): TextInput => ({
    ...request,
    place,
    name,
  });
  const members = schema === undefined ? [] : textMembers(document, schema);
  return [
    ...parameters
      .filter((parameter) => isText(parameter.schema))
      .map(({ in: place, name }) => at(place, [name])),
    // Every operation reads this one, though the document tells of it elsewhere.
    at('header', ['authorization']),
    ...members.map((name) => at('body', name)),
  ];
}

function isText({ type, enum: values }: Schema): boolean {
  return (
    [type].flat().includes('string') || values?.some((value) => typeof value === 'string') === true
  );
}

function textMembers(document: Document, schema: Schema): string[][] {
  const { properties = {}, items, anyOf = [], ...rest } = resolve(document, schema);
  if (isText(rest)) return [[]];
  const below = items === undefined ? properties : { ...properties, 0: items };
  return [
    ...anyOf.flatMap((branch) => textMembers(document, branch)),
    ...Object.entries(below).flatMap(([name, member]) =>
      textMembers(document, member).map((names) => [name].concat(names)),
    ),
  ];
}

function exampleOf(document: Document, schema: Schema): unknown {
  const { properties, items, anyOf, ...rest } = resolve(document, schema);
  if (properties !== undefined) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, exampleOf(document, member)]),
    );
  }
  if (items !== undefined) return [exampleOf(document, items)];
  if (anyOf?.[0] !== undefined) return exampleOf(document, anyOf[0]);
  return rest.example ?? rest.examples?.[0] ?? rest.default ?? rest.enum?.[0];
}

function resolve({ components }: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  const found = components.schemas[name];
  if (found === undefined) throw new Error(`the document has no schema ${name}`);
  return found;
}
