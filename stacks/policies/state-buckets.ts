/** Buckets with states of Terraform in them, and what their lifecycle deletes. */
import type { Program } from '../written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';
import { asList, isBlock, isGiven, valuesAt } from './attributes.ts';
import { partsOf } from './bucket-parts.ts';

/** Keys of the states that stacks of the program keep in a bucket. */
export function statesIn(program: Program, { attributes }: Resource): string[] {
  return program.stacks
    .flatMap(({ whole }) => valuesAt(whole, 'terraform.backend.s3').filter(isBlock))
    .filter(({ bucket }) => isGiven(bucket) && bucket === attributes['bucket'])
    .map(({ key }) => String(key));
}

/** The first of these keys whose newest version a lifecycle deletes, undefined for none. */
export function deletedKey(
  stack: WrittenStack,
  bucket: Resource,
  keys: readonly string[],
): string | undefined {
  const prefixes = partsOf(stack, bucket, 'aws_s3_bucket_lifecycle_configuration')
    .flatMap(({ attributes }) => asList(attributes['rule']).filter(isBlock))
    .filter((rule) => rule['status'] === 'Enabled' && deletesNewest(rule))
    .map(prefixOf);
  return keys.find((key) => prefixes.some((prefix) => key.startsWith(prefix)));
}

function deletesNewest(rule: Attributes): boolean {
  return ['days', 'date'].some((when) => valuesAt(rule, `expiration.${when}`).some(isGiven));
}

/** Conditions beside it, of size or tags, may hold for a state: they are not looked at. */
function prefixOf(rule: Attributes): string {
  const paths = ['prefix', 'filter.prefix', 'filter.and.prefix'];
  const prefixes = paths.flatMap((path) => valuesAt(rule, path)).filter(isGiven);
  return prefixes.map(String).join('');
}
