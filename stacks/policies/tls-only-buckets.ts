/** A bucket's own policy refuses requests without TLS: S3 by itself answers them. */
import { asList, isBlock } from './attributes.ts';
import { partsOf } from './bucket-parts.ts';
import { statementsIn, UNREADABLE, wordsOf } from './iam-statements.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

const WHAT_TO_DO =
  "deny s3:* to * on the bucket and on /* of it, where aws:SecureTransport is 'false' (as PrivateBucket does)";

export const tlsOnlyBuckets: Rule = {
  name: 'tls-only-buckets',
  check(stack, refuse) {
    for (const bucket of stack.resources.filter(({ type }) => type === 'aws_s3_bucket')) {
      const policies = partsOf(stack, bucket, 'aws_s3_bucket_policy');
      if (policies.length === 0) {
        refuse(
          bucket,
          `aws_s3_bucket answers without TLS: add an aws_s3_bucket_policy; ${WHAT_TO_DO}`,
        );
      }
      for (const policy of policies) {
        const statements = statementsIn(policy.attributes['policy']);
        if (statements === undefined) {
          refuse(policy, `the policy of aws_s3_bucket_policy ${UNREADABLE}`);
        } else if (!isClosed(statements, bucket)) {
          refuse(policy, `aws_s3_bucket_policy lets requests without TLS pass: ${WHAT_TO_DO}`);
        }
      }
    }
  },
};

/** Two statements may do it together: one for the bucket, one for its objects. */
function isClosed(statements: readonly Attributes[], bucket: Resource): boolean {
  const closed = new Set(statements.filter(deniesPlain).flatMap((one) => wordsOf(one, 'Resource')));
  if (closed.has('*')) return true;
  const { name, attributes } = bucket;
  const names = [`\${aws_s3_bucket.${name}.arn}`, `arn:aws:s3:::${String(attributes['bucket'])}`];
  const isDenied = (end: string) => names.some((arn) => closed.has(`${arn}${end}`));
  return isDenied('') && isDenied('/*');
}

/** Everybody, everything, and under no other condition. */
function deniesPlain(statement: Attributes): boolean {
  const { Effect: effect, Principal: principal, Condition: condition } = statement;
  const isEverybody = principal === '*' || (isBlock(principal) && principal['AWS'] === '*');
  const isEverything = wordsOf(statement, 'Action').some((one) => one === 's3:*' || one === '*');
  return effect === 'Deny' && isEverybody && isEverything && isPlain(condition);
}

/** `{ Bool: { 'aws:SecureTransport': 'false' } }` and nothing else. */
function isPlain(condition: unknown): boolean {
  if (!isBlock(condition) || Object.keys(condition).join() !== 'Bool') return false;
  const { Bool: keys } = condition;
  if (!isBlock(keys) || Object.keys(keys).join() !== 'aws:SecureTransport') return false;
  return asList(keys['aws:SecureTransport']).every((value) => String(value) === 'false');
}
