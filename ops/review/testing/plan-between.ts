/** What real Terraform plans to do from one configuration to another, without an AWS. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Outcome } from '../../terraform/execution.ts';
import { Terraform } from '../../terraform/terraform.ts';
import { type LogGroup, serveLogGroups } from './log-groups.ts';
import { type PlanDocument, stateOf } from './state-of.ts';

/** Terraform's JSON by the file's name, such as `main.tf.json`. */
export type Files = Readonly<Record<string, object>>;

export interface Scene {
  readonly before: Files;
  readonly after: Files;
  /** All that the refresh finds, of log groups only; without it, nothing is refreshed. */
  readonly found?: readonly LogGroup[];
}

const LOCK_FILE = join(import.meta.dirname, '../../../stacks/.terraform.lock.hcl');

/** The second plan, as if the first had been applied. @throws Error with what Terraform said */
export async function planBetween({ before, after, found }: Scene): Promise<PlanDocument> {
  const folder = await mkdtemp(join(tmpdir(), 'plan-between-'));
  const aws = await serveLogGroups(found ?? []);
  const providers = { 'providers.tf.json': providersAt(aws.url) };
  try {
    await copyFile(LOCK_FILE, join(folder, '.terraform.lock.hcl'));
    await write(folder, { ...providers, ...before });
    await initialise(folder);
    const state = stateOf(await planIn(folder, '-refresh=false'));
    await Promise.all(Object.keys(before).map((name) => rm(join(folder, name))));
    await write(folder, { ...after, 'terraform.tfstate': state });
    // Modules may be others; without any, it is only slow.
    if (Object.keys(after).some((name) => name.includes('/'))) await initialise(folder);
    return await planIn(folder, `-refresh=${found !== undefined}`);
  } finally {
    aws.close();
    await rm(folder, { recursive: true });
  }
}

/** Asks AWS nothing: neither who it is, nor whether its region exists. */
function providersAt(cloudwatchlogs: string): object {
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
    provider: {
      aws: {
        region: 'eu-central-1',
        access_key: 'AKIAIOSFODNN7EXAMPLE',
        secret_key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        skip_credentials_validation: true,
        skip_metadata_api_check: 'true',
        skip_region_validation: true,
        skip_requesting_account_id: true,
        endpoints: [{ cloudwatchlogs }],
      },
    },
  };
}

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), JSON.stringify(content));
  }
}

async function initialise(folder: string): Promise<void> {
  must(await (await Terraform.find()).init(folder));
}

async function planIn(folder: string, refresh: string): Promise<PlanDocument> {
  const terraform = await Terraform.find();
  must(await terraform.run(folder, 'plan', refresh, '-no-color', '-out=tfplan'));
  return JSON.parse(must(await terraform.run(folder, 'show', '-json', 'tfplan'))) as PlanDocument;
}

function must({ code, output, errors }: Outcome): string {
  if (code !== 0) throw new Error(errors);
  return output;
}
