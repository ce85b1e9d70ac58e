/** Questions to a running store that change nothing. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { HEALTH_PATH, LIVE_PATH, READY_PATH } from '../../contract.ts';
import type { Check } from '../checks.ts';

/** Milliseconds that an answer may take, and between two tries while waiting. */
const PATIENCE = 5000;
const PAUSE = 250;

const ROUTES = [
  '/v1/products',
  '/v1/products/{id}',
  '/v1/orders',
  '/v1/orders/{id}',
  '/v1/customers/me',
  '/v1/api-keys',
];

export function smokeChecks(url: string): Check[] {
  const health = [LIVE_PATH, HEALTH_PATH, READY_PATH].map((path) => ({
    name: `GET ${path} says ok`,
    run: async () => assert.deepEqual(await json(await ask(url, path), 200), { status: 'ok' }),
  }));
  return [...health, ...publicChecks(url)];
}

/** What anybody may ask; front doors keep the paths of health from the outside. */
export function publicChecks(url: string): Check[] {
  return [
    {
      name: 'the API document is OpenAPI 3.1 and has the routes',
      run: async () => isApiDocument(await json(await ask(url, '/openapi.json'), 200)),
    },
    {
      name: 'anyone can list products',
      run: async () => isList(await json(await ask(url, '/v1/products?limit=1'), 200)),
    },
    {
      name: 'an unknown route answers 404 with a problem',
      run: async () => isProblem(await ask(url, '/v1/no-such-route'), 404, 'ROUTE_NOT_FOUND'),
    },
    {
      name: 'writing without a token answers 401 and says what is wanted',
      run: async () => {
        const answer = await ask(url, '/v1/products', { method: 'POST' });
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer\b/);
        await isProblem(answer, 401, 'UNAUTHENTICATED');
      },
    },
    {
      name: "a caller's request id comes back",
      run: async () => {
        const id = `smoke-${crypto.randomUUID()}`;
        const { headers } = await ask(url, '/v1/products?limit=1', {
          headers: { 'x-request-id': id },
        });
        assert.equal(headers.get('x-request-id'), id);
      },
    },
  ];
}

/** Until the store is ready or the time is up; what is then missing the checks tell. */
export async function whenReady(url: string, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const ready = await ask(url, READY_PATH).catch(() => undefined);
    if (ready?.ok === true) return;
    await pause(PAUSE);
  }
}

function ask(url: string, path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${url}${path}`, patient(init));
}

function patient(init?: RequestInit): RequestInit {
  return { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) };
}

async function json(answer: Response, status: number): Promise<unknown> {
  const body = await answer.text();
  assert.equal(answer.status, status, `${status} expected, ${answer.status} came: ${body}`);
  return JSON.parse(body);
}

function isApiDocument(document: unknown): void {
  const { openapi, paths } = document as { openapi?: string; paths?: object };
  assert.match(openapi ?? '', /^3\.1\./);
  const missing = ROUTES.filter((route) => !Object.hasOwn(paths ?? {}, route));
  assert.deepEqual(missing, [], `not in the document: ${missing.join(', ')}`);
}

function isList(page: unknown): void {
  const { items, nextCursor } = page as { items?: unknown; nextCursor?: unknown };
  assert.ok(Array.isArray(items), '`items` must be an array');
  assert.ok(nextCursor === null || typeof nextCursor === 'string', '`nextCursor` is missing');
}

async function isProblem(answer: Response, status: number, code: string): Promise<void> {
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json\b/);
  const { status: said, code: given } = (await json(answer, status)) as Record<string, unknown>;
  assert.deepEqual({ status: said, code: given }, { status, code });
}
