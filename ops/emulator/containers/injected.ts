/**
 * All that a task gets on the emulated AWS beyond its definition; task_environment.py does it.
 * What the definition says itself is left as it is.
 */
export const INJECTED: readonly { readonly variable: string; readonly why: string }[] = [
  { variable: 'AWS_ENDPOINT_URL', why: 'the emulated AWS instead of the real one' },
  { variable: 'AWS_REGION', why: 'as Fargate does' },
  { variable: 'ECS_CONTAINER_METADATA_URI_V4', why: 'as Fargate does' },
  { variable: 'AWS_ACCESS_KEY_ID', why: 'the task role’s own temporary keys' },
  { variable: 'AWS_SECRET_ACCESS_KEY', why: 'the same' },
  { variable: 'AWS_SESSION_TOKEN', why: 'the same' },
  { variable: 'DATABASE_CA', why: 'with DATABASE_HOST: who signed the database’s certificate' },
  { variable: 'AUTH_JWKS_URI', why: 'with AUTH_ISSUER: the emulated user pool’s keys' },
  { variable: 'AUTH_ALLOW_HTTP_ISSUER', why: 'with AUTH_ISSUER: those keys come over http' },
];
