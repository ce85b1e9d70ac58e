import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeDBParameterGroupsCommand, RDSClient } from '@aws-sdk/client-rds';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, REGION, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Whoever may make and see roles below a path does so there, and elsewhere. */
async function roles(emulator: Emulator) {
  const iam = new IAMClient(
    await settingsOf(emulator, {
      Action: ['iam:CreateRole', 'iam:GetRole'],
      Resource: `arn:aws:iam::${ACCOUNT}:role/store/dev/*`,
    }),
  );
  const role = (RoleName: string, Path: string) =>
    outcome(iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: '{}' })));
  return [
    await role('in', '/store/dev/'),
    await outcome(iam.send(new GetRoleCommand({ RoleName: 'in' }))),
    await role('out', '/store/'),
  ];
}

test('a role is asked about with its path', async () => {
  expect(await roles(both.filled)).toEqual(['allowed', 'allowed', 'denied']);
  // Without our filler the path is nowhere in it.
  expect(await roles(both.plain)).toEqual(['denied', 'denied', 'denied']);
});

/** Whoever may make groups of targets and see groups of parameters of a name, asks for others too. */
async function others(emulator: Emulator) {
  const base = `${REGION}:${ACCOUNT}`;
  const settings = await settingsOf(
    emulator,
    {
      Action: 'elasticloadbalancing:CreateTargetGroup',
      Resource: `arn:aws:elasticloadbalancing:${base}:targetgroup/store-*`,
    },
    {
      Action: 'rds:DescribeDBParameterGroups',
      Resource: `arn:aws:rds:${base}:pg:store-*`,
    },
  );
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const make = (Name: string) => outcome(balancing.send(new CreateTargetGroupCommand({ Name })));
  const rds = new RDSClient(settings);
  const see = (DBParameterGroupName: string) =>
    outcome(rds.send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName })));
  return [
    await make('store-tasks'),
    await make('other'),
    await see('store-dev'),
    await see('other'),
  ];
}

test('what is made, and what has a name, is asked about by its kind and name', async () => {
  expect(await others(both.filled)).toEqual(['allowed', 'denied', 'allowed', 'denied']);
  // Without our filler they are asked about as everything there is.
  expect(await others(both.plain)).toEqual(['denied', 'denied', 'denied', 'denied']);
});
