/** An environment's stacks, synthesised for one run alone: a deployment may be at work in cdktf.out. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../../stacks/place.ts';
import type { writeProgram } from '../../stacks/write-program.ts';
import { Terraform } from '../terraform/terraform.ts';
import { dataFolder } from './data-folder.ts';
import { Stack } from './stack.ts';
import { synthesise, type Table } from './synthesis.ts';

/** In the order in which they are applied; identity and database need nothing of each other. */
export const STACKS = ['network', 'identity', 'database', 'migration', 'service'] as const;

type Name = (typeof STACKS)[number];
export type EnvironmentStacks = Readonly<Record<Name, Stack>> & {
  /** Of a stack's files. */
  readonly folderOf: (name: Name) => string;
};

interface Synthesis {
  /** May watch how the program is built. */
  readonly write?: typeof writeProgram;
  /** Of Terraform's processes, beside those that are set. @default none */
  readonly variables?: NodeJS.ProcessEnv;
}

/**
 * The folder, which also holds saved plans, is gone afterwards.
 * @throws SettingsError, NoTerraform
 */
export async function withStacks<Result>(
  table: Table,
  { label }: Environment,
  work: (stacks: EnvironmentStacks) => Promise<Result>,
  { write, variables }: Synthesis = {},
): Promise<Result> {
  const terraform = await Terraform.find(variables);
  const data = dataFolder('deployments');
  await mkdir(data, { recursive: true });
  const folder = await mkdtemp(join(data, `${label}-`));
  try {
    const stacks = await synthesise(table, folder, write);
    const folderOf = (name: Name) => join(stacks, `${label}-${name}`);
    const entries = STACKS.map((name) => [name, new Stack(terraform, folderOf(name))] as const);
    return await work({ ...(Object.fromEntries(entries) as Record<Name, Stack>), folderOf });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
