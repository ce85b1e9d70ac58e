/** The roles of the pipelines at work: IAM enforced, real Terraform, tokens of GitHub's kind. */
import {
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PROJECT } from '../../contract.ts';
import { boundaryArn, rolePath } from '../../stacks/constructs/boundary.ts';
import type { Environment } from '../../stacks/place.ts';
import { GITHUB } from '../../stacks/testing/pipelines.ts';
import { outcome } from '../emulator/testing/people.ts';
import { stateKeyOf } from '../running/states.ts';
import { type EmulatedPipelines, emulatedPipelines } from './testing/emulated-pipelines.ts';
import { comeAs } from './github-job.ts';

/** Milliseconds: stacks are applied, planned and destroyed, on a machine with other work. */
const PATIENCE = 300_000;

let pipelines: EmulatedPipelines;
let environment: Environment;
let Bucket: string;

beforeAll(async () => {
  pipelines = await emulatedPipelines();
  ({ environment } = pipelines);
  Bucket = environment.stateBucket;
}, PATIENCE);

afterAll(() => pipelines.stop());

test.each([
  ['a pull request that would apply', 'apply', 'repo:octo-org/store:pull_request'],
  ["another environment's job", 'apply', 'repo:octo-org/store:environment:prod'],
  ['a repository of a like name', 'plan', 'repo:octo-org/storefront:pull_request'],
  ['somebody who took over the name', 'plan', 'repo:octo-org@9/store@456789:pull_request'],
] as const)('%s is not let in', async (_, pipeline, subject) => {
  expect(
    await outcome(comeAs({ roleArn: pipelines.roleArn(pipeline), github: GITHUB, subject })),
  ).toBe('denied');
});

test.each([
  ['a token for somebody else than AWS', 'plan', { aud: 'https://example.com' }],
  ['a new repository of an old name', 'plan', { repository_id: '9' }],
  ['a new repository of an old name', 'apply', { repository_id: '9' }],
  ['an environment that another branch names', 'apply', { ref: 'refs/heads/feature' }],
] as const)('%s is not let in', async (_, pipeline, claims) => {
  const job = { plan: 'pull_request', apply: 'environment:dev' }[pipeline];
  const subject = `repo:octo-org/store:${job}`;
  const comes = (others?: Readonly<Record<string, string>>) =>
    outcome(
      comeAs({ roleArn: pipelines.roleArn(pipeline), github: GITHUB, subject, claims: others }),
    );

  expect([await comes(), await comes(claims)]).toEqual(['allowed', 'denied']);
});

test(
  'one role applies and destroys what the other one only plans, without a lock',
  async () => {
    const stacks = ['dev-network', 'dev-identity'] as const;
    const all = (pipeline: 'plan' | 'apply', ...args: readonly string[]) =>
      Promise.all(stacks.map((stack) => pipelines.terraform(pipeline, stack, ...args)));

    const applied = await all('apply', 'apply', '-auto-approve');
    const planned = await all('plan', 'plan', '-detailed-exitcode', '-lock=false');
    const locked = await pipelines.terraform('plan', 'dev-network', 'plan');
    const destroyed = await all('apply', 'destroy', '-auto-approve');

    expect([...applied, ...planned, ...destroyed].map(({ errors }) => errors).join('')).toBe('');
    expect(planned.map(({ code }) => code)).toEqual([0, 0]);
    expect(locked.errors).toContain('Error acquiring the state lock');
  },
  PATIENCE,
);

test('who plans makes new plans, and neither replaces one nor touches a state', async () => {
  const s3 = new S3Client(pipelines.settingsOf('plan'));
  const put = (Key: string, isNew: boolean) =>
    outcome(
      s3.send(
        new PutObjectCommand({ Bucket, Key, Body: 'plan', ...(isNew && { IfNoneMatch: '*' }) }),
      ),
    );

  expect(await put('plans/dev/1.tfplan', true)).toBe('allowed');
  expect(await put('plans/dev/1.tfplan', false)).toBe('denied');
  expect(await put('plans/prod/1.tfplan', true)).toBe('denied');
  expect(await put(stateKeyOf(environment, 'network'), true)).toBe('denied');
});

test('who applies deletes no state, and sees nothing of other states', async () => {
  const s3 = new S3Client(pipelines.settingsOf('apply'));
  const Key = stateKeyOf(environment, 'network');
  const registry = { Bucket, Key: `${PROJECT}-registry.tfstate` };

  const lock = outcome(s3.send(new DeleteObjectCommand({ Bucket, Key: `${Key}.tflock` })));
  const forbidden = await Promise.all([
    outcome(s3.send(new DeleteObjectCommand({ Bucket, Key }))),
    outcome(s3.send(new GetObjectCommand(registry))),
    outcome(s3.send(new PutObjectCommand({ ...registry, Body: '{}' }))),
    outcome(s3.send(new PutObjectCommand({ Bucket, Key: 'prod-network.tfstate', Body: '{}' }))),
  ]);

  expect(await lock).toBe('allowed');
  expect(forbidden).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('who applies makes no role that could do more than its environment', async () => {
  const iam = new IAMClient(pipelines.settingsOf('apply'));
  const AssumeRolePolicyDocument = '{}';
  const make = (RoleName: string, Path: string, PermissionsBoundary?: string) =>
    outcome(
      iam.send(
        new CreateRoleCommand({
          RoleName,
          Path,
          AssumeRolePolicyDocument,
          ...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
        }),
      ),
    );
  const [path, boundary] = [rolePath(environment), boundaryArn(environment)];
  const made = await make('bound', path, boundary);
  const forbidden = await Promise.all([
    make('free', path),
    make('elsewhere', '/', boundary),
    make(
      'otherwise',
      path,
      `arn:aws:iam::${environment.accountId}:policy/${PROJECT}/prod/${PROJECT}-prod-boundary`,
    ),
    outcome(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'bound' }))),
    outcome(
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn: boundary,
          PolicyDocument: '{}',
          SetAsDefault: true,
        }),
      ),
    ),
    outcome(
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: `${environment.prefix}-apply`,
          PolicyDocument: '{}',
        }),
      ),
    ),
  ]);

  expect(made).toBe('allowed');
  expect(new Set(forbidden)).toEqual(new Set(['denied']));
});

test('who applies leaves the keys of other environments and of the account alone', async () => {
  const root = new KMSClient({});
  const kms = new KMSClient(pipelines.settingsOf('apply'));
  const outcomes: string[] = [];
  for (const TagValue of ['dev', 'prod', 'shared']) {
    const Tags = [{ TagKey: 'Environment', TagValue }];
    const { KeyMetadata } = await root.send(new CreateKeyCommand({ Tags }));
    const KeyId = KeyMetadata?.KeyId;
    outcomes.push(await outcome(kms.send(new DisableKeyCommand({ KeyId }))));
  }

  expect(outcomes).toEqual(['allowed', 'denied', 'denied']);
});

test('neither role reads the login of the service', async () => {
  const Name = `${environment.prefix}-application-login`;
  const root = new SecretsManagerClient({});
  await root.send(new CreateSecretCommand({ Name, SecretString: 'secret' }));
  const read = (settings: object) =>
    outcome(new SecretsManagerClient(settings).send(new GetSecretValueCommand({ SecretId: Name })));

  expect(await read({})).toBe('allowed');
  expect(await read(pipelines.settingsOf('plan'))).toBe('denied');
  expect(await read(pipelines.settingsOf('apply'))).toBe('denied');
});
