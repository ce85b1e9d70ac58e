import type { Environment } from '../../stacks/place.ts';
import { readState } from './states.ts';

/** Identifier of the database that the state knows: after a restore it is not the first one. */
export async function presentDatabase(environment: Environment): Promise<string> {
  const { resources = [] } = (await readState(environment, 'database')) ?? {};
  const instance = resources.find(({ type }) => type === 'aws_db_instance');
  const known = instance?.attributes['identifier'];
  return typeof known === 'string' ? known : environment.prefix;
}
