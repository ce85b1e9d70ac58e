/** One client that is slow on purpose, and goes on whatever it is told. */
import { connect } from 'node:net';

export interface Lingerer {
  readonly part: 'headers' | 'body';
  /** Of the answer that came; undefined when none did. */
  readonly status: number | undefined;
  /** Milliseconds until the service closed the connection for good; infinite when it did not. */
  readonly closedAfter: number;
}

interface Target {
  readonly port: number;
  readonly authorization: string;
  /** Milliseconds between two bytes, and until the client gives up. */
  readonly pause: number;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Milliseconds that a client waits longer than the service may take. */
const MARGIN = 1000;

export function linger(part: Lingerer['part'], target: Target): Promise<Lingerer> {
  const { promise, resolve } = Promise.withResolvers<Lingerer>();
  const begun = performance.now();
  let answer = '';
  let gaveUp = false;
  // With half of it closed, it could send on for ever.
  const socket = connect({ port: target.port, host: '127.0.0.1', allowHalfOpen: true });
  const giveUp = () => {
    gaveUp = true;
    socket.destroy();
  };
  const byte = setInterval(() => socket.write('a'), target.pause);
  const patience = setTimeout(giveUp, target.limit + MARGIN);
  target.signal.addEventListener('abort', giveUp);
  socket.write(beginning(part, target.authorization));
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  // A reset is what such a client deserves.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(byte);
    clearTimeout(patience);
    target.signal.removeEventListener('abort', giveUp);
    const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
    const closedAfter = gaveUp ? Infinity : performance.now() - begun;
    resolve({ part, status: status === undefined ? undefined : Number(status), closedAfter });
  });
  return promise;
}

function beginning(part: Lingerer['part'], authorization: string): string {
  if (part === 'headers') return 'GET /v1/products HTTP/1.1\r\nHost: loopback\r\nX-Slow: ';
  return [
    'POST /v1/orders HTTP/1.1',
    'Host: loopback',
    `Authorization: ${authorization}`,
    'Content-Type: application/json',
    'Idempotency-Key: slow',
    'Content-Length: 100000',
    '',
    '{"lines":"',
  ].join('\r\n');
}
