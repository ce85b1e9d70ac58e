import { CreateLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../contract.ts';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { clientSettings } from '../emulator/testing/both.ts';
import { askQuery } from './aws-question.ts';
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
    'bucket forgotten',
    'log group /x',
    `part of the network ${vpc}`,
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

  expect([before, await leftovers(place())]).toEqual([[`key ${KeyId} (States)`], []]);
});
