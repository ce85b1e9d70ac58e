/** Every variable that the service reads: its form and its default. */
import { Ajv } from 'ajv';
import { type Static, type TSchema, Type } from 'typebox';
import { SERVICE_PORT, type Variable } from '../contract.ts';
import { describeFailure } from './config-error.ts';

const Schema = Type.Object({
  NODE_ENV: Type.Enum(['production', 'development', 'test'], { default: 'production' }),
  HOST: Type.String({ default: '0.0.0.0' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: SERVICE_PORT }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
  }),
  STORE_CURRENCY: Type.String({ pattern: '^[A-Z]{3}$', default: 'EUR' }),
  CORS_ORIGINS: Type.String({ default: '' }),
  // How many proxies in front append to X-Forwarded-For; with 0 the header never counts.
  TRUSTED_PROXY_HOPS: Type.Integer({ minimum: 0, maximum: 5, default: 0 }),
  // Seconds between SIGTERM and the last accepted request: time for a load balancer to notice.
  DRAIN_SECONDS: Type.Number({ minimum: 0, maximum: 20, default: 10 }),
  // Milliseconds by which the event loop may lag before requests are refused; 0: never.
  MAX_EVENT_LOOP_DELAY: Type.Integer({ minimum: 0, default: 1000 }),

  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  // The application's secret: the service logs in with it, the migration fills it.
  DATABASE_SECRET_ID: Type.Optional(Type.String()),
  // The secret of the database's owner; only the migration and the rotation may read it.
  DATABASE_MASTER_SECRET_ID: Type.Optional(Type.String()),
  DATABASE_HOST: Type.Optional(Type.String()),
  DATABASE_PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 5432 }),
  DATABASE_NAME: Type.String({ default: 'store' }),
  DATABASE_TLS: Type.Enum(['off', 'rds'], { default: 'off' }),
  DATABASE_CA: Type.Optional(Type.String()),
  DATABASE_POOL_SIZE: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
  // Whether short reads share a few connections; off: each borrows one of its own.
  DB_PIPELINE: Type.Enum(['on', 'off'], { default: 'on' }),
  // Seconds in which the rotation leaves the old password alive, for whoever still goes by it.
  ROTATION_GRACE_SECONDS: Type.Integer({ minimum: 0, maximum: 3600, default: 60 }),

  AUTH_ISSUER: Type.Optional(Type.String({ pattern: '^https?://' })),
  AUTH_JWKS_URI: Type.Optional(Type.String({ pattern: '^https?://' })),
  AUTH_CLIENT_IDS: Type.String({ default: '' }),
  AUTH_ALLOW_HTTP_ISSUER: Type.Boolean({ default: false }),
  // Where the local issuer of development keeps its key, so that tokens survive a restart.
  AUTH_LOCAL_KEY_FILE: Type.Optional(Type.String()),

  SETTINGS_PARAMETER: Type.Optional(Type.String()),
  SETTINGS_FILE: Type.Optional(Type.String()),
} satisfies Record<Variable, TSchema>);

export type Variables = Static<typeof Schema>;

/** A variable that is set to nothing is not set; so `.env.example` can list what is optional. */
export function givenVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

/**
 * Text becomes numbers and booleans, and what is not listed goes. To hold our own schema against that
 * of schemas would cost each start 0.05 s.
 */
const ajv = new Ajv({
  allErrors: true,
  coerceTypes: true,
  removeAdditional: 'all',
  useDefaults: true,
  validateSchema: false,
});

/** The variables, or what is wrong with their form. */
export function parseVariables(given: NodeJS.ProcessEnv): Variables | string[] {
  const variables: unknown = { ...given };
  const validate = ajv.compile<Variables>(Schema);
  if (validate(variables)) return variables;
  return (validate.errors ?? []).map((failure) => describeFailure(failure, given));
}
