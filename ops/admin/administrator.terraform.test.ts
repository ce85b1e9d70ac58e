import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ADMIN_GROUP } from '../../contract.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { makeAdministrator } from './administrator.ts';
import { generatePassword } from './password.ts';

let dev: EmulatedDev;
let cognito: CognitoIdentityProviderClient;
let region: string;
let userPoolId: string;
let clientId: string;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: false });
  ({ region } = dev.environment);
  cognito = new CognitoIdentityProviderClient({ region });
  userPoolId = await makePool();
  await cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: ADMIN_GROUP }));
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: 'command line',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  clientId = UserPoolClient?.ClientId ?? '';
});
afterAll(() => dev.emulator.stop());

async function makePool(): Promise<string> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'people',
      UsernameAttributes: ['email'],
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: false,
        },
      },
    }),
  );
  return UserPool?.Id ?? '';
}

const make = (email: string, choosePassword: () => Promise<string> = never) =>
  makeAdministrator({ region, userPoolId, email, choosePassword });

const never = () => Promise.reject(new Error('no password was needed'));

async function groupsOf(email: string, password: string): Promise<unknown> {
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: userPoolId,
      ClientId: clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const [, payload = ''] = AuthenticationResult?.AccessToken?.split('.') ?? [];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return (claims as Record<string, unknown>)['cognito:groups'];
}

test('a new account signs in with its password, and its token says that it is an administrator', async () => {
  const password = generatePassword();

  const made = await make('ada@example.com', () => Promise.resolve(password));

  expect(made).toEqual({ account: 'opened', password });
  expect(await groupsOf('ada@example.com', password)).toEqual([ADMIN_GROUP]);
});

test('an account that is there keeps its password', async () => {
  const password = generatePassword();
  await make('bob@example.com', () => Promise.resolve(password));

  const again = await make('bob@example.com');

  expect(again).toEqual({ account: 'there already' });
  expect(await groupsOf('bob@example.com', password)).toEqual([ADMIN_GROUP]);
});

test('broken off after the account was opened, it goes on with a password', async () => {
  const tooShort = make('eve@example.com', () => Promise.resolve('short'));
  await expect(tooShort).rejects.toThrow('the pool does not take this password');
  const password = generatePassword();

  const made = await make('eve@example.com', () => Promise.resolve(password));

  expect(made.account).toBe('opened before, without a password');
  expect(await groupsOf('eve@example.com', password)).toEqual([ADMIN_GROUP]);
});

test('a group that is missing is found out before a password is set that nobody would see', async () => {
  const pool = await makePool();
  const password = generatePassword();
  const choosePassword = () => Promise.resolve(password);
  const options = { region, userPoolId: pool, email: 'ada@example.com', choosePassword };
  await expect(makeAdministrator(options)).rejects.toThrow(/group/i);
  await cognito.send(new CreateGroupCommand({ UserPoolId: pool, GroupName: ADMIN_GROUP }));

  const made = await makeAdministrator(options);

  expect(made).toEqual({ account: 'opened before, without a password', password });
});

test('without a password to be had no account is opened', async () => {
  await expect(make('nobody@example.com')).rejects.toThrow('no password was needed');

  const question = new AdminGetUserCommand({
    UserPoolId: userPoolId,
    Username: 'nobody@example.com',
  });
  await expect(cognito.send(question)).rejects.toThrow(/not exist/);
});

test('an address that nobody confirmed gets no rights: anybody may have signed up with it', async () => {
  const Password = generatePassword();
  await cognito.send(
    new SignUpCommand({
      ClientId: clientId,
      Username: 'mallory@example.com',
      Password,
      UserAttributes: [{ Name: 'email', Value: 'mallory@example.com' }],
    }),
  );

  await expect(make('mallory@example.com')).rejects.toThrow('has not confirmed the address');
});

test('a disabled account gets no rights', async () => {
  await make('old@example.com', () => Promise.resolve(generatePassword()));
  await cognito.send(
    new AdminDisableUserCommand({ UserPoolId: userPoolId, Username: 'old@example.com' }),
  );

  await expect(make('old@example.com')).rejects.toThrow('is disabled');
});

test('a pool that is gone is a sentence', async () => {
  const options = { region, email: 'ada@example.com', choosePassword: never };

  await expect(
    makeAdministrator({ ...options, userPoolId: 'eu-central-1_Nowhere00' }),
  ).rejects.toThrow('the user pool eu-central-1_Nowhere00 is gone');
});
