import type { Resource, WrittenStack } from '../written/written-stack.ts';

/** Whether a bucket has a resource of this type of its own, in the same stack. */
export function hasPart(stack: WrittenStack, bucket: Resource, type: string): boolean {
  return partsOf(stack, bucket, type).length > 0;
}

/** A bucket's own resources of this type, in the same stack. */
export function partsOf(stack: WrittenStack, bucket: Resource, type: string): Resource[] {
  const { name, attributes } = bucket;
  return stack.resources.filter((part) => {
    const owner = part.attributes['bucket'];
    if (part.type !== type || owner === undefined) return false;
    if (owner === attributes['bucket']) return true;
    return owner === `\${aws_s3_bucket.${name}.id}` || owner === `\${aws_s3_bucket.${name}.bucket}`;
  });
}
