import { CreateLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../contract.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { clientSettings } from '../emulator/testing/both.ts';
import { askJson, askQuery } from './aws-question.ts';
import { leftovers } from './leftovers.ts';

const account = { accountId: '123456789012', region: 'eu-central-1' };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ ...account, authenticated: true });
});
afterEach(() => emulator.stop());

const place = () => ({ ...account, endpoint: emulator.endpoint });

function ec2(Action: string, parameters: Readonly<Record<string, string>>) {
  return askQuery(place(), 'ec2', { Action, Version: '2016-11-15', ...parameters });
}

async function makeNetwork(): Promise<string> {
  const xml = await ec2('CreateVpc', { CidrBlock: '10.9.0.0/16' });
  const id = /<vpcId>([^<]+)</.exec(xml)?.[1] ?? '';
  await ec2('CreateTags', { 'ResourceId.1': id, 'Tag.1.Key': 'Project', 'Tag.1.Value': PROJECT });
  return id;
}

test('nothing of an account that nobody has used is left over', async () => {
  expect(await leftovers(place())).toEqual([]);
});

test('what was made is named', async () => {
  const settings = clientSettings(emulator);
  await new S3Client(settings).send(new CreateBucketCommand({ Bucket: 'forgotten' }));
  await new CloudWatchLogsClient(settings).send(new CreateLogGroupCommand({ logGroupName: '/x' }));
  const vpc = await makeNetwork();

  expect((await leftovers(place())).toSorted()).toEqual([
    'cloudwatch log group /x',
    `part of the network ${vpc}`,
    's3 bucket forgotten',
  ]);
});

test('a network that is deleted is not left, whatever its tags', async () => {
  const VpcId = await makeNetwork();
  const before = await leftovers(place());

  await ec2('DeleteVpc', { VpcId });

  expect([before, await leftovers(place())]).toEqual([[`part of the network ${VpcId}`], []]);
});

test('a key is left until its deletion is only a matter of time', async () => {
  const kms = new KMSClient(clientSettings(emulator));
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'States' }));
  const KeyId = KeyMetadata?.KeyId;
  const before = await leftovers(place());

  await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));

  expect([before, await leftovers(place())]).toEqual([[`kms key ${KeyId} (States)`], []]);
});

const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/a/b',
  ScalableDimension: 'ecs:service:DesiredCount',
};

const ANYTHING = { Type: 'TAG_FILTERS_1_0', Query: '{}' };

const SCHEDULE = {
  ScheduleExpression: 'rate(1 day)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: {
    Arn: 'arn:aws:sqs:eu-central-1:123456789012:queue',
    RoleArn: 'arn:aws:iam::123456789012:role/schedules',
  },
};

/** What has no client here: kind and name of each, how it is made and how deleted. */
const UNUSUAL: readonly {
  readonly line: string;
  readonly made: () => Promise<unknown>;
  readonly deleted: () => Promise<unknown>;
}[] = [
  {
    line: 'appautoscaling target service/a/b',
    made: () => scaling('RegisterScalableTarget', { ...TARGET, MinCapacity: 1, MaxCapacity: 2 }),
    deleted: () => scaling('DeregisterScalableTarget', TARGET),
  },
  {
    line: 'cloudwatch log resource policy mine',
    made: () => logs('PutResourcePolicy', { policyName: 'mine', policyDocument: '{}' }),
    deleted: () => logs('DeleteResourcePolicy', { policyName: 'mine' }),
  },
  {
    line: 'db parameter group mine',
    made: () => rds('CreateDBParameterGroup', { DBParameterGroupFamily: 'postgres17' }),
    deleted: () => rds('DeleteDBParameterGroup', {}),
  },
  {
    line: 'resourcegroups group mine',
    made: () => groups('/groups', { Name: 'mine', ResourceQuery: ANYTHING }),
    deleted: () => groups('/delete-group', { GroupName: 'mine' }),
  },
  {
    line: 'scheduler schedule mine',
    made: () => schedule('POST'),
    deleted: () => schedule('DELETE'),
  },
];

function scaling(action: string, input: object) {
  const target = `AnyScaleFrontendService.${action}`;
  return askJson(place(), 'application-autoscaling', { target, ...input });
}

function logs(action: string, input: object) {
  return askJson(place(), 'logs', { target: `Logs_20140328.${action}`, ...input });
}

function rds(Action: string, input: Readonly<Record<string, string>>) {
  const group = { DBParameterGroupName: 'mine', Description: 'a test' };
  return askQuery(place(), 'rds', { Action, Version: '2014-10-31', ...group, ...input });
}

function groups(path: string, input: object) {
  const there = { ...place(), endpoint: `${emulator.endpoint}${path}` };
  return askJson(there, 'resource-groups', { target: '', ...input });
}

async function schedule(method: 'POST' | 'DELETE') {
  const scope = `${account.accountId}/20260101/${account.region}/scheduler/aws4_request`;
  const response = await fetch(`${emulator.endpoint}/schedules/mine`, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    ...(method === 'POST' && { body: JSON.stringify(SCHEDULE) }),
  });
  expect(response.ok).toBe(true);
}

test('what is rarely thought of is named, until it is deleted', async () => {
  for (const { made } of UNUSUAL) await made();
  const before = await leftovers(place());

  for (const { deleted } of UNUSUAL) await deleted();

  expect(before.toSorted()).toEqual(UNUSUAL.map(({ line }) => line));
  expect(await leftovers(place())).toEqual([]);
});
