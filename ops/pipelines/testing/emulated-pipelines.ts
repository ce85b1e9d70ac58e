/** An emulated account with IAM enforced, its registry stack applied, and both roles taken on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { GITHUB } from '../../../stacks/testing/pipelines.ts';
import { someTable } from '../../../stacks/testing/some-table.ts';
import { find, synthesise } from '../../deployment/synthesis.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { Terraform } from '../../terraform/terraform.ts';
import type { Outcome } from '../../terraform/execution.ts';
import { comeAs } from '../github-job.ts';

const ACCOUNT = '123456789012';

type Keys = Readonly<Record<string, string>>;
type Pipeline = 'plan' | 'apply';

export interface EmulatedPipelines {
  readonly environment: Environment;
  readonly roleArn: (pipeline: Pipeline) => string;
  /** Terraform in a stack's folder, as one of the roles. */
  readonly terraform: (
    pipeline: Pipeline,
    stack: string,
    ...args: readonly string[]
  ) => Promise<Outcome>;
  /** For AWS's clients, as one of the roles. */
  readonly settingsOf: (pipeline: Pipeline) => object;
  readonly stop: () => Promise<void>;
}

/** AWS's clients of this process ask it from now on, as root. */
export async function emulatedPipelines(): Promise<EmulatedPipelines> {
  const table = { dev: { ...someTable.dev, accountId: ACCOUNT, github: GITHUB } };
  const { environment } = find(table, 'dev');
  const { region, prefix, stateBucket } = environment;
  const folder = await mkdtemp(join(tmpdir(), 'pipelines-test-'));
  const emulator = await startEmulator({ accountId: ACCOUNT, region, authenticated: true });
  Object.assign(process.env, emulator.environment, { STORE_STATE_BUCKET: '' });
  await makeBucket(stateBucket);
  await synthesise(table, folder);
  const run = async (terraform: Terraform, stack: string, ...args: readonly string[]) => {
    const place = join(folder, 'stacks', stack);
    const connected = await terraform.init(place, '-reconfigure');
    if (connected.code !== 0) return connected;
    return terraform.run(place, ...args, '-input=false', '-no-color');
  };
  const root = await Terraform.find(emulator.environment);
  const registry = await run(root, `${PROJECT}-registry`, 'apply', '-auto-approve');
  if (registry.code !== 0) throw new Error(registry.errors);
  const roleArn = (pipeline: Pipeline) =>
    `arn:aws:iam::${ACCOUNT}:role/${PROJECT}-pipelines/${prefix}-${pipeline}`;
  const keys = await comeIn(roleArn);
  const programs = {
    plan: await Terraform.find({ ...emulator.environment, ...keys.plan }),
    apply: await Terraform.find({ ...emulator.environment, ...keys.apply }),
  };
  return {
    environment,
    roleArn,
    terraform: (pipeline, stack, ...args) => run(programs[pipeline], stack, ...args),
    settingsOf: (pipeline) => settingsOf(keys[pipeline]),
    stop: async () => {
      await emulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As far as the bootstrap's matters here. */
async function makeBucket(Bucket: string): Promise<void> {
  const s3 = new S3Client({});
  await s3.send(new CreateBucketCommand({ Bucket }));
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } };
  const ServerSideEncryptionConfiguration = { Rules: [rule] };
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
}

/** As a pull request, by its ids, and as a job of the environment, by its names. */
async function comeIn(roleArn: (pipeline: Pipeline) => string): Promise<Record<Pipeline, Keys>> {
  const { repository, ownerId, repositoryId } = GITHUB;
  const [owner, name] = repository.split('/');
  const pullRequest = `repo:${owner}@${ownerId}/${name}@${repositoryId}:pull_request`;
  return {
    plan: await comeAs({
      roleArn: roleArn('plan'),
      github: GITHUB,
      subject: pullRequest,
      claims: { ref: 'refs/pull/1/merge' },
    }),
    apply: await comeAs({
      roleArn: roleArn('apply'),
      github: GITHUB,
      subject: `repo:${repository}:environment:dev`,
    }),
  };
}

function settingsOf(keys: Keys) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = keys;
  return {
    maxAttempts: 1,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  };
}
