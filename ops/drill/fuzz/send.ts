/** Sends a generated request: marks replaced, credentials added, over the wire that it needs. */
import { type Agent, validateHeaderValue } from 'node:http';
import { ask } from '../../loopback/ask.ts';
import type { Known } from './known.ts';
import { replaceMarks } from './marks.ts';
import type { Caller, Generated, Wire } from './request.ts';
import { type RawAnswer, writeRaw } from './socket.ts';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | undefined;
  readonly wire?: Wire;
}

export interface Sender {
  readonly url: string;
  readonly client: Agent;
  readonly known: Known;
  /** Values of Authorization. */
  readonly credentials: Readonly<Partial<Record<Caller, string>>>;
}

export function prepare(generated: Generated, { known, credentials }: Sender): Sent {
  const { caller, method, path, headers, body, encoding = 'utf8', wire } = generated;
  known.forgetSubject();
  const fill = (text: string) =>
    replaceMarks(text, (kind, n, state) => known.find(kind, n, state, caller));
  const filled = fill(path);
  const credential = credentials[caller];
  return {
    ...askedFor(wire, { method, path: filled }),
    headers: [
      ...(credential === undefined ? [] : [['authorization', credential] as const]),
      ...headers.map(([name, value]) => [name, fill(value)] as const),
    ],
    body: body === undefined ? undefined : Buffer.from(fill(body), encoding),
    ...(wire !== undefined && { wire }),
  };
}

/** By the request line that is sent, where it is one. */
function askedFor(wire: Wire | undefined, otherwise: { method: string; path: string }) {
  if (wire?.requestLine === undefined) return otherwise;
  const [, method = 'GET', path = '/'] = REQUEST_LINE.exec(wire.requestLine) ?? [];
  return { method, path };
}

const REQUEST_LINE = /^(\S+) (\S+) HTTP\/1\.[01]$/;

/** @returns each answer; more than one, or none, only where the bytes were broken */
export async function send(sent: Sent, { url, client }: Sender): Promise<RawAnswer[]> {
  if (isRaw(sent)) return writeRaw(url, bytesOf(sent), sent.method === 'HEAD');
  const { method, path, headers, body } = sent;
  const answer = await ask(client, url, {
    method,
    path,
    headers,
    ...(body !== undefined && { body }),
  });
  const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return [{ ...answer, headers: Object.fromEntries(told) as Record<string, string> }];
}

/** Whether it is such that Node's client would not write it, or would wait for more than an answer. */
export function isRaw({ method, path, headers, wire }: Sent): boolean {
  if (wire !== undefined || method === 'CONNECT' || !/^[\x21-\x7e]+$/.test(path)) return true;
  return headers.some(([name, value]) => {
    if (name === 'expect' || name === 'upgrade') return true;
    try {
      validateHeaderValue(name, value);
      return false;
    } catch {
      return true;
    }
  });
}

function bytesOf({ method, path, headers, body = Buffer.of(), wire = {} }: Sent): Buffer {
  const { requestLine, lines = [], lengthLie = 0 } = wire;
  const isSized = lines.some((line) => /^(content-length|transfer-encoding)/.test(line));
  const head = [
    requestLine ?? `${method} ${path} HTTP/1.1`,
    ...(lines.some((line) => line.startsWith('host')) ? [] : ['host: loopback']),
    'connection: close',
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(isSized ? [] : [`content-length: ${Math.max(0, body.length + lengthLie)}`]),
    ...lines,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}
