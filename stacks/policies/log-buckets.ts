/** Where AWS writes logs, and buckets in which everything ends after so many days. */
import type { Placed, Program } from '../written/program.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import { asList, isBlock, isGiven, valuesAt } from './attributes.ts';
import { partsOf } from './bucket-parts.ts';

/** What writes logs, and how it names where to; some may name a log group instead of a bucket. */
const DESTINATIONS: Readonly<Record<string, (attributes: Attributes) => unknown[]>> = {
  aws_alb: balancerLogs,
  aws_lb: balancerLogs,
  aws_flow_log: ({ log_destination: to, log_destination_type: type }) =>
    type === 's3' ? [to] : [],
  aws_s3_bucket_logging: ({ target_bucket: to }) => [to],
  aws_wafv2_web_acl_logging_configuration: ({ log_destination_configs: to }) => asList(to),
};

function balancerLogs(attributes: Attributes): unknown[] {
  return ['access_logs', 'connection_logs'].flatMap((block) =>
    valuesAt(attributes, block).flatMap((logs) => valuesAt({ logs }, 'logs.bucket')),
  );
}

/** References to where something writes its logs. */
export function logDestinations({ type, attributes }: Resource): unknown[] {
  return (DESTINATIONS[type]?.(attributes) ?? []).filter(isGiven);
}

/** Whether something of the program writes its logs to this bucket. */
export function takesLogs(program: Program, bucket: Resource): boolean {
  return program.stacks.some((stack) =>
    stack.resources
      .flatMap(logDestinations)
      .some((to) => program.targetOf(stack, to)?.resource === bucket),
  );
}

/** @returns the days after which whatever is put into a bucket is deleted; undefined for never */
export function keptDays({ stack, resource }: Placed): number | undefined {
  const days = partsOf(stack, resource, 'aws_s3_bucket_lifecycle_configuration')
    .flatMap(({ attributes }) => asList(attributes['rule']).filter(isBlock))
    .filter(isForAll)
    .flatMap((rule) => valuesAt(rule, 'expiration.days'))
    .filter((value) => Number(value) > 0)
    .map(Number);
  return days.length === 0 ? undefined : Math.min(...days);
}

/** Whether a rule is in force for every object. */
function isForAll(rule: Attributes): boolean {
  if (rule['status'] !== 'Enabled') return false;
  return asList(rule['filter'] ?? {}).every(
    (filter) =>
      isBlock(filter) &&
      Object.entries(filter).every(([name, value]) => name === 'prefix' && value === ''),
  );
}
