/** Two emulated accounts, each with its registry and bucket; IAM's policies are enforced. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateRepositoryCommand,
  ECRClient,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../../stacks/place.ts';
import { someTable } from '../../../stacks/testing/some-table.ts';
import { synthesiseStore } from '../../../stacks/testing/synthesise-store.ts';
import { find, type Table } from '../../deployment/synthesis.ts';
import { credentialsOf, type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { somebodyWho } from '../../emulator/testing/people.ts';
import { repositoryName } from '../../running/names.ts';

const SOURCE = '111111111111';
const TARGET = '222222222222';

/** What whoever promotes needs of the registries and the records, and no more. */
const MAY_PROMOTE = [
  {
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Resource: `arn:aws:ecr:*:*:repository/${repositoryName}`,
  },
  {
    Action: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:CompleteLayerUpload',
      'ecr:DescribeImages',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
    ],
    Resource: `arn:aws:ecr:*:${TARGET}:repository/${repositoryName}`,
  },
  { Action: ['s3:ListBucket', 's3:GetObject'], Resource: `arn:aws:s3:::*${TARGET}*` },
];

export interface TwoAccounts {
  readonly emulator: Emulator;
  /** `dev` is in one account, `staging` in the other, `faraway` there too but in another region. */
  readonly table: Table;
  readonly environmentOf: (name: keyof typeof TABLE) => Environment;
  /** Of AWS's configuration, with keys of the account of `dev`. */
  readonly profile: string;
  /** AWS's clients of this process come from now on as this account's root, or as who promotes. */
  readonly be: (who: 'source' | 'target' | 'promoter') => void;
  /** What the program lets other accounts do in the registry of `dev`. */
  readonly letPull: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const TABLE = {
  dev: { ...someTable.dev, accountId: SOURCE },
  staging: { ...someTable.staging, accountId: TARGET },
  faraway: { ...someTable.prod, production: false, accountId: TARGET, region: 'eu-west-1' },
} satisfies Table;

export async function twoAccounts(): Promise<TwoAccounts> {
  const environmentOf = (name: keyof typeof TABLE) => find(TABLE, name).environment;
  const { region } = environmentOf('staging');
  const emulator = await startEmulator({ accountId: TARGET, region, authenticated: true });
  const promoter = await somebodyWho(emulator, ...MAY_PROMOTE);
  const folder = await mkdtemp(join(tmpdir(), 'two-accounts-'));
  const configuration = join(folder, 'credentials');
  const keys = { source: credentialsOf(SOURCE), target: credentialsOf(TARGET), promoter };
  await writeFile(
    configuration,
    `[of-dev]\naws_access_key_id = ${SOURCE}\naws_secret_access_key = emulated\n`,
  );
  const be = (who: keyof typeof keys) => {
    Object.assign(process.env, emulator.environment, { STORE_STATE_BUCKET: '' }, keys[who]);
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = configuration;
  };
  be('source');
  await prepare(environmentOf('dev'));
  be('target');
  await prepare(environmentOf('staging'));
  await prepare(environmentOf('faraway'));
  return {
    emulator,
    table: TABLE,
    environmentOf,
    profile: 'of-dev',
    be,
    letPull: () => letPull(environmentOf('dev')),
    stop: async () => {
      await emulator.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function prepare({ region, stateBucket: Bucket }: Environment): Promise<void> {
  await new S3Client({ region }).send(new CreateBucketCommand({ Bucket }));
  await new ECRClient({ region }).send(
    new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }),
  );
}

async function letPull(source: Environment): Promise<void> {
  const all = Object.keys(TABLE).map((name) => find(TABLE, name).environment);
  const stack = `${find(TABLE, 'dev').account.label}-registry`;
  const policies = synthesiseStore(...all).get(stack)?.resource['aws_ecr_repository_policy'] ?? {};
  const [policy] = Object.values(policies) as { readonly policy: string }[];
  await new ECRClient({ region: source.region }).send(
    new SetRepositoryPolicyCommand({ repositoryName, policyText: policy?.policy ?? '' }),
  );
}
