/** Who may be a role, who is let in by name, and who is new. */
import type { PlannedChange } from '../change.ts';
import type { Remark, Rule } from '../rule.ts';
import { byType } from './by-type.ts';
import { EVERYBODY, type Grant, newGrants, policyChanges } from './policy-text.ts';
import { RESOURCE_POLICIES } from './public-policies.ts';

const trustChanged: Rule = {
  id: 'trust-changed',
  rank: 'power',
  types: new Set(['aws_iam_role']),
  judge: (change) =>
    policyChanges(change, 'assume_role_policy').flatMap((policy) => {
      const grants = newGrants(policy).filter((grant) => isWorthSaying(grant, change));
      const names = namesOf(grants);
      if (names === '') return [];
      const isKnown = grants.every(({ principal }) =>
        policy.before.some((old) => old.principal === principal),
      );
      const what = isKnown
        ? `can be taken on more easily by ${names}`
        : `can be taken on by ${names}`;
      const why = 'Whoever takes on the role may do all that it may.';
      return [{ what, why, path: policy.path }] satisfies Remark[];
    }),
};

const letIn: Rule = {
  id: 'let-in',
  rank: 'power',
  // Those of secrets are another rank's.
  types: new Set(Object.keys(RESOURCE_POLICIES).filter((type) => !type.includes('secret'))),
  judge: (change) =>
    (RESOURCE_POLICIES[change.type] ?? [])
      .flatMap((path) => policyChanges(change, path))
      .flatMap((policy) => {
        const grants = newGrants(policy).filter((grant) => isWorthSaying(grant, change));
        const [first] = grants;
        if (first === undefined) return [];
        return [
          {
            what: `lets in ${namesOf(grants)}: ${first.action}`,
            why: 'By the policy of a resource one is let in without a policy of one’s own.',
            path: policy.path,
          },
        ] satisfies Remark[];
      }),
};

/**
 * A new role for a service of AWS, and a new key for its own account, are how each is made.
 * Everybody is another rank's.
 */
function isWorthSaying({ principal }: Grant, { action }: PlannedChange): boolean {
  if (principal === '' || principal === EVERYBODY) return false;
  if (action !== 'create') return true;
  return (
    !principal.endsWith('.amazonaws.com') && !/^(arn:[\w-]+:iam::)?\d{12}(:root)?$/.test(principal)
  );
}

function namesOf(grants: readonly Grant[]): string {
  return [...new Set(grants.map(({ principal }) => principal))].join(', ');
}

const BY_KEY = 'Whoever has the key is in, from anywhere, until somebody takes it away.';

const identityMade = byType({
  id: 'identity-made',
  rank: 'power',
  on: ['create'],
  what: 'is made',
  why: {
    aws_iam_access_key: BY_KEY,
    aws_iam_group_membership: 'Its members may do what the group may.',
    aws_iam_openid_connect_provider: 'Whoever has a token of this issuer may try to take on roles.',
    aws_iam_saml_provider: 'Whoever this provider vouches for may try to take on roles.',
    aws_iam_service_specific_credential: BY_KEY,
    aws_iam_user: 'A user of AWS, with a password or keys that do not end by themselves.',
    aws_iam_user_group_membership: 'The user may do what the group may.',
    aws_iam_user_login_profile: 'A person can log in to the console with a password.',
    aws_kms_grant: 'Whoever it names may use the key, and no policy says so.',
    aws_ssoadmin_account_assignment: 'People get into the account with these permissions.',
  },
});

const roleWorn: Rule = {
  id: 'role-worn',
  rank: 'power',
  types: new Set([
    'aws_iam_instance_profile',
    'aws_instance',
    'aws_ecs_task_definition',
    'aws_lambda_function',
  ]),
  judge({ type, action, before, after }) {
    if (action !== 'update' && action !== 'replace') return [];
    const name = WEARING[type] ?? 'role';
    const [was, is] = [before[name] ?? undefined, after[name] ?? undefined];
    if (is === undefined || was === is) return [];
    const why = 'What runs may do what that role may, from the next start on.';
    return [{ what: 'runs with another role', why, path: [name] }];
  },
};

const WEARING: Readonly<Record<string, string>> = {
  aws_ecs_task_definition: 'task_role_arn',
  aws_instance: 'iam_instance_profile',
};

export const IDENTITIES: readonly Rule[] = [trustChanged, letIn, identityMade, roleWorn];
