/** What runs goes before what lets it run: a service left without rights or ways hangs, for hours. */
import { asList, isBlock, valuesAt } from './attributes.ts';
import { definitionOf, type Run, runsIn } from './tasks.ts';
import { isTo } from './routes.ts';
import { rulesOf } from './security-rules.ts';
import { Graph } from '../written/graph.ts';
import type { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

export const destroyOrder: Rule = {
  name: 'destroy-order',
  check(stack, refuse, program) {
    const graph = new Graph(stack);
    for (const resource of stack.resources) {
      const missing = new Set(
        foundations(program, stack, resource).filter((one) => !graph.needs(resource, one)),
      );
      for (const { type, name, path } of missing) {
        refuse(
          resource,
          `${resource.type} would be left without ${path === '' ? `${type}.${name}` : path} when it is destroyed: add it to dependsOn`,
        );
      }
    }
  },
};

/** What has to be there for as long as a resource is, made in the same stack. */
function foundations(program: Program, stack: WrittenStack, resource: Resource): Resource[] {
  switch (resource.type) {
    case 'aws_ecs_service':
      return ofService(program, stack, resource);
    case 'aws_scheduler_schedule':
      return valuesAt(resource.attributes, 'target.role_arn').flatMap((role) =>
        policiesOf(program, stack, { stack, role }),
      );
    case 'aws_cloudwatch_event_target':
      return ofEventTarget(program, stack, resource);
    default:
      return [];
  }
}

function ofService(program: Program, stack: WrittenStack, resource: Resource): Resource[] {
  const run = runsIn(stack).find((one) => one.resource === resource);
  return [
    ...(run === undefined ? [] : policiesOfTask(program, stack, run)),
    ...(run === undefined ? [] : waysOut(program, stack, run)),
    ...listenersOf(program, stack, resource),
  ];
}

function policiesOfTask(program: Program, stack: WrittenStack, run: Run): Resource[] {
  const definition = definitionOf(program, stack, run);
  if (definition === undefined) return [];
  const { execution_role_arn: execution, task_role_arn: task } = definition.resource.attributes;
  return [execution, task].flatMap((role) =>
    policiesOf(program, stack, { stack: definition.stack, role }),
  );
}

const POLICIES = new Set(['aws_iam_role_policy', 'aws_iam_role_policy_attachment']);

interface NamedRole {
  /** Where it is named. */
  readonly stack: WrittenStack;
  readonly role: unknown;
}

function policiesOf(program: Program, stack: WrittenStack, named: NamedRole): Resource[] {
  const role = program.targetOf(named.stack, named.role)?.resource;
  if (role === undefined) return [];
  return stack.resources.filter(
    ({ type, attributes }) => POLICIES.has(type) && isTo(program, stack, attributes['role'], role),
  );
}

/** Rules of the groups that a task wears, where they are made in this stack. */
function waysOut(program: Program, stack: WrittenStack, { groups }: Run): Resource[] {
  const worn = new Set(program.targetsIn(stack, groups).map(({ resource }) => resource));
  return stack.resources.filter((rule) => {
    if (rule.type === 'aws_security_group' || rulesOf(rule, 'egress').length === 0) return false;
    const group = program.targetOf(stack, rule.attributes['security_group_id']);
    return group !== undefined && worn.has(group.resource);
  });
}

const LISTENERS = /^aws_(alb|lb)_listener(_rule)?$/;

/** Those that send requests to one of its target groups. */
function listenersOf(program: Program, stack: WrittenStack, service: Resource): Resource[] {
  const groups = valuesAt(service.attributes, 'load_balancer.target_group_arn')
    .flatMap((value) => program.targetsIn(stack, value))
    .map(({ resource }) => resource);
  return stack.resources.filter(({ type, attributes }) => {
    if (!LISTENERS.test(type)) return false;
    const actions = [attributes['default_action'], attributes['action']].flatMap(asList);
    return groups.some((group) => isTo(program, stack, actions.filter(isBlock), group));
  });
}

/** Where they say to whom they open what. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_resource_policy: 'policy_document',
  aws_lambda_permission: 'function_name',
  aws_sns_topic_policy: 'arn',
  aws_sqs_queue_policy: 'queue_url',
};

function ofEventTarget(program: Program, stack: WrittenStack, resource: Resource): Resource[] {
  const { arn, role_arn: role } = resource.attributes;
  const written = program.targetOf(stack, arn)?.resource;
  const permissions = stack.resources.filter(({ type, attributes }) => {
    const argument = PERMISSIONS[type];
    if (argument === undefined || written === undefined) return false;
    return isTo(program, stack, attributes[argument], written);
  });
  return [...permissions, ...policiesOf(program, stack, { stack, role })];
}
