import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { stackOutputs } from '../running/stack-outputs.ts';
import { stateKeyOf } from '../running/states.ts';
import { signIn } from './sign-in.ts';

const PASSWORD = 'Correct-horse-7';

let dev: EmulatedDev;
let cognito: CognitoIdentityProviderClient;
let outputs: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  cognito = new CognitoIdentityProviderClient({ region: dev.environment.region });
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people' }));
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'command line',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const told = {
    user_pool_id: { value: UserPoolId },
    command_line_client_id: { value: UserPoolClient?.ClientId },
  };
  const state = JSON.stringify({ version: 4, outputs: told });
  await dev.putObject(stateKeyOf(dev.environment, 'identity'), state);
  outputs = await stackOutputs(dev.environment, 'identity');
  await open('ada@example.com', true);
  await open('new@example.com', false);
});
afterAll(() => dev.emulator.stop());

/** @param isSettled whether they chose their password themselves */
async function open(Username: string, isSettled: boolean): Promise<void> {
  const UserPoolId = String(outputs['user_pool_id']);
  const TemporaryPassword = PASSWORD;
  const who = { UserPoolId, Username };
  await cognito.send(
    new AdminCreateUserCommand({ ...who, TemporaryPassword, MessageAction: 'SUPPRESS' }),
  );
  const set = new AdminSetUserPasswordCommand({ ...who, Password: PASSWORD, Permanent: true });
  if (isSettled) await cognito.send(set);
}

const noCode = () => Promise.reject(new Error('no code was needed'));

function tokenOf(email: string, password = PASSWORD): Promise<string> {
  return signIn(dev.environment, { outputs, email, password, chooseCode: noCode });
}

test('address and password give an access token', async () => {
  const token = await tokenOf('ada@example.com');
  const [, payload = ''] = token.split('.');

  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
    token_use: 'access',
    client_id: outputs['command_line_client_id'],
  });
});

test.each([
  ['a wrong password', 'ada@example.com', 'Wrong-horse-7'],
  ['a stranger', 'eve@example.com', PASSWORD],
])('%s gets a sentence, without the password in it', async (_, email, password) => {
  const refused = tokenOf(email, password);

  await expect(refused).rejects.toThrow(
    `Cognito does not take this address and password, or the account is disabled: ${email}`,
  );
  await expect(refused).rejects.not.toThrow(password);
});

test('who was given a password has to choose one first, and is told where', async () => {
  await expect(tokenOf('new@example.com')).rejects.toThrow(
    'new@example.com has to choose a password first',
  );
});

test('who has a second factor is asked for its code', async () => {
  await open('mia@example.com', true);
  const secret = await enrol('mia@example.com');
  const person = { outputs, email: 'mia@example.com', password: PASSWORD };

  const token = await signIn(dev.environment, {
    ...person,
    chooseCode: () => Promise.resolve(codeOf(secret)),
  });
  const wrong = signIn(dev.environment, {
    ...person,
    chooseCode: () => Promise.resolve('000000'),
  });

  expect(token.split('.')).toHaveLength(3);
  await expect(wrong).rejects.toThrow('the code is not the one that Cognito expects');
});

/** @returns the secret that an app would keep, in base 32 */
async function enrol(Username: string): Promise<string> {
  const UserPoolId = String(outputs['user_pool_id']);
  const enabled = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  await cognito.send(
    new SetUserPoolMfaConfigCommand({ UserPoolId, MfaConfiguration: 'OPTIONAL', ...enabled }),
  );
  const AccessToken = await tokenOf(Username);
  const { SecretCode = '' } = await cognito.send(
    new AssociateSoftwareTokenCommand({ AccessToken }),
  );
  const UserCode = codeOf(SecretCode);
  await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  await cognito.send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId,
      Username,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  return SecretCode;
}

/** RFC 6238, as apps do it: 30 seconds, six digits. */
function codeOf(secret: string): string {
  const bits = Array.from(secret.replaceAll('=', ''), (sign) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  ).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const start = (hash.at(-1) ?? 0) & 0x0f;
  return String((hash.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a pool that is gone is a sentence', async () => {
  const gone = { ...outputs, user_pool_id: 'eu-central-1_Nowhere00' };
  const options = { email: 'ada@example.com', password: PASSWORD, chooseCode: noCode };

  await expect(signIn(dev.environment, { ...options, outputs: gone })).rejects.toThrow(
    'the user pool is gone',
  );
});

test('a stack that is not applied yet is a sentence', async () => {
  await expect(stackOutputs(dev.environment, 'service')).rejects.toThrow(
    'dev has no service stack yet: npm run release -- dev',
  );
});
