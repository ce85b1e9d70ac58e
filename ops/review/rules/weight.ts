/** Which of several permissions a reader has to see first, and why. */
import type { Grant } from './policy-text.ts';

interface Weight {
  readonly test: (grant: Grant) => boolean;
  readonly why: string;
}

/** The heaviest first. */
const WEIGHTS: readonly Weight[] = [
  {
    test: ({ action }) => action === '*' || action.startsWith('everything but'),
    why: 'Whoever has it can do nearly everything in the account.',
  },
  {
    test: ({ action }) => /^(iam|organizations|sso|sso-admin|account):\*$/i.test(action),
    why: 'Whoever may change IAM may give themselves everything.',
  },
  {
    test: ({ action }) =>
      /^iam:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update|Upload|Deactivate|\*)/i.test(
        action,
      ),
    why: 'Whoever may change users, roles or policies may give themselves more.',
  },
  {
    test: ({ action }) => /^(iam:PassRole|sts:AssumeRole\w*|sts:\*)$/i.test(action),
    why: 'Whoever may be another role, or give it to a machine, may do what that role may.',
  },
  {
    test: ({ action, resource }) => action.endsWith(':*') && resource === '*',
    why: 'A whole service, everywhere, also what it will learn in the future.',
  },
  {
    test: ({ action }) => action.endsWith(':*'),
    why: 'All of a service, also what it will learn.',
  },
  {
    test: ({ action }) =>
      /^(kms:(Decrypt|CreateGrant|PutKeyPolicy)|secretsmanager:GetSecretValue|ssm:GetParameter|ssmmessages|ecs:ExecuteCommand|rds-db)/i.test(
        action,
      ),
    why: 'It opens what is kept secret, or gets into what runs.',
  },
  {
    test: ({ action }) => action.includes('*') && !/:(Describe|Get|List)\*$/i.test(action),
    why: 'A wildcard also allows what AWS adds to the service in the future.',
  },
  {
    test: ({ action }) => !/:(BatchGet|BatchCheck|Describe|Get|List|Head|Query|Scan)/i.test(action),
    why: 'What has the policy may change things by it that it could not change before.',
  },
];

const READS: Weight = {
  test: () => true,
  why: 'What has the policy may read by it what it could not read before.',
};

export function weightOf(grant: Grant): Weight {
  return WEIGHTS.find(({ test }) => test(grant)) ?? READS;
}

/** The heaviest first; of those that weigh the same, what is done to everything. */
export function inOrderOfPower(grants: readonly Grant[]): Grant[] {
  return grants.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || Number(b.resource === '*') - Number(a.resource === '*'),
  );
}

function rankOf(grant: Grant): number {
  const at = WEIGHTS.findIndex(({ test }) => test(grant));
  return at === -1 ? WEIGHTS.length : at;
}
