/** Answers what never became a request: broken HTTP, too many header bytes, too slow. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { HeadersTooLarge, MalformedRequest, RequestTimeout } from '../errors.ts';
import { PROBLEM_TYPE } from '../error-handler.ts';
import { problemDetails, type ProblemKind } from '../problem.ts';

const KINDS: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: HeadersTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: RequestTimeout,
};

/** Milliseconds for the answer to arrive; who goes on sending would hold the connection for ever. */
const LINGER = 1000;

/** Given to Fastify as `clientErrorHandler`. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const kind = KINDS[error.code ?? ''] ?? MalformedRequest;
  const id = randomUUID();
  const body = JSON.stringify(problemDetails(new kind(), { url: '/', id }));
  socket.end(
    [
      `HTTP/1.1 ${kind.status} ${STATUS_CODES[kind.status] ?? ''}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      `x-request-id: ${id}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  setTimeout(() => socket.destroy(), LINGER).unref();
}
