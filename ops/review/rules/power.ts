/** IAM: who may do what, and who may be whom. */
import type { Remark, Rule } from '../rule.ts';
import { byAttribute, raised, under } from './by-attribute.ts';
import { differencesAt, listed } from './differences.ts';
import { type Grant, isUnknownAt, lostDenials, newGrants, policyChanges } from './policy-text.ts';
import { inOrderOfPower, weightOf } from './weight.ts';

/** Where the policies of identities are written. */
const IDENTITY_POLICIES: Readonly<Record<string, readonly string[]>> = {
  ...under(
    ['aws_iam_group_policy', 'aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy'],
    'policy',
  ),
  aws_iam_role: ['inline_policy.policy'],
  aws_ssoadmin_permission_set_inline_policy: ['inline_policy'],
};

const moreAllowed: Rule = {
  id: 'more-allowed',
  rank: 'power',
  types: new Set(Object.keys(IDENTITY_POLICIES)),
  judge: (change) =>
    (IDENTITY_POLICIES[change.type] ?? []).flatMap((path) => {
      if (isUnknownAt(change, path)) return [unreadable(path)];
      return policyChanges(change, path).flatMap((policy) => {
        const grants = newGrants(policy);
        return grants.length === 0 ? [] : [allowed(grants, policy.path)];
      });
    }),
};

/** Its actions may be new too. */
function unreadable(path: string): Remark {
  return {
    what: 'gets a policy that nobody can read before the apply',
    why: 'It names what is made in the same apply; read its source, or plan again after that.',
    path: path.split('.'),
  };
}

function allowed(grants: readonly Grant[], path: Remark['path']): Remark {
  const sorted = inOrderOfPower(grants);
  const [first] = sorted;
  const words = [...new Set(sorted.map(inWords))];
  return {
    what: `now allows ${words[0] ?? ''}${more(words.length - 1)}`,
    why: first === undefined ? '' : weightOf(first).why,
    ...(path && { path }),
    after: words.slice(0, SHOWN).join('; ') + more(words.length - SHOWN),
  };
}

/** Grants that are written out. */
const SHOWN = 4;

function more(count: number): string {
  return count > 0 ? `, and ${count} more` : '';
}

function inWords({ action, resource }: Grant): string {
  const what = action === '*' ? 'everything' : action;
  return resource === '*' ? `${what} on everything` : `${what} on ${resource}`;
}

const denialGone: Rule = {
  id: 'denial-gone',
  rank: 'power',
  types: new Set(Object.keys(IDENTITY_POLICIES)),
  judge: (change) =>
    (change.action === 'destroy' ? [] : (IDENTITY_POLICIES[change.type] ?? []))
      .flatMap((path) => policyChanges(change, path))
      .flatMap((policy) => {
        const [first, ...others] = inOrderOfPower(lostDenials(policy));
        if (first === undefined) return [];
        return [
          {
            what: `no longer denies ${inWords(first)}${more(others.length)}`,
            why: 'Whatever allows it elsewhere counts from now on.',
            path: policy.path,
          },
        ];
      }),
};

const ATTACHMENTS: Readonly<Record<string, readonly string[]>> = {
  ...under(
    [
      'aws_iam_group_policy_attachment',
      'aws_iam_policy_attachment',
      'aws_iam_role_policy_attachment',
      'aws_iam_user_policy_attachment',
    ],
    'policy_arn',
  ),
  aws_iam_role: ['managed_policy_arns'],
  aws_ssoadmin_managed_policy_attachment: ['managed_policy_arn'],
};

const MIGHTY = /(AdministratorAccess|PowerUserAccess|IAMFullAccess|FullAccess)$/;

const policyAttached: Rule = {
  id: 'policy-attached',
  rank: 'power',
  types: new Set(Object.keys(ATTACHMENTS)),
  judge: (change) =>
    (change.action === 'destroy' ? [] : (ATTACHMENTS[change.type] ?? []))
      .flatMap((path) => differencesAt(change, path))
      .flatMap(({ path, before, after }) => {
        const old = new Set(listed(before));
        const arns = listed(after).filter((arn) => !old.has(arn));
        return arns.map((arn) => attached(String(arn), path));
      }),
};

function attached(arn: string, path: Remark['path']): Remark {
  const name = arn.replace(/^.*:policy\/(?:aws-service-role\/|service-role\/)?/, '');
  const isMighty = MIGHTY.test(name);
  return {
    what: `gets the policy ${name}`,
    why: isMighty
      ? 'Whoever has it can do everything of its kind, and with some of these become anybody.'
      : 'What it allows is written elsewhere, and may grow without a plan here.',
    ...(path && { path }),
  };
}

const boundaryGone = byAttribute({
  id: 'boundary-changed',
  rank: 'power',
  at: under(['aws_iam_role', 'aws_iam_user'], 'permissions_boundary'),
  when: ({ before }) => (before ?? '') !== '',
  what: ({ after }) =>
    (after ?? '') === '' ? 'has no permissions boundary any more' : 'gets another boundary',
  why: 'The boundary is what policies cannot go beyond, whoever writes them.',
});

const sessionLonger = byAttribute({
  id: 'session-longer',
  rank: 'power',
  at: { aws_iam_role: ['max_session_duration'], aws_ssoadmin_permission_set: ['session_duration'] },
  when: (difference) =>
    typeof difference.before === 'number' ? raised(difference) : difference.before !== undefined,
  what: 'gives out credentials for longer',
  why: 'Stolen ones are good for as long.',
});

export const POWER: readonly Rule[] = [
  moreAllowed,
  denialGone,
  policyAttached,
  boundaryGone,
  sessionLonger,
];
