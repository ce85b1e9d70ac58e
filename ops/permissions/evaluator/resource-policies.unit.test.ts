import {
  answerTo,
  ACCOUNT,
  ROLE,
  SESSION,
  BUCKET,
  OTHER_ROLE,
  onResource,
  allow,
  deny,
  by,
  mayAll,
  nothing,
  type Case,
} from './testing/policies.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
const CASES: readonly (Case & { readonly is: string })[] = [
  {
    what: 'the bucket allows the role',
    identityPolicies: [],
    resourcePolicies: [onResource(allow('s3:GetObject', `${BUCKET}/*`, by(ROLE)))],
    is: 'yes: resource policy',
  },
  {
    what: 'the bucket allows another role',
    identityPolicies: [],
    resourcePolicies: [onResource(allow('s3:GetObject', `${BUCKET}/*`, by(OTHER_ROLE)))],
    is: 'no: no policy',
  },
  {
    what: 'the bucket allows the role, the boundary does not',
    identityPolicies: [],
    boundary: nothing,
    resourcePolicies: [onResource(allow('s3:*', '*', by(ROLE)))],
    is: 'no: boundary',
  },
  {
    what: 'the bucket allows the session, the boundary does not',
    identityPolicies: [],
    boundary: nothing,
    sessionName: 'one',
    resourcePolicies: [onResource(allow('s3:*', '*', by(SESSION)))],
    is: 'yes: resource policy',
  },
  {
    what: 'the bucket allows another session',
    identityPolicies: [],
    sessionName: 'two',
    resourcePolicies: [onResource(allow('s3:*', '*', by(SESSION)))],
    is: 'no: no policy',
  },
  {
    what: 'the bucket allows the account, which is no grant to its roles',
    identityPolicies: [],
    resourcePolicies: [onResource(allow('s3:*', '*', by(ACCOUNT)))],
    is: 'no: no policy',
  },
  {
    what: 'the bucket allows everybody',
    identityPolicies: [],
    resourcePolicies: [onResource(allow('s3:*', '*', { Principal: '*' }))],
    is: 'yes: resource policy',
  },
  {
    what: 'the bucket denies everybody',
    identityPolicies: [mayAll],
    resourcePolicies: [onResource(deny('s3:*', '*', { Principal: '*' }))],
    is: 'no: explicit deny',
  },
  {
    what: 'the bucket denies the account',
    identityPolicies: [mayAll],
    resourcePolicies: [onResource(deny('s3:*', '*', by(`arn:aws:iam::${ACCOUNT}:root`)))],
    is: 'no: explicit deny',
  },
  {
    what: 'the bucket denies a service of AWS',
    identityPolicies: [mayAll],
    resourcePolicies: [
      onResource(deny('s3:*', '*', { Principal: { Service: 'events.amazonaws.com' } })),
    ],
    is: 'yes: identity policy',
  },
  {
    what: 'the bucket refuses what comes without TLS, and does not know',
    identityPolicies: [mayAll],
    resourcePolicies: [
      onResource(
        deny('s3:*', '*', {
          Principal: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ),
    ],
    is: 'yes: identity policy',
  },
];

test.each(CASES)('$what: $is', ({ is, ...asked }) => {
  expect(answerTo(asked)).toBe(is);
});
