/** One request to the store, from what was typed. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import type { Answer } from './answer.ts';

/** Milliseconds: the store itself gives up sooner. */
const PATIENCE = 30_000;

const IDEMPOTENCY_KEY = 'idempotency-key';

/** `If-Match: "1"` as a header. @throws WrongUse */
export function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new WrongUse(`--header takes 'name: value', not '${line}'`);
    }
    headers.append(name, value);
  }
  return headers;
}

/** @param needed names of headers. @returns those that were made. @throws WrongUse for what only a person knows */
export function complete(headers: Headers, needed: readonly string[]): string[] {
  const missing = needed.filter((name) => !headers.has(name));
  const unknown = missing.find((name) => name !== IDEMPOTENCY_KEY);
  if (unknown !== undefined) throw new WrongUse(`this request needs --header '${unknown}: …'`);
  // Anew for each call: who repeats one gives the key of the first.
  if (missing.length === 0) return [];
  const key = randomUUID();
  headers.set(IDEMPOTENCY_KEY, key);
  return [`${IDEMPOTENCY_KEY}: ${key}`];
}

/**
 * JSON itself, `@file`, or `-` for standard input; the headers get its type.
 * @throws Refusal
 */
export async function dataOf(
  given: string | undefined,
  headers: Headers,
  contentType = 'application/json',
): Promise<string | undefined> {
  if (given === undefined) return undefined;
  if (!headers.has('content-type')) headers.set('content-type', contentType);
  if (given === '-') return text(process.stdin);
  if (!given.startsWith('@')) return given;
  const file = given.slice(1);
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`--data: ${file} cannot be read: ${(error as Error).message}`);
  });
}

interface Request {
  readonly method: string;
  readonly headers: Headers;
  readonly data: string | undefined;
}

/** @throws Refusal when nobody answers */
export async function send(url: URL, { method, headers, data }: Request): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: data ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { status, statusText } = response;
    return {
      status,
      statusText,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
    throw new Refusal(`nobody answers at ${url.origin} (${why}): npm run status says how it is`, {
      cause: error,
    });
  }
}
