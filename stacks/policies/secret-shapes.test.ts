import { secretIn } from './secret-shapes.ts';

// In two parts: those who look through repositories for secrets find none here.
test.each([
  ['an access key of AWS', 'AKIA', 'IOSFODNN7EXAMPLE'],
  ['a private key', '-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE'],
  ['a JSON Web Token', 'eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['a token of GitHub', 'ghp_', 'a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6'],
  ['a token of Slack', 'xoxb-', '123456789012-abcdef'],
  ['a key of Stripe', 'sk_live_', '51abcdefghijklmnop'],
  ['an address with a password', 'postgres://store:', 'hunter2@db.example.com/store'],
  ['a random string, such as a key', 'q7Xn2LbT9vKc4WpZ8sRd', 'F3mYh6JgA1uEe5QoN0iB'],
  ['a random string, such as a key', '9f86d081884c7d659a2feaa0', 'c55ad015a3bf4f1b2b0b822c'],
])('%s is known by its form', (what, start, end) => {
  expect(secretIn('description', `x ${start}${end}`)).toBe(what);
});

test.each([
  'password',
  'DATABASE_PASSWORD',
  'clientSecret',
  'STRIPE_API_KEY',
  'GITHUB_TOKEN',
  'secret_string',
  'password_wo',
  'PGPASSWORD',
  'DB_PASS',
  'DB_PWD',
  'STRIPE_KEY',
  'SIGNING_KEY',
  'JWT_SECRET_2',
  'token_v2',
])('%s is known by its name', (name) => {
  expect(secretIn(name, 'short')).toBe('a value of that name');
});

test.each([
  ['secret_id', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:login-AbCdEf'],
  ['API_KEY', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf'],
  ['API_KEY', 'arn:aws:secretsmanager:::secret:key'],
  ['description', 'arn:aws:states:eu-west-1:123456789012:x:q7Xn2LbT9vKc4WpZ8sRdF3mYh6JgA1uE'],
  ['encryption_key', 'alias/aws/s3'],
  ['PASSWORD', '/store/dev/password'],
  ['GIT_COMMIT', '0a1b2c3d'.repeat(5)],
  ['revision', '0a1b2c3d'.repeat(5)],
  ['GIT_SHA', '0a1b2c3d'.repeat(5)],
  ['BYPASS', 'on'],
  ['hash_key', 'id'],
  ['DATABASE_SECRET_ID', 'fargate-store-dev-application-login'],
  ['password_encryption', 'scram-sha-256'],
  ['token_command', 'aws cognito-idp admin-initiate-auth'],
  ['password', ''],
  ['ssl_policy', 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06'],
  ['image', `store@sha256:${'0a1b'.repeat(16)}`],
  ['source_code_hash', 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='],
  ['path', `assets/function/${'1A2B3C4D'.repeat(4)}/archive.zip`],
  ['url', 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI'],
  ['key_id', '1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['public_key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8s7dK2mQ4xZ1'],
  ['description', 'TargetTrackingScalingPolicyConfiguration'],
])('%s with %s is no secret', (name, text) => {
  expect(secretIn(name, text)).toBeUndefined();
});
