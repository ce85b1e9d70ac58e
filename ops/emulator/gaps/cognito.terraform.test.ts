import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

const Username = 'admin@example.com';
const Password = 'A-long-enough-password-1';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** A pool as ours, with the client of a terminal. */
async function makePool(emulator: Emulator, more: Partial<CreateUserPoolCommandInput> = {}) {
  const cognito = new CognitoIdentityProviderClient(clientSettings(emulator));
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: 'store', UsernameAttributes: ['email'], ...more }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'command-line',
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    }),
  );
  return { cognito, UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' };
}

type Pool = Awaited<ReturnType<typeof makePool>>;

const signIn = ({ cognito, UserPoolId, ClientId }: Pool, USERNAME = Username) =>
  cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: Password },
    }),
  );

const signInPublicly = ({ cognito, ClientId }: Pool) =>
  cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );

const signUp = ({ cognito, ClientId }: Pool) =>
  cognito.send(new SignUpCommand({ ClientId, Username: 'buyer@example.com', Password }));

const deletePool = ({ cognito, UserPoolId }: Pool) =>
  cognito.send(new DeleteUserPoolCommand({ UserPoolId }));

async function makeAdmin({ cognito, UserPoolId }: Pool): Promise<void> {
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'admin' }));
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }),
  );
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: 'admin' }));
}

test('an admin’s token says so', async () => {
  const pool = await makePool(both.filled);
  await makeAdmin(pool);

  const { AuthenticationResult } = await signIn(pool);
  const [, claims = ''] = AuthenticationResult?.AccessToken?.split('.') ?? [];

  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    iss: `https://cognito-idp.eu-central-1.amazonaws.com/${pool.UserPoolId}`,
    token_use: 'access',
    client_id: pool.ClientId,
    'cognito:groups': ['admin'],
  });
});

test('who signed up signs in once confirmed', async () => {
  const pool = await makePool(both.filled);
  const { cognito, UserPoolId } = pool;
  await signUp(pool);
  await expect(signIn(pool, 'buyer@example.com')).rejects.toMatchObject({
    name: 'UserNotConfirmedException',
  });

  await cognito.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: 'buyer@example.com' }));
  const { AuthenticationResult } = await signIn(pool, 'buyer@example.com');

  expect(AuthenticationResult?.AccessToken).toMatch(/^eyJ/);
});

test('a person is made once and deleted once', async () => {
  const pool = await makePool(both.filled);
  const { cognito, UserPoolId } = pool;
  const person = { UserPoolId, Username };
  await makeAdmin(pool);

  await expect(cognito.send(new AdminCreateUserCommand(person))).rejects.toMatchObject({
    name: 'UsernameExistsException',
  });
  await cognito.send(new AdminDeleteUserCommand(person));
  const unknown = { name: 'UserNotFoundException' };
  await expect(cognito.send(new AdminDeleteUserCommand(person))).rejects.toMatchObject(unknown);
  await expect(cognito.send(new AdminGetUserCommand(person))).rejects.toMatchObject(unknown);
});

test('a closed way is refused: to sign in, to sign up, to delete the pool', async () => {
  const pool = await makePool(both.filled, {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    DeletionProtection: 'ACTIVE',
  });
  await makeAdmin(pool);

  await expect(signInPublicly(pool)).rejects.toThrow('flow not enabled for this client');
  await expect(signUp(pool)).rejects.toThrow('SignUp is not permitted');
  await expect(deletePool(pool)).rejects.toThrow('deletion protection is activated');
});

test('without our filler all of these are open', async () => {
  const pool = await makePool(both.plain, {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    DeletionProtection: 'ACTIVE',
  });
  await makeAdmin(pool);

  await expect(signInPublicly(pool)).resolves.toHaveProperty('AuthenticationResult');
  await expect(signUp(pool)).resolves.toHaveProperty('UserSub');
  await expect(deletePool(pool)).resolves.toBeDefined();
});
