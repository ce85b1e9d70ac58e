import { Testing } from 'cdktf';
import { IdentityStack } from './identity-stack.ts';
import type { Settings } from './settings.ts';
import { anEnvironment } from './testing/places.ts';
import { resourcesOf, type Synthesised, synthesise } from './testing/synthesise.ts';

const POOL = String.raw`\$\{aws_cognito_user_pool\.[^.]+\.id\}`;
const CLIENT = String.raw`\$\{aws_cognito_user_pool_client\.[^.]+\.id\}`;

const identityOf = (differences: Partial<Settings> = {}) =>
  synthesise(new IdentityStack(Testing.app(), anEnvironment('dev', differences)));

const dev = identityOf();

const output = (name: string) => String(dev.output[name]?.['value']);

test('says what configures a client', () => {
  expect(output('user_pool_id')).toMatch(new RegExp(`^${POOL}$`));
  expect(output('command_line_client_id')).toMatch(new RegExp(`^${CLIENT}$`));
  expect(output('issuer')).toMatch(
    new RegExp(String.raw`^https://cognito-idp\.eu-central-1\.amazonaws\.com/${POOL}$`),
  );
});

test('says where people sign in', () => {
  expect(output('login_url')).toMatch(
    new RegExp(
      String.raw`^https://dev-[0-9a-f]{8}\.auth\.eu-central-1\.amazoncognito\.com/login\?client_id=${CLIENT}&response_type=code&scope=openid\+email\+profile&redirect_uri=http%3A%2F%2Flocalhost%3A8976%2Fcallback$`,
    ),
  );
});

test('gives a command that prints an access token', () => {
  const words = output('token_command').replaceAll(/\s*\\\n\s*/g, ' ');

  expect(words).toMatch(
    new RegExp(
      `^aws cognito-idp admin-initiate-auth --region eu-central-1 --user-pool-id ${POOL} --client-id ${CLIENT} --auth-flow ADMIN_USER_PASSWORD_AUTH --auth-parameters "USERNAME=\\$EMAIL,PASSWORD=\\$PASSWORD" --query AuthenticationResult.AccessToken --output text$`,
    ),
  );
});

test('gives the commands that make an administrator', () => {
  const commands = output('admin_commands')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n');

  const where = `--region eu-central-1 --user-pool-id ${POOL} --username "\\$EMAIL"`;
  expect(commands).toEqual([
    expect.stringMatching(
      `^aws cognito-idp admin-create-user ${where} --message-action SUPPRESS --user-attributes "Name=email,Value=\\$EMAIL" Name=email_verified,Value=true$`,
    ),
    expect.stringMatching(
      `^aws cognito-idp admin-set-user-password ${where} --password "\\$PASSWORD" --permanent$`,
    ),
    expect.stringMatching(`^aws cognito-idp admin-add-user-to-group ${where} --group-name admins$`),
  ]);
});

test('without pages there is neither a host name nor a login', () => {
  const { identity } = anEnvironment();

  const silent = identityOf({ identity: { ...identity, loginPages: false } });

  expect(resourcesOf(silent, 'aws_cognito_user_pool_domain')).toEqual([]);
  expect(silent.output).not.toHaveProperty('login_url');
});

test('two copies in one account share no name', () => {
  const copy = identityOf({ suffix: 'copy' });
  const namesIn = (stack: Synthesised, type: string, name: string) =>
    resourcesOf(stack, type).map((resource) => resource[name]);

  const names = [dev, copy].flatMap((stack) =>
    namesIn(stack, 'aws_cognito_user_pool', 'name').concat(
      namesIn(stack, 'aws_cognito_user_pool_client', 'name'),
      namesIn(stack, 'aws_cognito_user_pool_domain', 'domain'),
    ),
  );

  expect(names).toHaveLength(6);
  expect(new Set(names).size).toBe(6);
});
