/** Does this store work at all? A handful of questions to a running one; nothing is changed. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { HEALTH_PATH, LIVE_PATH, READY_PATH } from '../contract.ts';
import { type Check, runChecks } from './checks.ts';

const USAGE = `Usage: npm run smoke -- <url> [--wait <seconds>]

Asks a running store a handful of questions, which change nothing.

  <url>               where the store is, such as http://127.0.0.1:3000
  --wait <seconds>    how long to wait until it is ready first; 0 by default

Exits with 0 when all passed, 1 when one failed, 64 when the arguments are wrong.
`;

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;

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
  const ask = (path: string, init?: RequestInit) => fetch(`${url}${path}`, patient(init));
  return [
    ...[LIVE_PATH, HEALTH_PATH, READY_PATH].map((path) => ({
      name: `GET ${path} says ok`,
      run: async () => assert.deepEqual(await json(await ask(path), 200), { status: 'ok' }),
    })),
    {
      name: 'the API document is OpenAPI 3.1 and has the routes',
      run: async () => isApiDocument(await json(await ask('/openapi.json'), 200)),
    },
    {
      name: 'anyone can list products',
      run: async () => isList(await json(await ask('/v1/products?limit=1'), 200)),
    },
    {
      name: 'an unknown route answers 404 with a problem',
      run: async () => isProblem(await ask('/v1/no-such-route'), 404, 'ROUTE_NOT_FOUND'),
    },
    {
      name: 'writing without a token answers 401 and says what is wanted',
      run: async () => {
        const answer = await ask('/v1/products', { method: 'POST' });
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer\b/);
        await isProblem(answer, 401, 'UNAUTHENTICATED');
      },
    },
    {
      name: "a caller's request id comes back",
      run: async () => {
        const id = `smoke-${crypto.randomUUID()}`;
        const { headers } = await ask('/v1/products?limit=1', { headers: { 'x-request-id': id } });
        assert.equal(headers.get('x-request-id'), id);
      },
    },
  ];
}

/** Until the store is ready or the time is up; what is then missing the checks tell. */
export async function whenReady(url: string, seconds: number): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (performance.now() < deadline) {
    const ready = await fetch(`${url}${READY_PATH}`, patient()).catch(() => undefined);
    if (ready?.ok === true) return;
    await pause(PAUSE);
  }
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

function readArguments(): { url: string; seconds: number; help: boolean } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { wait: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } },
  });
  const { help } = values;
  const [url = '', ...others] = positionals;
  if (!help && (!/^https?:$/.test(URL.parse(url)?.protocol ?? '') || others.length > 0)) {
    throw new Error(`one http or https URL is needed, not ${JSON.stringify(positionals)}`);
  }
  const seconds = Number(values.wait);
  if (!(seconds >= 0)) throw new Error(`--wait takes seconds, not ${values.wait}`);
  return { url: url.replace(/\/+$/, ''), seconds, help };
}

async function main(): Promise<number> {
  try {
    const { url, seconds, help } = readArguments();
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    await whenReady(url, seconds);
    return (await runChecks(smokeChecks(url))) ? 0 : 1;
  } catch (error) {
    console.error(`smoke: ${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

if (import.meta.main) process.exitCode = await main();
