/** A restore that has not come to its end: databases, state and secret may tell of different ones. */
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { type Finding, notWell, well } from '../status/finding.ts';
import { readRestore } from './record.ts';
import { inShort } from './situation.ts';

/** For whoever would migrate, or exchange the tasks. @throws Refusal that says how to go on */
export async function requireNoRestore(environment: Environment): Promise<void> {
  const restore = await readRestore(environment);
  if (restore === undefined || restore.phase === 'kept') return;
  throw new Refusal(`a restore has not come to its end. ${inShort(environment, restore)}`);
}

/** @returns none where nothing is restored or kept */
export async function restoreFindings(environment: Environment): Promise<Finding[]> {
  const restore = await readRestore(environment);
  if (restore === undefined) return [];
  const { phase, from } = restore;
  if (phase !== 'kept') return [notWell('restore', inShort(environment, restore))];
  const drop = `npm run restore -- ${environment.name} --drop-old`;
  return [well('restore', `done; ${from} is kept, and costs as before, until ${drop}`)];
}
