/** A small steady load on the front door: as many requests a second, whatever the answers do. */
import { randomUUID } from 'node:crypto';
import type { Person } from '../deployed/people.ts';
import type { Outcome, Tally } from './outcomes.ts';
import { tally } from './outcomes.ts';

/** Milliseconds between two requests: ten a second. */
const INTERVAL = 100;
/** Milliseconds after which no answer counts as a failure. */
const PATIENCE = 5000;
/** Unanswered ones at most: a store that hangs must not fill the memory. */
const UNANSWERED = 60;

interface LoadOptions {
  readonly url: string;
  readonly customer: Person;
  /** One with plenty of stock. */
  readonly productId: string;
}

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status: number;
  readonly body?: object;
}

export class Load {
  readonly #outcomes: Outcome[] = [];
  readonly #options: LoadOptions;
  readonly #unanswered = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #sent = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.#send(), INTERVAL);
  }

  /** Waits for the answers that are still to come. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.settled();
  }

  /** When each request that was sent until now has its outcome. */
  async settled(): Promise<void> {
    await Promise.all(this.#unanswered);
  }

  /** @param since Unix time in milliseconds */
  tally(since = 0, until?: number): Tally {
    return tally(this.#outcomes, since, until);
  }

  #send(): void {
    const next = this.#next();
    const { method, path } = next;
    const sent = { at: Date.now(), method, path };
    if (this.#unanswered.size >= UNANSWERED) {
      this.#outcomes.push({ ...sent, failure: `not sent: ${UNANSWERED} others wait for answers` });
      return;
    }
    const ended = this.#outcomeOf(sent, next).then((outcome) => {
      this.#outcomes.push(outcome);
      return void this.#unanswered.delete(ended);
    });
    this.#unanswered.add(ended);
  }

  async #outcomeOf(sent: Outcome, { method, path, status, body }: Request): Promise<Outcome> {
    try {
      const { status: came, text } = await this.#exchange(method, path, body);
      if (came === status) return sent;
      return { ...sent, failure: `answered ${came}${codeIn(text)}, not ${status}` };
    } catch (error) {
      return { ...sent, failure: reasonOf(error) };
    }
  }

  async #exchange(method: string, path: string, body: object | undefined) {
    const { url, customer } = this.#options;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: customer.authorization,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, text: await response.text() };
  }

  /** The four kinds in turn. */
  #next(): Request {
    const { productId } = this.#options;
    const kinds: readonly Request[] = [
      { method: 'GET', path: '/v1/products?limit=5', status: 200 },
      { method: 'GET', path: `/v1/products/${productId}`, status: 200 },
      {
        method: 'POST',
        path: '/v1/orders',
        status: 201,
        body: { lines: [{ productId, quantity: 1 }] },
      },
      { method: 'GET', path: '/v1/orders?limit=5', status: 200 },
    ];
    this.#sent += 1;
    return kinds[this.#sent % kinds.length] as Request;
  }
}

/** The service says what is wrong; the front door says nothing that can be read. */
function codeIn(text: string): string {
  const [, code] = /"code":"([A-Z_]+)"/.exec(text) ?? [];
  return code === undefined ? '' : ` (${code})`;
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & {
    cause?: { readonly message: string; readonly code?: string };
  };
  if (name === 'TimeoutError') return `no answer within ${PATIENCE / 1000} s`;
  if (cause === undefined) return message;
  // Of several addresses that were tried, none has a sentence of its own.
  return `${message}: ${cause.message === '' ? (cause.code ?? 'no reason') : cause.message}`;
}
