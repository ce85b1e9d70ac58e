/** Faults in a whole store, and what its policies say to it. */
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { type App, type IAspect, TerraformElement, TerraformStack } from 'cdktf';

export type Plant = (app: App) => unknown;

export type Fault = readonly [rule: string, path: string, plant: Plant, whatToDo: string];

/** The construct of a path such as `dev-network/vpc/vpc`. */
export function at<Kind>(app: App, path: string, kind: abstract new (...a: never[]) => Kind): Kind {
  const found = app.node.findAll().find(({ node }) => node.path === path);
  if (!(found instanceof kind)) throw new Error(`there is no ${kind.name} ${path}`);
  return found;
}

/** Another value of one attribute. */
export function change(path: string, attribute: string, value: unknown): Plant {
  return (app) => {
    at(app, path, TerraformElement).addOverride(attribute, value);
  };
}

/** Others of the only container of a task definition. */
export function changeContainer(path: string, attributes: object): Plant {
  return (app) => {
    const definition = at(app, path, EcsTaskDefinition);
    const [container] = JSON.parse(definition.containerDefinitionsInput ?? '') as [object];
    definition.containerDefinitions = JSON.stringify([{ ...container, ...attributes }]);
  };
}

/** Of all stacks, where a synthesis ends with the first one that has any: `path: message`. */
export function refusalsIn({ node }: App, policies: readonly IAspect[]): string[] {
  const constructs = node.findAll();
  for (const stack of constructs.filter((each) => TerraformStack.isStack(each))) {
    for (const policy of policies) policy.visit(stack);
  }
  return constructs.flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === '@cdktf/error')
      .map(({ data }) => `${construct.node.path}: ${String(data)}`),
  );
}
