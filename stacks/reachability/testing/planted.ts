/** Environments with faults planted in them, and what the policy says. */
import { TerraformElement, type TerraformResource, TerraformStack, Testing } from 'cdktf';
import { uphold } from '../../policies/policy.ts';
import { reachability } from '../../policies/reachability.ts';
import { addEnvironment } from '../../store.ts';
import { anEnvironment } from '../../testing/places.ts';
import { someTable } from '../../testing/some-table.ts';

/** AWS is reached through endpoints, and nothing else outside. */
export const withEndpoints = anEnvironment('dev', {
  network: { ...someTable.dev.network, egress: 'endpoints' },
  identity: { ...someTable.dev.identity, loginPages: false },
});

export const SERVER = 'dev-database/postgres/server-group/group';
export const CLIENT = 'dev-database/postgres/client-group/group';
export const DOOR = 'dev-service/door/group/group';
export const TASK = 'dev-service/task-group/group/group';

/** Stacks and their resources by path, to plant faults beside them. */
export class Planted {
  readonly app = Testing.app();

  stack(name: string): TerraformStack {
    return this.app.node.findChild(`dev-${name}`) as TerraformStack;
  }

  /** Its id, as other resources name it. */
  id(path: string): string {
    return (this.at(path) as TerraformResource).getStringAttribute('id');
  }

  at(path: string): TerraformElement {
    const found = this.app.node.findAll().find(({ node }) => node.path === path);
    if (!TerraformElement.isTerraformElement(found)) throw new Error(`nothing at ${path}`);
    return found;
  }

  /** What is said of the whole program, each with its path. */
  refusals(): string[] {
    const policy = uphold([reachability]);
    for (const stack of this.app.node.children) {
      if (TerraformStack.isStack(stack)) policy.visit(stack);
    }
    return this.app.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === '@cdktf/error')
          .map(({ data }) => `[${node.path}] ${String(data)}`),
      );
  }
}

export function refusalsOf(plant: (store: Planted) => unknown): string[] {
  const store = new Planted();
  addEnvironment(store.app, anEnvironment());
  plant(store);
  return store.refusals();
}

/** What it is, how to plant it, and sentences of which each has to be said. */
export type Fault = readonly [string, (store: Planted) => unknown, ...string[]];

/** Built once for all: an environment takes long. */
export function plantedTogether(together: readonly Fault[]) {
  const refusals = refusalsOf((store) => {
    for (const [, plant] of together) plant(store);
  });
  return together.map(([name, , ...expected]) => ({ name, expected, refusals }));
}
