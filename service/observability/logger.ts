/** Log lines: JSON on standard output, one a request, never a body or a credential. */
import { type FastifyBaseLogger, LogController } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { destination, pino, stdSerializers } from 'pino';
import type { DestinationStream } from 'pino';
import { PROJECT } from '../../contract.ts';
import { OPERATOR_PATHS } from '../http/operator-paths.ts';

export type Logger = FastifyBaseLogger;

/** Wherever a credential could slip into a line; the tests try each of them. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'accessToken',
  'key',
  'secret',
  'connectionString',
];

/**
 * @param stream where lines go; standard output by default, written to asynchronously
 */
export function createLogger(level: string, stream?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { service: PROJECT },
      // Numbers say little to people; ISO times sort as well.
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: withoutRows },
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    stream ?? destination({ sync: false }),
  );
}

/**
 * PostgreSQL quotes the row that a rule refused: personal data, which no line may hold. The pool
 * hangs the whole client on what broke it: its statements, and the key that cancels them.
 */
function withoutRows(error: Error): object {
  const told = stdSerializers.err(error);
  return { ...told, detail: undefined, where: undefined, client: undefined };
}

/** Fastify's own two lines a request are replaced by the one of `logRequests`. */
export const quietLogController = new LogController({
  disableRequestLogging: true,
  requestIdLogLabel: 'requestId',
});

/** One line when the answer is out. The path is the route's pattern: ids and queries stay out. */
export function logRequests(app: FastifyInstance): void {
  // Each member is named below and none is a credential: to look for one among them would cost more
  // than all else about the line.
  const log = app.log.child({}, { redact: [] });
  app.addHook('onResponse', (request, reply, done) => {
    if (!OPERATOR_PATHS.has(request.routeOptions.url ?? ''))
      log.info(line(request, reply), 'request');
    done();
  });
}

function line(request: FastifyRequest, reply: FastifyReply): object {
  const { principal } = request;
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    client: request.ip,
    ...(principal !== null && { caller: principal.id, role: principal.kind }),
  };
}
