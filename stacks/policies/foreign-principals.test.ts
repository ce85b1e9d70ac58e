import { policyDocument, type Statement } from '../constructs/policy-document.ts';
import { add, refusalOf } from '../testing/refusal.ts';
import { namedPrincipals } from './named-principals.ts';

const account: Statement = { principals: {}, actions: ['x:*'], resources: ['*'] };

const keyRefusal = (statement: Statement) =>
  refusalOf(namedPrincipals, (stack) =>
    add(stack, 'aws_kms_key', 'it', { policy: policyDocument(statement) }),
  );

test.each([
  '999999999999',
  'arn:aws:iam::999999999999:root',
  'arn:aws:iam::999999999999:role/any',
  'arn:aws:sts::999999999999:assumed-role/any/one',
  'AROAEXAMPLEEXAMPLE',
  '${upper(aws_iam_role.it.arn)}',
])('somebody of no account of the program is refused: %s', (AWS) => {
  expect(keyRefusal({ ...account, principals: { AWS } })).toContain(
    `[stack/it] the policy of aws_kms_key lets in ${AWS}, of no account of the table`,
  );
});

test('an owner by a canonical id is refused', () => {
  expect(keyRefusal({ ...account, principals: { CanonicalUser: '79a59d' } })).toContain(
    'lets in 79a59d, of no account of the table',
  );
});

test.each([
  'arn:aws:iam::123456789012:role/*',
  'arn:aws:iam::*:root',
  'arn:aws:iam::123456789012:user/Jo?n',
])('a pattern is refused: %s', (AWS) => {
  expect(keyRefusal({ ...account, principals: { AWS } })).toContain(
    `lets in ${AWS}, a pattern: name each role or account by itself`,
  );
});

test.each(['123456789012', 'arn:aws:iam::123456789012:role/any', '${aws_iam_role.it.arn}'])(
  '%s is kept',
  (AWS) => {
    expect(keyRefusal({ ...account, principals: { AWS } })).toBe('');
  },
);

const token: Statement = {
  principals: { Federated: 'arn:aws:iam::123456789012:oidc-provider/issuer.example' },
  actions: ['sts:AssumeRoleWithWebIdentity'],
};
const claims = { 'issuer.example:aud': 'sts.amazonaws.com', 'issuer.example:sub': 'repo:a/b:c' };

test.each<readonly [string, Statement['conditions'], string]>([
  ['without conditions', {}, 'any aud'],
  ['of any subject', { StringEquals: { 'issuer.example:aud': 'x' } }, 'any sub'],
  ['of any audience', { StringEquals: { 'issuer.example:sub': 'x' } }, 'any aud'],
  ['of subjects by a pattern', { StringLike: claims }, 'any sub'],
  ['of no subject', { StringEquals: { ...claims, 'issuer.example:sub': [] } }, 'any sub'],
  ['of *', { StringEquals: { ...claims, 'issuer.example:sub': ['a', 'repo:a/*'] } }, 'any sub'],
])('a token %s is refused', (_, conditions, expected) => {
  expect(keyRefusal({ ...token, ...(conditions && { conditions }) })).toContain(
    `lets in whoever has a token with ${expected}: add StringEquals on <issuer>:`,
  );
});

test.each(['arn:aws:iam::123456789012:oidc-provider/issuer.example', 'accounts.google.com'])(
  'a token of %s with an exact audience and subject is kept',
  (Federated) => {
    const principals = { Federated };

    expect(keyRefusal({ ...token, principals, conditions: { StringEquals: claims } })).toBe('');
  },
);

test('a permission for a foreign account is refused', () => {
  const permission = { principal: '999999999999' };

  expect(
    refusalOf(namedPrincipals, (stack) => add(stack, 'aws_lambda_permission', 'it', permission)),
  ).toContain('the principal of aws_lambda_permission lets in 999999999999');
});
