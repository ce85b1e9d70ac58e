/** Checkov itself: that it finds what is planted, is silenced where it shall be, and is not fooled. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { someTable } from '../../stacks/testing/some-table.ts';
import type { Waiver } from '../../stacks/policies/waiver.ts';
import { baseline, judge } from './judgement.ts';
import { isCleanBut, scan } from './scan.ts';
import { legible, writeStacks } from './stacks.ts';

const UNENCRYPTED = 'CKV_AWS_27';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkov-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A stack with queues that nobody encrypts, written as cdktf does. */
async function plant(stack: string, ...queues: readonly string[]): Promise<string> {
  const resources = queues.map((queue) => [
    `${queue}_1A2B`,
    {
      name: queue,
      sqs_managed_sse_enabled: false,
      '//': { metadata: { path: `${stack}/${queue}` } },
    },
  ]);
  const text = {
    resource: { aws_sqs_queue: Object.fromEntries(resources) as object },
    terraform: { required_version: '>= 1.11' },
  };
  await mkdir(join(folder, stack));
  await writeFile(join(folder, stack, 'cdk.tf.json'), legible(JSON.stringify(text)));
  return stack;
}

function waiverFor(path: string): Waiver {
  const reason = 'Nothing is ever written to it';
  return { rule: UNENCRYPTED, path, reason, owner: 'somebody', expires: '2027-05-31' };
}

/** What checkov alone says with the exported skips. */
async function isSilencedBy(waiver: Waiver, stacks: readonly string[]): Promise<boolean> {
  const { findings } = judge((await scan(folder, stacks)).findings, [waiver]);
  await writeFile(join(folder, 'waived.json'), JSON.stringify(baseline(findings)));
  return isCleanBut(folder, 'waived.json');
}

test('an unencrypted queue is found, with the path of its construct', async () => {
  const stack = await plant('dev-service', 'queue');

  const { findings } = await scan(folder, [stack]);

  expect(findings).toContainEqual(
    expect.objectContaining({ check: UNENCRYPTED, stack, path: 'dev-service/queue' }),
  );
});

test('an exported waiver silences exactly its resource', async () => {
  const alone = await plant('dev-service', 'queue');

  expect(await isSilencedBy(waiverFor('*-service/queue'), [alone])).toBe(true);
});

test('its neighbour is still found', async () => {
  const stack = await plant('dev-service', 'queue', 'other');

  expect(await isSilencedBy(waiverFor('*-service/queue'), [stack])).toBe(false);
});

test('and so is one of the same name in another stack', async () => {
  const stacks = [await plant('dev-service', 'queue'), await plant('prod-service', 'queue')];

  expect(await isSilencedBy(waiverFor('dev-service/queue'), stacks)).toBe(false);
});

test('a check that breaks is a finding, which names check, file and construct', async () => {
  const stack = await plant('dev-service');
  const bucket = '${aws_s3_bucket.bucket_1A2B.id}';
  const at = (path: string) => ({ '//': { metadata: { path: `dev-service/${path}` } } });
  // A list of one, which AWS takes and CKV_AWS_379 of checkov 3.3.30 does not expect.
  const Condition = { Bool: { 'aws:SecureTransport': ['false'] } };
  const policy = JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 's3:*', Condition }] });
  const resource = {
    aws_s3_bucket: { bucket_1A2B: { bucket: 'x', ...at('bucket') } },
    aws_s3_bucket_acl: { acl_1A2B: { bucket, acl: 'public-read', ...at('acl') } },
    aws_s3_bucket_policy: { policy_1A2B: { bucket, policy, ...at('policy') } },
  };
  await writeFile(join(folder, stack, 'cdk.tf.json'), JSON.stringify({ resource }));

  const { findings } = await scan(folder, [stack]);

  expect(findings.filter(({ check }) => check === 'CKV_AWS_379')).toEqual([
    expect.objectContaining({
      stack,
      path: 'dev-service/acl',
      title: expect.stringContaining(
        'broke, at aws_s3_bucket_acl.acl_1A2B of /dev-service/cdk.tf.json',
      ),
    }),
  ]);
});

test('an empty folder is no success', async () => {
  await expect(scan(folder, [])).rejects.toThrow('has read nothing of what is in the folder');
});

test('nor is a stack that checkov cannot read, as cdktf writes them', async () => {
  const stacks = [await plant('dev-network', 'queue'), await plant('dev-service', 'queue')];
  const file = join(folder, 'dev-service/cdk.tf.json');
  const readable = JSON.parse(await readFile(file, 'utf8')) as object;
  const asWritten = { ...readable, terraform: { required_version: '>= 1.11' } };
  await writeFile(file, JSON.stringify(asWritten));

  await expect(scan(folder, stacks)).rejects.toThrow(
    /has read nothing of [^,]*\/dev-service\/cdk\.tf\.json, which is no success/,
  );
});

test('the stacks of a table are read, and what its settings could build', async () => {
  const stacks = await writeStacks({ trial: someTable.staging }, folder);

  const { findings, passed } = await scan(folder, stacks);

  const inFolder = (name: string) =>
    new Set(findings.filter(({ stack }) => stack.startsWith(name)).map(({ check }) => check));
  expect([...passed.keys()]).toContain('stacks/trial-service');
  // Without TLS, and with access logs, which no key of ours can encrypt: staging has neither.
  expect(inFolder('stacks/')).not.toContain('CKV_AWS_2');
  expect(inFolder('open/')).toContain('CKV_AWS_2');
  expect(inFolder('stacks/')).not.toContain('CKV_AWS_145');
  expect(inFolder('closed/')).toContain('CKV_AWS_145');
});
