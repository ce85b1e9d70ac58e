/** Which stacks are applied, and since when. */
import type { Environment } from '../../stacks/place.ts';
import { STACKS } from '../deployment/environment-stacks.ts';
import { readState } from '../running/states.ts';
import { ago, type Finding, notWell, well } from './finding.ts';

export function stackFindings(environment: Environment): Promise<Finding[]> {
  return Promise.all(
    STACKS.map(async (name) => {
      const state = await readState(environment, name);
      const what = `stack ${name}`;
      if (state === undefined || state.resources.length === 0) return notWell(what, 'not applied');
      const { resources, changed } = state;
      return well(
        what,
        `${resources.length} resources, changed ${changed.toISOString()} (${ago(changed)})`,
      );
    }),
  );
}
