/** The pipelines' two roles of the environment: the registry stack makes them, and jobs come in. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../contract.ts';
import { loadEnvironments } from '../../stacks/environment-rules.ts';
import { environments } from '../../stacks/environments.ts';
import type { GitHubSettings } from '../../stacks/github-settings.ts';
import type { Account, Environment } from '../../stacks/place.ts';
import { writeProgram } from '../../stacks/write-program.ts';
import { Program } from '../../stacks/written/program.ts';
import { Stack } from '../deployment/stack.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { type Permissions, permissionsOf } from '../permissions/ask.ts';
import { comeAs } from '../pipelines/github-job.ts';
import { Terraform } from '../terraform/terraform.ts';
import type { Stacks } from './stacks.ts';

export type Pipeline = 'plan' | 'apply';

/** Variables of somebody's keys. */
export type Keys = Readonly<Record<string, string>>;

/** Where the table names no repository, as the template's. */
const EXAMPLE: GitHubSettings = {
  repository: 'octo-org/store',
  ownerId: '123456',
  repositoryId: '456789',
  provider: 'create',
};

const SILENT = () => undefined;

export class PipelineRoles {
  readonly environment: Environment;
  readonly account: Account;
  /** What all roles may do, as the stacks have it. */
  readonly permissions: Permissions;
  readonly program: Program;
  readonly #folder: string;
  readonly #github: GitHubSettings;

  /** Of an environment of the owner's table, with a repository. @throws SettingsError, GuardRailError */
  constructor(name: string, folder: string) {
    const table = withRepository(environments, name);
    const { environment, account } = find(table, name);
    const bucket = process.env['STORE_STATE_BUCKET'];
    const app = writeProgram(loadEnvironments(table, bucket), { outdir: folder });
    this.environment = environment;
    this.account = account;
    this.program = Program.of(app);
    this.permissions = permissionsOf(this.program, environment, account);
    this.#folder = join(folder, 'stacks', `${account.label}-registry`);
    this.#github = environment.github ?? EXAMPLE;
  }

  /**
   * Applies the registry stack with these roles as whoever this process is, and puts it in the place
   * of the one without them, so that second plans compare with it. @throws TerraformFailed
   */
  async make(stacks: Stacks): Promise<void> {
    const place = join(stacks.folder, `${this.account.label}-registry`);
    await mkdir(place, { recursive: true });
    await copyFile(join(this.#folder, 'cdk.tf.json'), join(place, 'cdk.tf.json'));
    const registry = new Stack(await Terraform.find(), this.#folder);
    await registry.plan(SILENT);
    await registry.apply(SILENT);
  }

  roleArn(pipeline: Pipeline): string {
    const { accountId, prefix } = this.environment;
    return `arn:aws:iam::${accountId}:role/${PROJECT}-pipelines/${prefix}-${pipeline}`;
  }

  /**
   * A job of a pull request, or one that names the environment.
   * @param without an action that this session may not use, as if the role did not have it
   */
  comeIn(pipeline: Pipeline, without?: string): Promise<Keys> {
    const subject = { plan: 'pull_request', apply: `environment:${this.environment.name}` };
    return comeAs({
      roleArn: this.roleArn(pipeline),
      github: this.#github,
      subject: `repo:${this.#github.repository}:${subject[pipeline]}`,
      claims: { ref: pipeline === 'plan' ? 'refs/pull/1/merge' : 'refs/heads/main' },
      ...(without !== undefined && { session: TRIAL, policy: allBut(without) }),
    });
  }
}

/** Name of sessions that lack a permission: what they are denied is no disagreement. */
export const TRIAL = 'trial';

function allBut(action: string): string {
  const Statement = { Effect: 'Allow', NotAction: action, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** The others have none: the rehearsal is of one environment, in an account that knows no GitHub. */
function withRepository(table: Table, name: string): Table {
  const rows = Object.entries(table).map(([each, { github, ...settings }]) => {
    const own = { github: { ...(github ?? EXAMPLE), provider: 'create' as const } };
    return [each, each === name ? { ...settings, ...own } : settings] as const;
  });
  return Object.fromEntries(rows);
}
