import type { Resource, WrittenStack } from '../written/written-stack.ts';

/** Whether a bucket has a resource of this type of its own, in the same stack. */
export function hasPart(stack: WrittenStack, bucket: Resource, type: string): boolean {
  const { name, attributes } = bucket;
  return stack.resources.some((part) => {
    const owner = part.attributes['bucket'];
    if (part.type !== type || owner === undefined) return false;
    if (owner === attributes['bucket']) return true;
    return owner === `\${aws_s3_bucket.${name}.id}` || owner === `\${aws_s3_bucket.${name}.bucket}`;
  });
}
