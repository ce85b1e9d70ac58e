/** What a route may answer, as its schema and the API document say it. */
import { type TSchema, Type } from 'typebox';
import {
  BodyTooLarge,
  DatabaseUnavailable,
  Forbidden,
  IdentityUnavailable,
  InternalError,
  InvalidJson,
  Overloaded,
  RateLimited,
  Unauthenticated,
  UnsupportedMediaType,
  ValidationFailed,
} from '../errors.ts';
import { catalogue, problemDetails, type ProblemKind } from '../problem.ts';
import { Failure, ref } from './schemas.ts';

/** What any route can answer. */
const ALWAYS = [ValidationFailed, Unauthenticated, RateLimited, InternalError] as const;
const BUSY = [DatabaseUnavailable, IdentityUnavailable, Overloaded] as const;

/** What a route that reads a body, or looks for one to refuse it, can answer too. */
export const BODY = [InvalidJson, UnsupportedMediaType, BodyTooLarge] as const;

const EXAMPLE_ID = '0193f5d2-7c1e-7a3b-9d54-0c2f6b1e8a90';

/**
 * For the API document: what a route answers besides its success, that is what every route does and
 * its own `problems`. Fastify does not see these: it would compile a serializer for each.
 */
export function failures(kinds: readonly ProblemKind[]): Record<number, object> {
  const byStatus = Map.groupBy(
    new Set([...ALWAYS, Forbidden, ...kinds, ...BUSY]),
    ({ status }) => status,
  );
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map(({ code }) => code).join(', '),
        content: {
          'application/problem+json': {
            schema: { ...ref(Failure) },
            examples: Object.fromEntries(same.map(({ code }) => [code, exampleRef(code)])),
          },
        },
      },
    ]),
  );
}

function exampleRef(code: string) {
  return { $ref: `#/components/examples/${code}` };
}

/** One example of each error, for the components of the API document. */
export function problemExamples() {
  return Object.fromEntries(
    catalogue.map((kind) => {
      const value = problemDetails(new kind(), { url: '/v1/…', id: EXAMPLE_ID });
      return [kind.code, { summary: kind.title, value }];
    }),
  );
}

/** A success with a body. */
export function answer<Schema extends TSchema>(schema: Schema, description: string) {
  return { ...ref(schema), description } as ReturnType<typeof ref<Schema>>;
}

/** A success without a body (204, 304). */
export function empty(description: string) {
  return Type.Unsafe<undefined>({ type: 'null', description });
}
