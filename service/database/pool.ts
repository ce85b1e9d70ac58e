/** How connections are opened: who logs in, over what, and what each may take. */
import { callbackify } from 'node:util';
import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { PROJECT } from '../../contract.ts';
import type { DatabaseConfig } from '../config.ts';
import type { Logger } from '../observability/logger.ts';
import { Credentials, type Login } from './credentials.ts';
import { secretsManager } from './secret-store.ts';
import { tlsOptions } from './tls.ts';
import { types } from './types.ts';

/** Milliseconds a connection, a statement, a wait for a lock and an idle transaction may take. */
const LIMITS = {
  connectionTimeoutMillis: 2000,
  statement_timeout: 5000,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
  // Longer than the server's: when nothing comes at all, the way to it is lost.
  query_timeout: 7000,
} as const;

/** What each session begins with. */
const SESSION = '-c TimeZone=UTC';

/**
 * How PostgreSQL plans what the service asks: a named statement once, for all values, and for tables
 * that are large, or will be before the plan is made anew. Decision 0055.
 */
export const PLANNING = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off';

/** @param login who logs in, and where, if it says so; with a URL, its user by default */
export function connectionOptions(config: DatabaseConfig, login?: Login): ClientConfig {
  const { address } = config;
  const where =
    'url' in address
      ? { connectionString: withLogin(address.url, login) }
      : { host: address.host, port: address.port, database: address.name, ...login };
  const ssl = tlsOptions(config);
  return {
    ...where,
    // Without a word about TLS from us, the URL's own `sslmode` counts.
    ...(ssl !== false && { ssl }),
    application_name: PROJECT,
    options: SESSION,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
  };
}

/** In pg, the user of a URL wins over one beside it. */
function withLogin(url: string, login?: Login): string {
  if (login === undefined) return url;
  const changed = new URL(url);
  changed.username = login.user;
  changed.password = login.password;
  return changed.href;
}

/** Undefined where a URL says who logs in. */
export function credentialsFor({ address }: DatabaseConfig): Credentials | undefined {
  return 'secretId' in address ? new Credentials(secretsManager(), address.secretId) : undefined;
}

/** Without listeners, a connection that breaks while nobody waits for it would end the process. */
export function surviveBrokenConnections(pool: Pool, log: Logger): void {
  pool.on('error', (error) => log.warn({ err: error }, 'an idle connection broke'));
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'a connection broke'));
  });
}

/**
 * A pool beside the plugin's. When it has ended, its last connections may still be closing, so they
 * may still break.
 */
export function openPool(options: PoolConfig, log: Logger): Pool {
  const pool = new Pool(options);
  surviveBrokenConnections(pool, log);
  return pool;
}

/** What the plugin gives to `pg.Pool`. */
export function poolOptions(config: DatabaseConfig, credentials?: Credentials): PoolConfig {
  return {
    ...connectionOptions(config),
    options: `${SESSION} ${PLANNING}`,
    ...LIMITS,
    max: config.poolSize,
    pipeline: config.pipeline,
    // New connections now and then, so that a rotated password or a moved server is met early.
    maxLifetimeSeconds: 1800,
    ...(credentials !== undefined && { Client: clientWith(credentials) }),
  };
}

/**
 * A client that asks for its login when it connects. pg takes a function for the password only and
 * fixes user and host at construction, but rotation switches the one, a restore also the other.
 * Certificates are held against the host that is dialled.
 */
function clientWith(credentials: Credentials): typeof Client {
  class ClientWithSecret extends Client {
    /** What the startup message is made of; pg has it, its types do not. */
    declare private readonly connectionParameters: object;

    override connect(): Promise<ClientWithSecret>;
    override connect(callback: (error: Error | null) => void): void;
    override connect(callback?: (error: Error | null) => void): Promise<ClientWithSecret> | void {
      // The pool listens once it is told of the connection, which a promise delays: what breaks off
      // in between would end the process. Whoever asks something then is told.
      this.on('error', () => undefined);
      if (callback === undefined) return this.#connectWithLogin();
      callbackify(() => this.#connectWithLogin())((error) => callback(error));
    }

    async #connectWithLogin(): Promise<ClientWithSecret> {
      const { user, password, host = this.host } = await credentials.current();
      Object.assign(this, { user, password, host });
      Object.assign(this.connectionParameters, { user, host });
      await super.connect();
      return this;
    }
  }
  return ClientWithSecret;
}
