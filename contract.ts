/** What both halves must agree on: constants only, no imports. */

/** Name of the project in AWS, in labels and in log lines. */
export const PROJECT = 'fargate-store';

/** Port the service listens on inside its container. */
export const SERVICE_PORT = 3000;

/** 200 while the process can answer; the container's own health check. */
export const LIVE_PATH = '/livez';
/** 200 once started and until draining; what load balancers ask. */
export const HEALTH_PATH = '/health';
/** 200 while requests can be served, the database included; for people, releases and alarms. */
export const READY_PATH = '/readyz';

/** How many proxies of each front door append to X-Forwarded-For before the service. */
export const PROXY_HOPS = { alb: 1 } as const;

/** What the image can run, from its own folder: each is made of the file of the same name in TypeScript. */
export const PROGRAMS = {
  server: 'service/server.js',
  migrate: 'service/migrate.js',
  rotate: 'service/rotate.js',
  seed: 'service/seed.js',
  inspect: 'service/inspect.js',
  switch: 'service/switch.js',
  console: 'service/console.js',
} as const;

/** Where the digest of the released image is recorded, below `/<project>/<environment>/`. */
export const IMAGE_DIGEST_PARAMETER = 'image-digest';
/** What that parameter holds until the first release. */
export const NO_IMAGE = 'none';
/** Where the shop's settings are, below `/<project>/<environment>/`; JSON. */
export const SETTINGS_PARAMETER = 'settings';

/** Name of the group whose members may administer the shop. */
export const ADMIN_GROUP = 'admins';

/** The variables that the service reads; service/variables.ts says what each may hold. */
export const VARIABLES = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'LOG_LEVEL',
  'STORE_CURRENCY',
  'CORS_ORIGINS',
  'TRUSTED_PROXY_HOPS',
  'DRAIN_SECONDS',
  'MAX_EVENT_LOOP_DELAY',
  'DATABASE_URL',
  'DATABASE_SECRET_ID',
  'DATABASE_MASTER_SECRET_ID',
  'DATABASE_HOST',
  'DATABASE_PORT',
  'DATABASE_NAME',
  'DATABASE_TLS',
  'DATABASE_CA',
  'DATABASE_POOL_SIZE',
  'DB_PIPELINE',
  'ROTATION_GRACE_SECONDS',
  'AUTH_ISSUER',
  'AUTH_JWKS_URI',
  'AUTH_CLIENT_IDS',
  'AUTH_ALLOW_HTTP_ISSUER',
  'AUTH_LOCAL_KEY_FILE',
  'SETTINGS_PARAMETER',
  'SETTINGS_FILE',
] as const;

export type Variable = (typeof VARIABLES)[number];
