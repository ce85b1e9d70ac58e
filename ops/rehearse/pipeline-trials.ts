/** What pipelines do, with a role that lacks one permission: each must fail, and name it. */
import assert from 'node:assert/strict';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { stateLockKeyOf } from '../running/states.ts';
import { Terraform } from '../terraform/terraform.ts';
import type { Ground } from './ground.ts';
import type { Keys, Pipeline, PipelineRoles } from './pipeline-roles.ts';
import type { Run } from './run.ts';
import { throwaway } from './throwaway.ts';

interface PlanTrial {
  /** Of the environment. */
  readonly stack: string;
  /** Of the resource that is looked at. @default none is, or all are */
  readonly type?: string;
  readonly action: string;
  /** What it says. @default the action */
  readonly says?: string;
}

/** S3 answers a question for a file's head without words, on AWS too. */
const NO_WORDS = 'operation error S3: HeadObject, https response error StatusCode: 403';

/** `terraform plan` of one resource of a stack that stands. */
export const PLAN_TRIALS: readonly PlanTrial[] = [
  { stack: 'identity', action: 's3:GetObject', says: NO_WORDS },
  { stack: 'identity', action: 'kms:Decrypt', says: NO_WORDS },
  { stack: 'identity', type: 'aws_cognito_user_pool', action: 'cognito-idp:DescribeUserPool' },
  { stack: 'network', type: 'aws_vpc', action: 'ec2:DescribeVpcs' },
  { stack: 'network', type: 'aws_cloudwatch_log_group', action: 'logs:ListTagsForResource' },
  { stack: 'database', type: 'aws_db_parameter_group', action: 'rds:DescribeDBParameterGroups' },
  { stack: 'migration', type: 'aws_ecs_task_definition', action: 'ssm:GetParameter' },
  { stack: 'service', type: 'aws_lb', action: 'elasticloadbalancing:DescribeLoadBalancers' },
];

/** The stack whose state is locked by trials, and stays so for seconds in one of them. */
export const LOCKED = 'identity';

/** The lock of a state, by who applies. */
export const LOCK_TRIALS = ['s3:PutObject', 's3:DeleteObject'] as const;

/** `terraform apply` of one thing that nobody needs, with a name of the environment. */
export const APPLY_TRIALS = {
  'ecs:RegisterTaskDefinition': 'aws_ecs_task_definition',
  'iam:PassRole': 'aws_ecs_task_definition',
  'iam:CreateRole': 'aws_iam_role',
  'logs:CreateLogGroup': 'aws_cloudwatch_log_group',
  'secretsmanager:CreateSecret': 'aws_secretsmanager_secret',
  'ssm:PutParameter': 'aws_ssm_parameter',
} as const satisfies Readonly<Record<string, string>>;

/** Commands of people that only look, which a pipeline's role may run too. */
export const COMMAND_TRIALS = {
  'ecs:DescribeServices': ['status'],
  'logs:FilterLogEvents': ['logs', '--since', '5m'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Seconds. */
const PATIENCE = 60;

interface Lacking {
  readonly pipeline: Pipeline;
  readonly action: string;
  readonly says: string;
}

/** One of the trials. @throws Error when it works all the same, or does not say what it lacks */
export class PipelineTrials {
  readonly #run: Run;
  readonly #ground: Ground;
  readonly #roles: PipelineRoles;
  #place: Promise<string> | undefined;

  constructor(run: Run, ground: Ground, roles: PipelineRoles) {
    this.#run = run;
    this.#ground = ground;
    this.#roles = roles;
  }

  async plan({ stack, type, action, says = action }: PlanTrial): Promise<void> {
    const folder = this.#folderOf(stack);
    const target = type === undefined ? [] : [`-target=${await firstOf(folder, type)}`];
    const args = ['plan', '-lock=false', ...target];
    await this.#fails({ pipeline: 'plan', action, says }, folder, args);
  }

  /** A lock that cannot be taken away is left: the account's administrator does it. */
  async lock(action: (typeof LOCK_TRIALS)[number]): Promise<void> {
    const { environment } = this.#roles;
    const folder = this.#folderOf(LOCKED);
    const target = `-target=${await firstOf(folder, 'aws_cognito_user_pool')}`;
    await this.#fails({ pipeline: 'apply', action, says: action }, folder, ['plan', target]);
    const Key = stateLockKeyOf(environment, LOCKED);
    const { region, stateBucket: Bucket } = environment;
    await new S3Client({ region }).send(new DeleteObjectCommand({ Bucket, Key }));
  }

  async apply(action: keyof typeof APPLY_TRIALS): Promise<void> {
    this.#place ??= this.#makePlace();
    const target = `-target=${APPLY_TRIALS[action]}.throwaway`;
    const state = `-state=${action.replace(':', '-')}.tfstate`;
    const args = ['apply', '-auto-approve', state, target];
    await this.#fails({ pipeline: 'apply', action, says: action }, await this.#place, args);
  }

  /** What a release asks ECS for. */
  async runTask(definition: string): Promise<void> {
    const action = 'ecs:RunTask';
    const keys = await this.#roles.comeIn('apply', action);
    const { region, prefix: cluster } = this.#roles.environment;
    const credentials = {
      accessKeyId: keys['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: keys['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: keys['AWS_SESSION_TOKEN'] ?? '',
    };
    const client = new ECSClient({ region, credentials });
    const request = new RunTaskCommand({ cluster, taskDefinition: definition });
    await assert.rejects(client.send(request), new RegExp(action));
  }

  async command(action: keyof typeof COMMAND_TRIALS): Promise<void> {
    const [command, ...args] = COMMAND_TRIALS[action];
    const { name } = this.#roles.environment;
    const { code, output } = await this.#run.commands.end({
      log: `permissions-${command}`,
      args: [process.execPath, `ops/${command}.ts`, name, ...args],
      limit: PATIENCE,
      environment: await this.#roles.comeIn('apply', action),
    });
    assert.notEqual(code, 0, `it ended well:\n${output}`);
    assert.ok(output.includes(action), `it does not name ${action}:\n${output}`);
  }

  async #fails(
    { pipeline, action, says }: Lacking,
    folder: string,
    args: readonly string[],
  ): Promise<void> {
    const keys: Keys = await this.#roles.comeIn(pipeline, action);
    const terraform = await Terraform.find(keys);
    const { code, output, errors } = await terraform.run(
      folder,
      ...args,
      '-input=false',
      '-no-color',
    );
    const words = `${output}\n${errors}`;
    const isNamed = words.includes(says);
    assert.ok(code !== 0 || isNamed, `it ended well:\n${words}`);
    assert.ok(isNamed, `it does not say ${says}:\n${words}`);
  }

  /** Connected already, by the second plans. */
  #folderOf(stack: string): string {
    const { folder, environment } = this.#ground.stacks;
    return join(folder, `${environment.label}-${stack}`);
  }

  async #makePlace(): Promise<string> {
    const place = this.#run.folder.make('synth/throwaway');
    const network = this.#folderOf('network');
    await copyFile(join(network, '.terraform.lock.hcl'), join(place, '.terraform.lock.hcl'));
    await writeFile(join(place, 'cdk.tf.json'), JSON.stringify(throwaway(this.#roles.environment)));
    const { code, errors } = await (await Terraform.find()).init(place);
    assert.equal(code, 0, errors);
    return place;
  }
}

/** Address of the first resource of a type. */
async function firstOf(folder: string, type: string): Promise<string> {
  const text = await readFile(join(folder, 'cdk.tf.json'), 'utf8');
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, object>> };
  return `${type}.${Object.keys(resource[type] ?? {})[0] ?? 'none'}`;
}
