/** What the variables of the environment mean together; nothing else reads the environment. */
import { ConfigError } from './config-error.ts';
import {
  authProblems,
  databaseProblems,
  list,
  ownerProblems,
  rotationProblems,
  type Rule,
} from './config-rules.ts';
import { givenVariables, parseVariables, type Variables } from './variables.ts';

/** Where the database is and who logs in: a URL, or an address with a secret. */
type DatabaseAddress =
  | { readonly url: string }
  | {
      readonly host: string;
      readonly port: number;
      readonly name: string;
      readonly secretId: string;
    };

export interface DatabaseConfig {
  readonly address: DatabaseAddress;
  readonly tls: 'off' | 'rds';
  /** PEM text or the path of a PEM file; trusted besides Amazon's certificates. */
  readonly ca: string | undefined;
  readonly poolSize: number;
  /** Short reads share a few connections. */
  readonly pipeline: boolean;
}

/** Who signs the access tokens: an issuer elsewhere, or one inside this process (development). */
export type AuthConfig =
  | {
      readonly kind: 'remote';
      readonly issuer: string;
      readonly jwksUri: string;
      readonly clientIds: readonly string[];
      readonly allowHttp: boolean;
    }
  | { readonly kind: 'local'; readonly keyFile: string | undefined };

export interface Config {
  readonly development: boolean;
  readonly host: string;
  readonly port: number;
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly currency: string;
  readonly corsOrigins: readonly string[];
  readonly trustedProxyHops: number;
  readonly drainSeconds: number;
  /** Milliseconds; 0 is off. */
  readonly maxEventLoopDelay: number;
  readonly database: DatabaseConfig;
  readonly auth: AuthConfig;
  readonly settings: {
    readonly parameter: string | undefined;
    readonly file: string | undefined;
  };
}

/** @throws ConfigError */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const variables = checked(environment, databaseProblems, authProblems);
  return {
    development: variables.NODE_ENV !== 'production',
    host: variables.HOST,
    port: variables.PORT,
    logLevel: variables.LOG_LEVEL,
    currency: variables.STORE_CURRENCY,
    corsOrigins: list(variables.CORS_ORIGINS),
    trustedProxyHops: variables.TRUSTED_PROXY_HOPS,
    drainSeconds: variables.DRAIN_SECONDS,
    maxEventLoopDelay: variables.MAX_EVENT_LOOP_DELAY,
    database: databaseConfig(variables),
    auth: authConfig(variables),
    settings: { parameter: variables.SETTINGS_PARAMETER, file: variables.SETTINGS_FILE },
  };
}

/** What the demo is filled in with: the service's own login. */
export type SeedConfig = Pick<Config, 'logLevel' | 'currency' | 'database'>;

/** @throws ConfigError */
export function loadSeedConfig(environment: NodeJS.ProcessEnv = process.env): SeedConfig {
  const variables = checked(environment, databaseProblems);
  return {
    logLevel: variables.LOG_LEVEL,
    currency: variables.STORE_CURRENCY,
    database: databaseConfig(variables),
  };
}

/** What the migration and the rotation run with: the owner's login, and the secret to fill. */
export interface OwnerConfig {
  readonly logLevel: Variables['LOG_LEVEL'];
  readonly database: DatabaseConfig;
  /** The application's secret; without it no logins are made. */
  readonly secretId: string | undefined;
}

/** @throws ConfigError */
export function loadOwnerConfig(environment: NodeJS.ProcessEnv = process.env): OwnerConfig {
  const variables = checked(environment, ownerProblems);
  return {
    logLevel: variables.LOG_LEVEL,
    database: databaseConfig(variables, variables.DATABASE_MASTER_SECRET_ID),
    secretId: variables.DATABASE_SECRET_ID,
  };
}

export interface RotationConfig extends OwnerConfig {
  readonly secretId: string;
  /** Between the new login and the end of the old password. */
  readonly graceSeconds: number;
}

/** @throws ConfigError */
export function loadRotationConfig(environment: NodeJS.ProcessEnv = process.env): RotationConfig {
  const variables = checked(environment, ownerProblems, rotationProblems);
  return {
    ...loadOwnerConfig(environment),
    secretId: variables.DATABASE_SECRET_ID ?? '',
    graceSeconds: variables.ROTATION_GRACE_SECONDS,
  };
}

/** @throws ConfigError naming at once everything that is wrong, of its form or beside the others */
function checked(environment: NodeJS.ProcessEnv, ...rules: readonly Rule[]): Variables {
  const given = givenVariables(environment);
  const variables = parseVariables(given);
  const malformed = Array.isArray(variables) ? variables : [];
  const problems = [...malformed, ...rules.flatMap((rule) => rule(given))];
  if (problems.length > 0 || Array.isArray(variables)) throw new ConfigError(problems);
  return variables;
}

function databaseConfig(
  variables: Variables,
  secretId = variables.DATABASE_SECRET_ID,
): DatabaseConfig {
  const { DATABASE_URL: url, DATABASE_HOST: host } = variables;
  return {
    address:
      url === undefined
        ? {
            host: host ?? '',
            port: variables.DATABASE_PORT,
            name: variables.DATABASE_NAME,
            secretId: secretId ?? '',
          }
        : { url },
    tls: variables.DATABASE_TLS,
    ca: variables.DATABASE_CA,
    poolSize: variables.DATABASE_POOL_SIZE,
    pipeline: variables.DB_PIPELINE === 'on',
  };
}

function authConfig(variables: Variables): AuthConfig {
  const { AUTH_ISSUER: issuer } = variables;
  if (issuer === undefined) return { kind: 'local', keyFile: variables.AUTH_LOCAL_KEY_FILE };
  return {
    kind: 'remote',
    issuer,
    jwksUri: variables.AUTH_JWKS_URI ?? `${issuer}/.well-known/jwks.json`,
    clientIds: list(variables.AUTH_CLIENT_IDS),
    allowHttp: variables.AUTH_ALLOW_HTTP_ISSUER,
  };
}
