/** Buckets in which everything ends after so many days. */
import { asList, isBlock, valuesAt } from './attributes.ts';
import { partsOf } from './bucket-parts.ts';
import type { Target } from '../written/program.ts';
import type { Attributes } from '../written/written-stack.ts';

/** @returns the days after which whatever is put into a bucket is deleted; undefined for never */
export function keptDays({ stack, resource }: Omit<Target, 'attribute'>): number | undefined {
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
