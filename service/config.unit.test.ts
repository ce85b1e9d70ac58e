import { loadConfig, loadOwnerConfig } from './config.ts';

const url = 'postgres://store:very-secret@127.0.0.1/store';
const production = {
  DATABASE_URL: url,
  AUTH_ISSUER: 'https://issuer.example.com/pool',
  AUTH_CLIENT_IDS: 'web, cli',
};

function problemsOf(environment: NodeJS.ProcessEnv): string {
  try {
    loadConfig(environment);
    return 'none';
  } catch (error) {
    return String(error);
  }
}

test('production is the default, and the rest has sensible values', () => {
  expect(loadConfig(production)).toMatchObject({
    development: false,
    port: 3000,
    currency: 'EUR',
    trustedProxyHops: 0,
    database: { address: { url }, tls: 'off', poolSize: 10 },
    auth: {
      kind: 'remote',
      clientIds: ['web', 'cli'],
      jwksUri: 'https://issuer.example.com/pool/.well-known/jwks.json',
    },
  });
});

test('every wrong variable is named at once, with what is expected and what came', () => {
  const problems = problemsOf({ PORT: 'many', LOG_LEVEL: 'loud', STORE_CURRENCY: 'euro' });

  expect(problems).toContain('PORT must be integer, not "many"');
  expect(problems).toMatch(/LOG_LEVEL .*: trace, debug, .*, not "loud"/);
  expect(problems).toContain('STORE_CURRENCY');
});

test('every missing variable is named at once, and beside one that is wrong', () => {
  const problems = problemsOf({ PORT: 'many' });

  expect(problems).toContain('PORT');
  expect(problems).toContain('AUTH_CLIENT_IDS is missing');
  expect(problems).toContain('DATABASE_URL is missing');
  expect(problems).toContain('AUTH_ISSUER is missing');
});

test('a variable that is set to nothing is missing', () => {
  expect(problemsOf({ ...production, DATABASE_URL: '' })).toContain('DATABASE_URL is missing');
});

test('the database’s password is never shown', () => {
  const problems = problemsOf({ ...production, DATABASE_URL: 'mysql://store:very-secret@db' });

  expect(problems).toContain('DATABASE_URL');
  expect(problems).not.toContain('very-secret');
});

test.each([
  ['both ways in', { ...production, DATABASE_SECRET_ID: 'x' }, 'choose one'],
  [
    'a secret without an address',
    { ...production, DATABASE_URL: '', DATABASE_SECRET_ID: 'x' },
    'DATABASE_HOST is missing',
  ],
  [
    'an issuer without clients',
    { ...production, AUTH_CLIENT_IDS: '' },
    'AUTH_CLIENT_IDS is missing',
  ],
  [
    'an issuer over http',
    { ...production, AUTH_ISSUER: 'http://issuer' },
    'AUTH_ALLOW_HTTP_ISSUER',
  ],
  [
    'keys over http',
    { ...production, AUTH_JWKS_URI: 'http://keys' },
    'must be https, not http://keys',
  ],
])('%s is refused', (_, environment, sentence) => {
  expect(problemsOf(environment)).toContain(sentence);
});

test('the local issuer does not exist in production', () => {
  expect(problemsOf({ DATABASE_URL: url })).toContain('AUTH_ISSUER is missing');
  expect(loadConfig({ DATABASE_URL: url, NODE_ENV: 'development' }).auth).toEqual({
    kind: 'local',
    keyFile: undefined,
  });
});

test('migration and rotation log in as the owner', () => {
  const config = loadOwnerConfig({
    DATABASE_HOST: 'db',
    DATABASE_MASTER_SECRET_ID: 'master',
    DATABASE_SECRET_ID: 'application',
  });

  expect(config).toMatchObject({
    database: { address: { host: 'db', secretId: 'master' } },
    secretId: 'application',
  });
  expect(() => loadOwnerConfig({})).toThrow('DATABASE_MASTER_SECRET_ID');
});
