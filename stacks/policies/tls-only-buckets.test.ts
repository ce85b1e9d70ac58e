import { policyDocument } from '../constructs/policy-document.ts';
import { add, refusalOf } from '../testing/refusal.ts';
import { tlsOnlyBuckets } from './tls-only-buckets.ts';

const arn = '${aws_s3_bucket.it.arn}';
const deny = {
  effect: 'Deny',
  principals: '*',
  actions: ['s3:*'],
  resources: [arn, `${arn}/*`],
  conditions: { Bool: { 'aws:SecureTransport': 'false' } },
} as const;

function refusal(policy?: unknown): string {
  return refusalOf(tlsOnlyBuckets, (stack) => {
    add(stack, 'aws_s3_bucket', 'it', { bucket: 'ours' });
    if (policy !== undefined) {
      add(stack, 'aws_s3_bucket_policy', 'policy', { bucket: '${aws_s3_bucket.it.id}', policy });
    }
  });
}

test('refuses a bucket without a policy', () => {
  expect(refusal()).toContain(
    '[stack/it] aws_s3_bucket answers without TLS: add an aws_s3_bucket_policy',
  );
});

test.each([
  ['allows only', policyDocument({ ...deny, effect: 'Allow' })],
  ['is for one account', policyDocument({ ...deny, principals: { AWS: '123456789012' } })],
  ['leaves objects out', policyDocument({ ...deny, resources: [arn] })],
  ['leaves actions out', policyDocument({ ...deny, actions: ['s3:GetObject'] })],
  ['is of another bucket', policyDocument({ ...deny, resources: ['x', 'x/*'] })],
  [
    'has another condition beside',
    policyDocument({ ...deny, conditions: { ...deny.conditions, Null: { x: 'true' } } }),
  ],
  [
    'denies what has TLS',
    policyDocument({ ...deny, conditions: { Bool: { 'aws:SecureTransport': 'true' } } }),
  ],
])('refuses a policy that %s', (_, policy) => {
  expect(refusal(policy)).toContain(
    "[stack/policy] aws_s3_bucket_policy lets requests without TLS pass: deny s3:* to * on the bucket and on /* of it, where aws:SecureTransport is 'false'",
  );
});

test('refuses a policy that only Terraform knows', () => {
  expect(refusal('${data.aws_iam_policy_document.it.json}')).toContain(
    'write it with policyDocument()',
  );
});

test.each([
  ['in one statement', policyDocument(deny)],
  ['in two', policyDocument({ ...deny, resources: [arn] }, { ...deny, resources: [`${arn}/*`] })],
  ['by name', policyDocument({ ...deny, resources: ['arn:aws:s3:::ours', 'arn:aws:s3:::ours/*'] })],
])('keeps a policy that denies it %s', (_, policy) => {
  expect(refusal(policy)).toBe('');
});
