/** Speaks to the store as clients do, and holds each answer against what all of them promise. */
import type { Credential } from './people.ts';
import { target } from './target.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Request {
  /** Nobody by default. */
  readonly as?: Credential | undefined;
  /** Sent as JSON; a string or bytes are sent as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Body> {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the body is empty. */
  readonly json: Body;
  readonly text: string;
}

/** Milliseconds; less than a test may take, so that the request is named that hangs. */
const PATIENCE = 12_000;

export async function call<Body = unknown>(
  method: Method,
  path: string,
  request: Request = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${target.url}${path}`, {
    method,
    headers: headersOf(request),
    body: bodyOf(request),
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const text = await response.text();
  const answer = {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    // What the body holds, the assertions of the caller say.
    json: (text === '' ? undefined : parse(text)) as Body,
    text,
  };
  checkAnswer(`${method} ${path}`, answer);
  return answer;
}

function headersOf({ as, body, headers }: Request): Record<string, string> {
  return {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(as !== undefined && { authorization: as.authorization }),
    ...headers,
  };
}

function bodyOf({ body }: Request): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null;
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Uint8Array.from(body) : JSON.stringify(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function checkAnswer(request: string, answer: Answer<unknown>): void {
  const { status, headers } = answer;
  const requestId: unknown = expect.stringMatching(/^[\x20-\x7e]{1,128}$/);
  expect({ request, status, requestId: headers['x-request-id'] }).toEqual({
    request,
    status,
    requestId,
  });
  // 304 has no body that could be anything.
  if (status < 200 || (status >= 300 && status !== 304)) checkProblem(request, answer);
}

/** RFC 9457, and what this store adds to it. */
function checkProblem(request: string, { status, headers, json }: Answer<unknown>): void {
  const { code = '', errors } = (json ?? {}) as { code?: string; errors?: unknown };
  const text: unknown = expect.stringMatching(/./);
  const path = request.slice(request.indexOf(' ') + 1);

  expect({ request, type: headers['content-type'], json }).toEqual({
    request,
    type: 'application/problem+json; charset=utf-8',
    json: {
      type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
      title: text,
      status,
      detail: text,
      instance: path.split('?', 1)[0],
      code: expect.stringMatching(/^[A-Z][A-Z_]*$/),
      // A replay is the first answer to the byte, its request id included.
      requestId: 'idempotent-replayed' in headers ? text : headers['x-request-id'],
      ...(errors !== undefined && { errors: expect.any(Array) }),
    },
  });
  for (const member of (errors ?? []) as unknown[]) {
    expect(member).toEqual({ pointer: expect.stringMatching(/^(\/|$)/), detail: text });
  }
  if (status === 401) expect(challengeOf(headers)).toMatch(/^Bearer /);
}

/** A REST API of API Gateway gives the header another name, and nothing can stop it. */
function challengeOf(headers: Answer<unknown>['headers']): string | undefined {
  return headers['www-authenticate'] ?? headers['x-amzn-remapped-www-authenticate'];
}
