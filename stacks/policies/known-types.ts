/** Policies pass over a kind of resource that they have never heard of: it is refused until they have. */
import { TERRAFORM_TYPES } from '../pipelines/actions.ts';
import type { WrittenStack } from '../written/written-stack.ts';
import { isOfAccount } from './place-of.ts';
import type { Rule } from './policy.ts';

/**
 * What only accounts have, which people apply and no pipeline. Environments may not: policies that
 * can be attached to any role are where no-wildcards is mild.
 */
const OF_ACCOUNTS = new Set([
  'aws_ecr_lifecycle_policy',
  'aws_ecr_repository',
  'aws_ecr_repository_policy',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_role_policy_attachment',
]);

/** Those with lists of types or of their arguments. */
const TO_TEACH =
  'encrypted-at-rest, protected-data, nothing-public, no-open-ingress, no-secrets, named-principals and no-wildcards';

export const knownTypes: Rule = {
  name: 'known-types',
  check(stack, refuse) {
    // Others than those of AWS are visible-resources' affair.
    const ours = [...stack.resources, ...stack.dataSources].filter(({ type }) =>
      type.startsWith('aws_'),
    );
    const first = Map.groupBy(ours, ({ type }) => type);
    for (const [type, [resource]] of first) {
      if (resource === undefined || isKnown(stack, type)) continue;
      refuse(resource, `${type} ${whatToDo(stack, type)}`);
    }
  },
};

function isKnown(stack: WrittenStack, type: string): boolean {
  return Object.hasOwn(TERRAFORM_TYPES, type) || (isOfAccount(stack) && OF_ACCOUNTS.has(type));
}

function whatToDo(stack: WrittenStack, type: string): string {
  if (OF_ACCOUNTS.has(type)) {
    return "is for the account's stacks only: put it into stacks/registry-stack.ts, or write a role's policy with aws_iam_role_policy";
  }
  const list = isOfAccount(stack)
    ? 'stacks/policies/known-types.ts'
    : "stacks/pipelines/actions/, with the actions that the pipelines' roles need for it";
  return `is new here, so policies would pass over it: see what it needs from ${TO_TEACH} (stacks/policies/), then list it in ${list}`;
}
