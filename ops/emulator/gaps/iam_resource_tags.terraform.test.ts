import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { emulatedRole } from '../../permissions/testing/emulated-role.ts';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Of two pools, by somebody who may look at those of `dev`. */
async function looks(emulator: Emulator) {
  const root = new CognitoIdentityProviderClient(clientSettings(emulator));
  const Condition = { StringEquals: { 'aws:ResourceTag/Environment': 'dev' } };
  const cognito = new CognitoIdentityProviderClient(
    await settingsOf(emulator, { Action: 'cognito-idp:DescribeUserPool', Condition }),
  );
  const outcomes: string[] = [];
  for (const Environment of ['dev', 'prod']) {
    const { UserPool } = await root.send(
      new CreateUserPoolCommand({ PoolName: Environment, UserPoolTags: { Environment } }),
    );
    const look = new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id });
    outcomes.push(await outcome(cognito.send(look)));
  }
  return outcomes;
}

test('a condition on the tags of a user pool looks at them', async () => {
  expect(await looks(both.filled)).toEqual(['allowed', 'denied']);
  // Without our filler nobody may.
  expect(await looks(both.plain)).toEqual(['denied', 'denied']);
});

/** Of two secrets, by a role that may read all, within a boundary that has those of `dev`. */
async function reads(emulator: Emulator) {
  const root = new SecretsManagerClient(clientSettings(emulator));
  const Condition = { StringEquals: { 'aws:ResourceTag/Environment': 'dev' } };
  const everything = { Action: 'secretsmanager:*' };
  const secrets = new SecretsManagerClient(
    await emulatedRole(emulator, [everything], [{ ...everything, Condition }]),
  );
  const outcomes: string[] = [];
  for (const Name of ['dev', 'prod']) {
    const Tags = [{ Key: 'Environment', Value: Name }];
    await root.send(new CreateSecretCommand({ Name, SecretString: 'a', Tags }));
    outcomes.push(await outcome(secrets.send(new GetSecretValueCommand({ SecretId: Name }))));
  }
  return outcomes;
}

test('a condition of a boundary looks at the tags', async () => {
  expect(await reads(both.filled)).toEqual(['allowed', 'denied']);
  // Without our filler nobody may.
  expect(await reads(both.plain)).toEqual(['denied', 'denied']);
});
