/** All types of resources that environments may have; a stack with another one fails. */
import { DATABASE } from './actions/database.ts';
import { DOOR } from './actions/door.ts';
import { IDENTITY } from './actions/identity.ts';
import { NETWORK } from './actions/network.ts';
import { SURROUNDINGS } from './actions/surroundings.ts';
import { TASKS } from './actions/tasks.ts';
import type { TerraformTypes } from './actions/terraform-type.ts';

export const TERRAFORM_TYPES: TerraformTypes = {
  ...NETWORK,
  ...IDENTITY,
  ...DATABASE,
  ...TASKS,
  ...SURROUNDINGS,
  ...DOOR,
};

/**
 * Of every type, whether the environment has it now or not: what it has no more, its role must
 * still be able to remove.
 */
export const READS = actionsOf('read');
export const WRITES = actionsOf('write');

function actionsOf(kind: 'read' | 'write'): string[] {
  const actions = Object.values(TERRAFORM_TYPES).flatMap((type) => type[kind]);
  return [...new Set(actions)].toSorted();
}
