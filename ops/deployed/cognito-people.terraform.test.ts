import {
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { ADMIN_GROUP } from '../../contract.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { CognitoPeople } from './cognito-people.ts';

let emulator: Emulator;
const before = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator({ accountId: '123456789012', region: 'eu-central-1' });
  Object.assign(process.env, emulator.environment);
});
afterAll(async () => {
  process.env = before;
  await emulator.stop();
});

async function newPool({ invitedOnly = false } = {}) {
  const client = new CognitoIdentityProviderClient({});
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({
      PoolName: 'people',
      UsernameAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: invitedOnly },
    }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  await client.send(new CreateGroupCommand({ UserPoolId, GroupName: ADMIN_GROUP }));
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'tests',
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  const pool = { userPoolId: UserPoolId, clientId: UserPoolClient?.ClientId ?? '' };
  const emails = async () => {
    const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId }));
    return Users.map(
      ({ Attributes = [] }) => Attributes.find(({ Name }) => Name === 'email')?.Value,
    );
  };
  return { pool, emails };
}

function claimsOf({ authorization }: { authorization: string }): Record<string, unknown> {
  const [, claims = ''] = authorization.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
}

test('people sign up and are made, with tokens of the pool that name them', async () => {
  const { pool, emails } = await newPool();
  const people = new CognitoPeople(pool);

  const [ada, bob] = [await people.newCustomer(), await people.newCustomer()];

  for (const { id, authorization } of [ada, bob]) {
    expect(claimsOf({ authorization })).toMatchObject({
      sub: id,
      token_use: 'access',
      client_id: pool.clientId,
    });
  }
  expect(ada.id).not.toBe(bob.id);
  const all = await emails();
  expect(all).toContainEqual(expect.stringMatching(/^success\+.*@simulator\.amazonses\.com$/));
  expect(all).toContainEqual(expect.stringMatching(/@example\.com$/));
});

test('an admin is in the group of admins, a customer is not', async () => {
  const { pool } = await newPool();
  const people = new CognitoPeople(pool);

  const [admin, customer] = [await people.newAdmin(), await people.newCustomer()];

  expect(claimsOf(admin)).toMatchObject({ 'cognito:groups': [ADMIN_GROUP] });
  expect(claimsOf(customer)).not.toHaveProperty('cognito:groups');
});

test('where nobody may sign up, customers are made like the others', async () => {
  const { pool, emails } = await newPool({ invitedOnly: true });

  await new CognitoPeople(pool).newCustomer();

  expect(await emails()).toEqual([expect.stringMatching(/@example\.com$/)]);
});

test('nobody is left in the pool', async () => {
  const { pool, emails } = await newPool();
  const people = new CognitoPeople(pool);
  await Promise.all([people.newAdmin(), people.newCustomer(), people.newCustomer()]);
  const made = await emails();

  await people.remove();

  expect(made).toHaveLength(3);
  expect(await emails()).toEqual([]);
});
