/** User and password of the database, read together from a secret that rotates. */
import { setTimeout as wait } from 'node:timers/promises';
import type { SecretStore } from './secret-store.ts';

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Milliseconds between two readings at least, however many connections are refused. */
const HOLD_OFF_MS = 1000;

/** Caches the login; many callers share one reading. */
export class Credentials {
  /** Rises with every reading: who was refused compares it with the one that was used. */
  generation = 0;
  #login: Promise<Login> | undefined;
  #readAt = 0;
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
      const due = this.#readAt + HOLD_OFF_MS - Date.now();
      this.#login = wait(Math.max(0, due)).then(() => this.#read());
    }
    await this.current();
  }

  async #read(): Promise<Login> {
    this.#readAt = Date.now();
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

/** The form that RDS and its rotation use: `{ "username": …, "password": … }`. */
export function parseLogin(secret: string | undefined, secretId: string): Login {
  if (secret === undefined) {
    throw new Error(`the secret ${secretId} is empty: run the migration first, it fills it`);
  }
  const value = readJson(secret);
  const { username, password } = (value ?? {}) as Record<string, unknown>;
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new TypeError(`the secret ${secretId} must be JSON with username and password`);
  }
  return { user: username, password };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the secret.
    return undefined;
  }
}
