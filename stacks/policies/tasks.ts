/** What runs on ECS: which task definition, in which subnets, with which groups. */
import { isBlock, isGiven, valuesAt } from './attributes.ts';
import { readJson } from './json-text.ts';
import type { Placed, Program } from '../written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';

/** A service, or a schedule or rule that starts tasks. */
export interface Run {
  readonly resource: Resource;
  readonly subnets: readonly unknown[];
  readonly groups: readonly unknown[];
  /** A reference, an ARN, or a family. */
  readonly definition: unknown;
}

export const DEFINITION = 'aws_ecs_task_definition';

/** Where each kind of resource says it. */
const KINDS: Readonly<Record<string, { readonly definition: string; readonly network: string }>> = {
  aws_ecs_service: { definition: 'task_definition', network: 'network_configuration' },
  aws_scheduler_schedule: {
    definition: 'target.ecs_parameters.task_definition_arn',
    network: 'target.ecs_parameters.network_configuration',
  },
  aws_cloudwatch_event_target: {
    definition: 'ecs_target.task_definition_arn',
    network: 'ecs_target.network_configuration',
  },
};

/** Everything in a stack that starts tasks. */
export function runsIn(stack: WrittenStack): Run[] {
  return stack.resources.flatMap((resource) => {
    const kind = KINDS[resource.type];
    if (kind === undefined) return [];
    const { attributes } = resource;
    const definition = valuesAt(attributes, kind.definition).find(isGiven);
    if (definition === undefined) return [];
    const listed = (name: string) =>
      valuesAt(attributes, `${kind.network}.${name}`).filter(isGiven);
    return [
      { resource, definition, subnets: listed('subnets'), groups: listed('security_groups') },
    ];
  });
}

/** The task definition of a run. A schedule may name its family, without a revision. */
export function definitionOf(
  program: Program,
  stack: WrittenStack,
  { definition }: Run,
): Placed | undefined {
  const target = program.targetOf(stack, definition);
  if (target?.resource.type === DEFINITION) return target;
  const family = String(definition)
    .replace(/^.*task-definition\//, '')
    .replace(/:\d+$/, '');
  return program
    .ofType(DEFINITION)
    .find(({ resource }) => resource.attributes['family'] === family);
}

/** Why containers cannot be judged. */
export const UNREADABLE_CONTAINERS =
  'has containers that are known to Terraform only: write them with JSON.stringify()';

/** In ECS's words, such as `readonlyRootFilesystem`. @returns undefined for what only Terraform can read */
export function containersOf({ attributes }: Resource): Attributes[] | undefined {
  const text = attributes['container_definitions'];
  const containers = typeof text === 'string' ? readJson(text) : undefined;
  return Array.isArray(containers) ? containers.filter(isBlock) : undefined;
}

/** Such as `awslogs-group`. */
export function logOption(container: Attributes, option: string): unknown {
  const { logConfiguration } = container;
  const options = isBlock(logConfiguration) ? logConfiguration['options'] : undefined;
  return isBlock(options) ? options[option] : undefined;
}
