import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { IMAGE_DIGEST_PARAMETER, PROJECT } from '../../contract.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { withReleaseLock } from '../release/lock.ts';
import { writeRecord } from '../running/records.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { releaseFindings } from './releases.ts';
import { secretFindings } from './secrets.ts';
import { serviceFindings } from './service.ts';
import { stackFindings } from './stacks.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

let dev: EmulatedDev;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});
afterAll(() => dev.emulator.stop());

const record = {
  kind: 'release',
  begun: '2026-01-02T03:04:05.000Z',
  ended: '2026-01-02T03:09:05.000Z',
  who: 'arn:aws:iam::123456789012:user/ada',
  digest: DIGEST,
  commit: 'abc',
  checkout: 'abc',
  outcome: 'succeeded',
  plans: {},
  schema: { build: 12, minimumBuild: 10 },
} as const;

test('of an empty account nothing is well, and nothing fails', async () => {
  const parts = await Promise.all([
    stackFindings(dev.environment),
    serviceFindings(dev.environment),
    releaseFindings(dev.environment),
    secretFindings(dev.environment),
  ]);

  const findings = parts.flat();
  expect(findings.filter(({ isWell }) => isWell).map(({ what }) => what)).toEqual(['lock']);
});

test('a stack is applied when its state has resources', async () => {
  await dev.putState('network', { aws_vpc: { id: 'vpc-1' } });
  await dev.putState('database', {});

  const findings = await stackFindings(dev.environment);

  expect(findings).toHaveLength(STACKS.length);
  expect(findings).toContainEqual({
    what: 'stack network',
    text: expect.stringMatching(/^1 resources, changed \d{4}-.*Z \(0 min ago\)$/),
    isWell: true,
  });
  expect(findings).toContainEqual({ what: 'stack database', text: 'not applied', isWell: false });
});

test('the last release counts, the schema is of the last that told it', async () => {
  await writeRecord(dev.environment, record);
  const { schema: _, ...withoutSchema } = record;
  await writeRecord(dev.environment, {
    ...withoutSchema,
    begun: '2026-01-03T03:04:05.000Z',
    outcome: 'failed',
    reason: 'the migration ended with 1\nand more',
  });

  const [last, schema] = await releaseFindings(dev.environment);

  expect(last).toMatchObject({ isWell: false });
  expect(last?.text).toContain('failed: the migration ended with 1,');
  expect(schema).toMatchObject({ isWell: true, text: expect.stringContaining('build 12') });
});

test('who is releasing is told, and is nothing bad', async () => {
  const findings = await withReleaseLock(dev.environment, 'ada', () =>
    releaseFindings(dev.environment),
  );

  expect(findings.at(-1)).toMatchObject({
    isWell: true,
    text: expect.stringMatching(/^ada is at work, since 2/),
  });
});

test('an image that was released and does not run is not well', async () => {
  const ssm = new SSMClient({ region: dev.environment.region });
  await ssm.send(
    new PutParameterCommand({
      Name: `/${PROJECT}/dev/${IMAGE_DIGEST_PARAMETER}`,
      Value: DIGEST,
      Type: 'String',
    }),
  );

  expect(await serviceFindings(dev.environment)).toContainEqual({
    what: 'image',
    text: `${DIGEST} was released, but none runs`,
    isWell: false,
  });
});

test("the age of the service's login is that of its secret", async () => {
  const secrets = new SecretsManagerClient({ region: dev.environment.region });
  const Name = `${dev.environment.prefix}-application-login`;
  await secrets.send(new CreateSecretCommand({ Name, SecretString: '{}' }));

  const [login] = await secretFindings(dev.environment);

  expect(login).toMatchObject({ isWell: true, text: expect.stringContaining('0 min ago') });
});

test('a rotation that failed counts until the next one has written the login', async () => {
  const { prefix, region } = dev.environment;
  const logs = new CloudWatchLogsClient({ region });
  const where = { logGroupName: `/aws/events/${prefix}-task-failures`, logStreamName: 'one' };
  await logs.send(new CreateLogGroupCommand({ logGroupName: where.logGroupName }));
  await logs.send(new CreateLogStreamCommand(where));
  const failed = (family: string) => ({
    timestamp: Date.now(),
    message: JSON.stringify({
      detail: {
        group: `family:${prefix}-${family}`,
        stoppedReason: 'Essential container in task exited',
        containers: [{ exitCode: 1 }],
      },
    }),
  });

  const before = await rotationOf(dev);
  await logs.send(new PutLogEventsCommand({ ...where, logEvents: [failed('migrate')] }));
  const afterMigration = await rotationOf(dev);
  await logs.send(new PutLogEventsCommand({ ...where, logEvents: [failed('rotate')] }));
  const afterFailure = await rotationOf(dev);
  await nextRotation(dev);

  for (const finding of [before, afterMigration]) {
    expect(finding).toMatchObject({ isWell: true });
  }
  expect(afterFailure).toMatchObject({
    isWell: false,
    text: expect.stringMatching(
      /^failed \d{4}-.* \(0 min ago\): ended with 1: Essential container .*npm run rotate -- dev makes it good$/,
    ),
  });
});

async function rotationOf({ environment }: Pick<EmulatedDev, 'environment'>) {
  const findings = await secretFindings(environment);
  return findings.find(({ what }) => what === 'rotation');
}

/** Until the emulator's clock, which has whole seconds, is beyond the failure. */
async function nextRotation({ environment }: Pick<EmulatedDev, 'environment'>): Promise<void> {
  const client = new SecretsManagerClient({ region: environment.region });
  const SecretId = `${environment.prefix}-application-login`;
  const write = new PutSecretValueCommand({ SecretId, SecretString: '{}' });
  do await client.send(write);
  while ((await rotationOf({ environment }))?.isWell === false);
}
