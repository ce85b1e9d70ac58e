import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, clientSettings, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

const IAM = `arn:aws:iam::${ACCOUNT}`;
const BOUNDARY = `${IAM}:policy/boundary`;
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

const role = (RoleName: string, PermissionsBoundary?: string) =>
  new CreateRoleCommand({
    RoleName,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
    ...(PermissionsBoundary && { PermissionsBoundary }),
  });

/** Makes a role with the boundary, then one without it. */
async function boundaries(emulator: Emulator) {
  const Condition = { StringEquals: { 'iam:PermissionsBoundary': BOUNDARY } };
  const iam = new IAMClient(
    await settingsOf(emulator, { Action: ['iam:CreateRole', 'iam:AttachRolePolicy'], Condition }),
  );
  const root = new IAMClient(clientSettings(emulator));
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  });
  await root.send(new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument }));
  await root.send(role('free'));
  await root.send(role('bound', BOUNDARY));
  const attach = (RoleName: string) =>
    iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: READ_ONLY }));
  return [
    await outcome(iam.send(role('with', BOUNDARY))),
    await outcome(iam.send(role('without'))),
    await outcome(attach('bound')),
    await outcome(attach('free')),
  ];
}

test('a condition on the boundary looks at the new role’s, and at the changed role’s', async () => {
  expect(await boundaries(both.filled)).toEqual(['allowed', 'denied', 'allowed', 'denied']);
  // Without our filler nobody may.
  expect(await boundaries(both.plain)).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('a condition on the policy looks at what is attached', async () => {
  const Condition = { ArnEquals: { 'iam:PolicyARN': READ_ONLY } };
  const iam = new IAMClient(
    await settingsOf(both.filled, { Action: 'iam:AttachRolePolicy', Condition }),
  );
  const attach = (PolicyArn: string) =>
    outcome(iam.send(new AttachRolePolicyCommand({ RoleName: 'free', PolicyArn })));

  const outcomes = [await attach(READ_ONLY), await attach(`${IAM}:policy/other`)];

  expect(outcomes).toEqual(['allowed', 'denied']);
});

test('twelve digits as the key are the root of that account', async () => {
  const sts = new STSClient(clientSettings(both.filled));

  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));

  expect(Arn).toBe(`${IAM}:root`);
});
