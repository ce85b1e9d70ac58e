/** Databases of a restore that no state knows: their subnets could not go while they are there. */
import type { Environment } from '../../stacks/place.ts';
import type { Say } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { describe } from '../restore/database.ts';
import { drop } from '../restore/dropping.ts';
import { closeRestore, readRestore } from '../restore/record.ts';
import type { StateResource } from '../running/states.ts';

/**
 * @param resources of the environment's states. @returns names of those that go along
 * @throws Refusal where data may not be lost: then somebody says which one is dropped
 */
export async function keptDatabases(
  environment: Environment,
  resources: readonly StateResource[],
): Promise<string[]> {
  const record = await readRestore(environment);
  if (record === undefined) return [];
  const known = new Set(
    resources
      .filter(({ type }) => type === 'aws_db_instance')
      .map(({ attributes }) => attributes['identifier']),
  );
  const found: string[] = [];
  for (const name of [record.from, record.to].filter((one) => !known.has(one))) {
    if ((await describe(environment, name)) !== undefined) found.push(name);
  }
  if (found.length === 0 || environment.dataMayBeLost) return found;
  throw new Refusal(
    `of a restore there is ${found.join(' and ')}, which no state knows, so nothing was destroyed. See what it is: npm run restore -- ${environment.name}; then --drop-old, or --undo`,
  );
}

/** @throws Refusal, Interrupted */
export async function deleteKept(
  environment: Environment,
  names: readonly string[],
  watch: { readonly say: Say; readonly signal: AbortSignal },
): Promise<void> {
  for (const name of names) await drop(environment, { name }, watch);
}

/** Whatever it has come to: a later environment of the name has nothing to do with it. */
export async function endRestore(environment: Environment): Promise<void> {
  const record = await readRestore(environment);
  if (record !== undefined) await closeRestore(environment, record);
}
