/** Turns whatever went wrong into problem details; the only place where errors become answers. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { classify } from './database/errors.ts';
import {
  BodyTooLarge,
  DatabaseUnavailable,
  InternalError,
  InvalidJson,
  MalformedRequest,
  Overloaded,
  RouteNotFound,
  UnsupportedMediaType,
  ValidationFailed,
} from './errors.ts';
import { failingMembers } from './http/validation.ts';
import { isError, Problem, problemDetails, type ProblemKind } from './problem.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Seconds after which another try is worth it, where nothing more exact is known. */
const RETRY_AFTER = '2';

export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => sendProblem(new RouteNotFound(), request, reply));
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = toProblem(error);
  const { status } = problem.kind;
  // What a client is not told: a closed store or a draining process has no cause but the settings.
  if (problem.cause !== undefined) request.log.error({ err: problem.cause }, problem.kind.code);
  if (status === 503) reply.header('retry-after', RETRY_AFTER);
  // Fastify closes the connection on a body that it did not read to its end. The client, still
  // sending, would see that and not the answer; Node reads the rest away instead.
  reply.removeHeader('connection');
  return reply
    .code(status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .header('x-request-id', request.id)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problemDetails(problem, request));
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!isError(error)) return new InternalError(undefined, { cause: error });
  const { validation, validationContext, code } = error as Partial<FastifyError>;
  if (validation !== undefined) {
    const part = PARTS[validationContext ?? ''] ?? 'request';
    return new ValidationFailed(`The ${part} is not valid.`, {
      errors: failingMembers(validation),
    });
  }
  const kind = FRAMEWORK[code ?? ''];
  if (kind !== undefined) return new kind(undefined, kind.status >= 500 ? { cause: error } : {});
  if (classify(error) !== 'other') {
    return new DatabaseUnavailable(undefined, { cause: error });
  }
  return new InternalError(undefined, { cause: error });
}

const PARTS: Readonly<Record<string, string>> = {
  body: 'body',
  params: 'path',
  querystring: 'query',
};

/** Fastify's own errors, by its codes. */
const FRAMEWORK: Readonly<Record<string, ProblemKind>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: UnsupportedMediaType,
  FST_ERR_CTP_BODY_TOO_LARGE: BodyTooLarge,
  FST_ERR_CTP_INVALID_JSON_BODY: InvalidJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: InvalidJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: MalformedRequest,
  FST_ERR_BAD_URL: MalformedRequest,
  FST_ERR_MAX_PARAM_LENGTH: MalformedRequest,
  FST_ERR_HANDLER_TIMEOUT: Overloaded,
  // A name that no file of /docs can have.
  FST_STATIC_FORBIDDEN_PATH: RouteNotFound,
};
