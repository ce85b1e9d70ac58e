/** Which stacks there are, by whom they belong to. */
import type { Account, Environment, Place } from '../../stacks/place.ts';
import { addStore } from '../../stacks/store.ts';
import { StoreStack } from '../../stacks/store-stack.ts';
import { unwrittenApp } from '../deployment/unwritten-app.ts';

export interface StackNames {
  /** An account in its region, or an environment. */
  readonly owner: string;
  /** Names of the environments that need them. */
  readonly environments: readonly string[];
  readonly place: Place;
  /** In the order in which they are applied. */
  readonly stacks: readonly string[];
}

/** Of the accounts first, then of the environments. */
export function stackNames(environments: readonly Environment[]): StackNames[] {
  const app = unwrittenApp();
  addStore(app, environments);
  const stacks = app.node.children.filter((stack) => stack instanceof StoreStack);
  return [...Map.groupBy(stacks, ({ place }) => place)].map(([place, members]) =>
    named(
      place,
      members.map(({ node }) => node.id),
    ),
  );
}

function named(place: Place, stacks: readonly string[]): StackNames {
  // Stacks belong to accounts and environments, and to nothing else.
  const owner = place as Account | Environment;
  if ('name' in owner) return { owner: owner.label, environments: [owner.name], place, stacks };
  const environments = owner.environments.map(({ name }) => name);
  return { owner: `${owner.accountId} in ${owner.region}`, environments, place, stacks };
}
