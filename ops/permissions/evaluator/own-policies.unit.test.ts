import { mayRole } from './may-role.ts';
import {
  answerTo,
  ROLE,
  BUCKET,
  own,
  allow,
  deny,
  READ,
  mayRead,
  mayAll,
  nothing,
  type Case,
} from './testing/policies.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
const CASES: readonly (Case & { readonly is: string })[] = [
  { what: 'no policy at all', identityPolicies: [], is: 'no: no policy' },
  { what: 'its own policy allows', identityPolicies: [mayRead], is: 'yes: identity policy' },
  {
    what: 'one of several allows',
    identityPolicies: [nothing, mayRead],
    is: 'yes: identity policy',
  },
  { what: 'another action', identityPolicies: [own(allow('s3:PutObject'))], is: 'no: no policy' },
  { what: 'another resource', identityPolicies: [own(allow('s3:*', BUCKET))], is: 'no: no policy' },
  {
    what: 'a denial beside an allowance',
    identityPolicies: [mayAll, own(deny('s3:*', `${BUCKET}/*`))],
    is: 'no: explicit deny',
  },
  {
    what: 'a denial of all but something else',
    identityPolicies: [mayAll, own({ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' })],
    is: 'no: explicit deny',
  },
  {
    what: 'a denial of all but this action',
    identityPolicies: [mayAll, own({ Effect: 'Deny', NotAction: ['s3:Get*'], Resource: '*' })],
    is: 'yes: identity policy',
  },
  {
    what: 'allowed on all but this resource',
    identityPolicies: [own({ Effect: 'Allow', Action: '*', NotResource: `${BUCKET}/*` })],
    is: 'no: no policy',
  },
  {
    what: 'denied on all but this resource',
    identityPolicies: [
      mayAll,
      own({ Effect: 'Deny', Action: 's3:*', NotResource: [BUCKET, `${BUCKET}/*`] }),
    ],
    is: 'yes: identity policy',
  },
  {
    what: 'a condition that does not hold',
    identityPolicies: [
      own(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    ],
    is: 'no: no policy',
  },
  {
    what: 'a condition on what AWS always says',
    identityPolicies: [
      own(allow('s3:*', '*', { Condition: { ArnLike: { 'aws:PrincipalArn': ROLE } } })),
    ],
    is: 'yes: identity policy',
  },
  {
    what: 'a boundary that allows it too',
    identityPolicies: [mayRead],
    boundary: own(allow('s3:*')),
    is: 'yes: identity policy',
  },
  {
    what: 'a boundary without it',
    identityPolicies: [mayRead],
    boundary: nothing,
    is: 'no: boundary',
  },
  { what: 'a boundary alone', identityPolicies: [], boundary: mayAll, is: 'no: no policy' },
  {
    what: 'a denial in the boundary',
    identityPolicies: [mayRead],
    boundary: own(allow('*'), deny('s3:GetObject')),
    is: 'no: explicit deny',
  },
  {
    what: "a session's policy without it",
    identityPolicies: [mayRead],
    sessionPolicy: nothing,
    is: 'no: session policy',
  },
  {
    what: "a session's policy with it",
    identityPolicies: [mayRead],
    sessionPolicy: mayAll,
    is: 'yes: identity policy',
  },
];

test.each(CASES)('$what: $is', ({ is, ...asked }) => {
  expect(answerTo(asked)).toBe(is);
});

test('the statement that decides is told', () => {
  const { because } = mayRole({ roleArn: ROLE, identityPolicies: [nothing, mayRead] }, READ);

  expect(because).toEqual({ policy: 'own', statement: mayRead.statements[0] });
});
