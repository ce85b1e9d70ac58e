/** User, password and host of the database, read together from a secret that rotates. */
import { setTimeout as wait } from 'node:timers/promises';
import type { SecretStore } from './secret-store.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
  /** Where this login is good, when that is not where DATABASE_HOST says: after a restore. */
  readonly host?: string;
}

/** Milliseconds between two readings at least, however many connections are refused. */
const HOLD_OFF_MS = 1000;

/** Caches the login; many callers share one reading. */
export class Credentials {
  /** Rises with every reading: who was refused compares it with the one that was used. */
  generation = 0;
  #login: Promise<Login> | undefined;
  /** By the monotonic clock: that of the wall may be set back. */
  #readAt = -Infinity;
  readonly #store: SecretStore;
  readonly #secretId: string;

  constructor(store: SecretStore, secretId: string) {
    this.#store = store;
    this.#secretId = secretId;
  }

  /** @throws Error when the secret is absent, empty or not of the expected form */
  current(): Promise<Login> {
    this.#login ??= this.#read();
    return this.#login;
  }

  /** Reads the secret again, unless somebody did since the generation that was refused. */
  async refresh(refused: number | undefined): Promise<void> {
    if (refused === this.generation) {
      this.generation += 1;
      const due = this.#readAt + HOLD_OFF_MS - performance.now();
      this.#login = wait(Math.max(0, due)).then(() => this.#read());
    }
    await this.current();
  }

  /**
   * For a server that is not reached: the database may be elsewhere by now. Nobody waits here for
   * the next reading, and when it fails what was read before still counts.
   */
  async refreshWhenDue(unreached: number | undefined): Promise<void> {
    if (performance.now() < this.#readAt + HOLD_OFF_MS) return;
    const before = this.#login;
    await this.refresh(unreached).catch(() => (this.#login ??= before));
  }

  async #read(): Promise<Login> {
    this.#readAt = performance.now();
    try {
      return parseLogin(await this.#store.read(this.#secretId), this.#secretId);
    } catch (error) {
      // The next connection asks again; a failure is not remembered.
      this.#login = undefined;
      const { message } = error as Error;
      throw Object.assign(new Error(message, { cause: error }), { code: 'SECRET_UNREADABLE' });
    }
  }
}

/** The form that RDS and its rotation use: `{ "username": …, "password": … }`; ours may have a `host`. */
export function parseLogin(secret: string | undefined, secretId: string): Login {
  if (secret === undefined) {
    throw new Error(`the secret ${secretId} is empty: run the migration first, it fills it`);
  }
  const value = readJson(secret);
  const { username, password, host } = (value ?? {}) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new TypeError(`the secret ${secretId} must be JSON with username and password`);
  }
  if (host !== undefined && (typeof host !== 'string' || host === '')) {
    throw new TypeError(`the host in the secret ${secretId} must be a name`);
  }
  return { user: username, password, ...(host !== undefined && { host }) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the secret.
    return undefined;
  }
}
