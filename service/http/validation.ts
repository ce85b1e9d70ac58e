/** How requests are held against the schemas of their routes: nothing is coerced or dropped. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaValidationError } from 'fastify';
import type { TSchema } from 'typebox';
import { ValidationFailed } from '../errors.ts';
import type { FailingMember } from '../problem.ts';
import { components, ref } from './schemas.ts';

/** The first failing member is found at once; the others only when there cannot be many. */
const quick = formats.default(new Ajv({ useDefaults: true, validateSchema: false }));
const thorough = formats.default(new Ajv({ allErrors: true, validateSchema: false }));

export interface RouteSchema {
  readonly schema: object;
  readonly httpPart?: string;
}

/** Makes something once, when it is first asked for or before. */
type Later = <Made>(make: () => Made) => () => Made;

/** Header fields are documented by schemas and checked by those who read them. */
export function validatorOf({ schema, httpPart }: RouteSchema, later: Later) {
  if (httpPart === 'headers') return () => true;
  const validate = withAllErrors(schema, later);
  return httpPart === 'querystring' ? typed(schema, validate) : validate;
}

/** Knows the components, which are all there once the routes are. */
function knowing(ajv: Ajv): Ajv {
  for (const [name, shared] of components) {
    if (ajv.schemas[name] === undefined) ajv.addSchema(shared, name);
  }
  return ajv;
}

/**
 * Holds what was made of an input, such as a merged patch, against a component.
 * @param pointer where it stands in the input
 * @throws ValidationFailed
 */
export function requireValid(schema: TSchema, value: unknown, pointer: string): void {
  const validate = knowing(thorough).compile(ref(schema));
  if (validate(value)) return;
  const errors = failingMembers((validate.errors ?? []) as FastifySchemaValidationError[]);
  throw new ValidationFailed('What the patch leaves is not valid.', {
    errors: errors.map(({ pointer: member, detail }) => ({ pointer: pointer + member, detail })),
  });
}

/** Members or items of anything in the input above which only the first failing one is named. */
const BULKY = 1000;
/** The same of levels: no schema has as many, and the stack has an end. */
const DEEP = 100;

/** A megabyte of failing items, each named, would hold up everybody for a second. */
function withAllErrors(schema: object, later: Later): ValidateFunction {
  const made = later(() => knowing(quick).compile(schema));
  let findAll: ValidateFunction | undefined;
  const check = (input: unknown) => {
    const validate = made();
    if (validate(input)) return true;
    findAll ??= knowing(thorough).compile(schema);
    const all = isBulky(input) || findAll(input) ? validate.errors : findAll.errors;
    checked.errors = all ?? null;
    return false;
  };
  // Fastify reads the errors where Ajv leaves them: on the function.
  const checked = Object.assign(check, { errors: null }) as unknown as ValidateFunction;
  return checked;
}

function isBulky(input: unknown, depth = 0): boolean {
  if (input === null || typeof input !== 'object') return false;
  const members = Object.values(input);
  if (members.length > BULKY || depth > DEEP) return true;
  return members.some((member) => isBulky(member, depth + 1));
}

/** Query members arrive as text: those that a schema wants as integer or boolean are read first. */
function typed(schema: object, validate: ValidateFunction): ValidateFunction {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  const readers = Object.entries(properties).flatMap(([name, { type }]) => {
    const pattern = WRITTEN[type ?? ''];
    return pattern === undefined ? [] : [[name, pattern] as const];
  });
  const check = (query: Record<string, unknown>) => {
    for (const [name, pattern] of readers) {
      const text = query[name];
      if (typeof text === 'string' && pattern.test(text)) query[name] = JSON.parse(text);
    }
    const valid = validate(query);
    checked.errors = validate.errors ?? null;
    return valid;
  };
  const checked = Object.assign(check, { errors: null }) as unknown as ValidateFunction;
  return checked;
}

const WRITTEN: Readonly<Record<string, RegExp>> = {
  integer: /^-?(0|[1-9][0-9]{0,15})$/,
  boolean: /^(true|false)$/,
};

/** The members that failed, each once, in the order of the input. */
export function failingMembers(errors: readonly FastifySchemaValidationError[]): FailingMember[] {
  const byPointer = new Map<string, string>();
  for (const error of errors as ErrorObject[]) {
    // What `anyOf` says of its branches, the branches have said already.
    if (error.keyword === 'anyOf' && byPointer.has(error.instancePath)) continue;
    const pointer = pointerOf(error);
    if (!byPointer.has(pointer)) byPointer.set(pointer, sentence(error));
  }
  return [...byPointer].map(([pointer, detail]) => ({ pointer, detail }));
}

/** A missing or unknown member is named itself, not the object around it. */
function pointerOf({ instancePath, params }: ErrorObject): string {
  const member: unknown = params['missingProperty'] ?? params['additionalProperty'];
  if (typeof member !== 'string') return instancePath;
  return `${instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function sentence({ keyword, message = 'is not valid', params }: ErrorObject): string {
  if (keyword === 'required') return 'is required';
  if (keyword === 'additionalProperties') return 'is unknown';
  if (keyword === 'enum') return `${message}: ${String(params['allowedValues'])}`;
  return message;
}
