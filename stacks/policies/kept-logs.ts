/** Each log is kept for a stated time: one that AWS makes by itself is kept for ever, and paid for. */
import { asList, isGiven, isTrue, valuesAt } from './attributes.ts';
import { keptDays, logDestinations } from './log-buckets.ts';
import { containersOf, logOption } from './tasks.ts';
import type { Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const GROUP = 'aws_cloudwatch_log_group';

export const keptLogs: Rule = {
  name: 'kept-logs',
  check(stack, refuse, program) {
    for (const resource of stack.resources) {
      const wrong = [
        ...group(resource),
        ...exported(program, resource),
        ...ofContainers(program, stack, resource),
        ...ofFunction(program, stack, resource),
        ...inBuckets(program, stack, resource),
      ];
      for (const one of wrong) refuse(resource, `${resource.type} ${one}`);
    }
  },
};

function group({ type, attributes }: Resource): string[] {
  const days = attributes['retention_in_days'];
  if (type !== GROUP || Number(days) > 0) return [];
  return [`keeps its lines for ever (${String(days)}): set retentionInDays to a number of days`];
}

/** RDS makes the groups of what it exports, under names of its own. */
function exported(program: Program, { type, attributes }: Resource): string[] {
  const kind = { aws_db_instance: 'instance', aws_rds_cluster: 'cluster' }[type];
  if (kind === undefined) return [];
  const name = attributes['identifier'] ?? attributes['cluster_identifier'];
  return asList(attributes['enabled_cloudwatch_logs_exports'])
    .filter(isGiven)
    .map((log) => `/aws/rds/${kind}/${String(name)}/${String(log)}`)
    .filter((wanted) => !isDeclared(program, wanted))
    .map((wanted) => missing(wanted));
}

function ofContainers(program: Program, stack: WrittenStack, resource: Resource): string[] {
  if (resource.type !== 'aws_ecs_task_definition') return [];
  return (containersOf(resource) ?? []).flatMap((container) => {
    if (isTrue(logOption(container, 'awslogs-create-group'))) {
      return ['lets ECS make its log group: leave awslogs-create-group out, and declare the group'];
    }
    const name = logOption(container, 'awslogs-group');
    return isGiven(name) && !isGroup(program, stack, name) ? [missing(name)] : [];
  });
}

/** Lambda makes a group of the function's name, unless another is named. */
function ofFunction(program: Program, stack: WrittenStack, { type, attributes }: Resource) {
  if (type !== 'aws_lambda_function') return [];
  const named = valuesAt(attributes, 'logging_config.log_group').find(isGiven);
  const name = named === undefined ? `/aws/lambda/${String(attributes['function_name'])}` : named;
  return isGroup(program, stack, name) ? [] : [missing(name)];
}

function isGroup(program: Program, stack: WrittenStack, name: unknown): boolean {
  const type = program.targetOf(stack, name)?.resource.type;
  return type === undefined ? isDeclared(program, String(name)) : type === GROUP;
}

function isDeclared(program: Program, name: string): boolean {
  return program.ofType(GROUP).some(({ resource }) => resource.attributes['name'] === name);
}

function missing(name: unknown): string {
  return `writes to ${String(name)}, which AWS makes and keeps for ever: add an ${GROUP} of that name, and dependsOn it`;
}

function inBuckets(program: Program, stack: WrittenStack, resource: Resource) {
  return logDestinations(resource).flatMap((to) => {
    const target = program.targetOf(stack, to);
    if (target?.resource.type === GROUP) return [];
    if (target?.resource.type === 'aws_s3_bucket' && keptDays(target) !== undefined) return [];
    return [
      `logs to ${String(to)}, where nothing ends: add a lifecycle with an expiration for all objects of the bucket, in its stack`,
    ];
  });
}
