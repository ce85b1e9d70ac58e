/** The state takes another database in the place of the first: in one write, or not at all. */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Say } from '../deployment/progress.ts';
import { type Stack, TerraformFailed } from '../deployment/stack.ts';
import type { Terraform } from '../terraform/terraform.ts';
import { logGroupsOf } from './database-names.ts';

interface Adoption {
  readonly terraform: Terraform;
  readonly stack: Stack;
  /** Of the stack's files. */
  readonly folder: string;
  /** Identifier of the database that it shall know. */
  readonly database: string;
  readonly say: Say;
}

interface StateFile {
  serial: number;
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { attributes: Record<string, unknown> }[];
  }[];
}

/** What only Terraform knows of a database: an import leaves it out, or sets what nobody has asked for. */
const UNREAD = [
  'apply_immediately',
  'delete_automated_backups',
  'final_snapshot_identifier',
  'manage_master_user_password',
  'master_user_secret_kms_key_id',
  'skip_final_snapshot',
] as const;

/**
 * The database, its log groups and the rotation of its owner's login: the first ones are forgotten,
 * not destroyed. Nothing is made or changed in AWS. May be done again.
 * @throws TerraformFailed, also when somebody else has written the state meanwhile; Interrupted
 */
export async function adopt(adoption: Adoption): Promise<void> {
  const { terraform, stack, folder, database, say } = adoption;
  await stack.connect();
  const text = await ask(adoption, folder, 'state', 'pull');
  const before = JSON.parse(text) as StateFile;
  if (instanceIn(before)?.['identifier'] === database) return;
  const aside = await mkdtemp(join(dirname(folder), 'adoption-'));
  try {
    await copyStack(folder, aside);
    await writeFile(join(aside, 'terraform.tfstate'), text);
    await terraform.init(aside);
    say('exchanges it in a copy of the state');
    const wanted = idsOf(before, database);
    await ask(adoption, aside, 'state', 'rm', ...wanted.keys());
    for (const [address, id] of wanted) {
      // The rotation is set anew by the next apply, as after the first one.
      if (id !== undefined) await ask(adoption, aside, 'import', '-input=false', address, id);
    }
    await finish(aside, before);
    say('writes the state');
    await ask(adoption, folder, 'state', 'push', join(aside, 'terraform.tfstate'));
  } finally {
    await rm(aside, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** By address; undefined for what is only forgotten. */
function idsOf({ resources }: StateFile, database: string): Map<string, string | undefined> {
  const groups = logGroupsOf(database);
  const ids = new Map<string, string | undefined>();
  for (const { mode, type, name, instances } of resources) {
    if (mode !== 'managed') continue;
    const address = `${type}.${name}`;
    if (type === 'aws_db_instance') ids.set(address, database);
    if (type === 'aws_secretsmanager_secret_rotation') ids.set(address, undefined);
    if (type !== 'aws_cloudwatch_log_group') continue;
    const last = String(instances[0]?.attributes['name']).split('/').at(-1) ?? '';
    const group = groups.find((one) => one.endsWith(`/${last}`));
    if (group !== undefined) ids.set(address, group);
  }
  return ids;
}

/** Terraform refuses a state that is not newer than the one that it replaces. */
async function finish(aside: string, before: StateFile): Promise<void> {
  const file = join(aside, 'terraform.tfstate');
  const after = JSON.parse(await readFile(file, 'utf8')) as StateFile;
  keepUnread(instanceIn(before) ?? {}, instanceIn(after) ?? {});
  // One more than what was read: whoever has written meanwhile has that number, and keeps it.
  after.serial = before.serial + 1;
  await writeFile(file, JSON.stringify(after));
}

/** So that the next apply, and a later destroy, treat the second as the first. */
export function keepUnread(
  known: Readonly<Record<string, unknown>>,
  imported: Record<string, unknown>,
): void {
  for (const name of UNREAD) imported[name] = known[name];
  // `17`, as the stack says it; an import reads the minor version too, and would change it back.
  imported['engine_version'] = known['engine_version'];
}

function instanceIn({ resources }: StateFile): Record<string, unknown> | undefined {
  return resources.find(({ type }) => type === 'aws_db_instance')?.instances[0]?.attributes;
}

const LOCAL = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };

/** Its state is a file there, so that nothing half-done is ever in the bucket. */
async function copyStack(folder: string, aside: string): Promise<void> {
  for (const file of await readdir(folder)) {
    if (/\.tf\.json$|^\.terraform\.lock\.hcl$/.test(file)) {
      await copyFile(join(folder, file), join(aside, file));
    }
  }
  await writeFile(join(aside, 'zzz_override.tf.json'), JSON.stringify(LOCAL));
}

async function ask(
  { terraform, stack }: Adoption,
  folder: string,
  ...args: readonly string[]
): Promise<string> {
  const { code, output, errors } = await terraform.run(folder, ...args);
  if (code === 0) return output;
  throw new TerraformFailed(
    `${stack.name}: terraform ${args.slice(0, 2).join(' ')}: ${errors.trim()}`,
  );
}
