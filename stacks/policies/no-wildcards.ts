/** What an identity may do is spelled out: each action by its name, on what it is done to. */
import { valuesAt } from './attributes.ts';
import { statementsIn, UNREADABLE, wordsOf } from './iam-statements.ts';
import { hasNoResource } from './without-resources.ts';
import type { Attributes, Resource } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

/** Where policies of identities are written. Those of keys, buckets and queues are of resources. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  aws_iam_group_policy: 'policy',
  aws_iam_policy: 'policy',
  aws_iam_role: 'inline_policy.policy',
  aws_iam_role_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_ssoadmin_permission_set_inline_policy: 'inline_policy',
};

/** Where a policy is named that somebody else wrote. */
const ATTACHMENTS: Readonly<Record<string, string>> = {
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
};

const OF_AWS = /^arn:aws[a-z-]*:iam::aws:policy\//;

export const noWildcards: Rule = {
  name: 'no-wildcards',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      for (const wrong of [...written(resource), ...attached(resource)]) {
        refuse(resource, `${resource.type} ${wrong}`);
      }
    }
  },
};

function written({ type, attributes }: Resource): string[] {
  const path = DOCUMENTS[type];
  if (path === undefined) return [];
  return valuesAt(attributes, path)
    .filter((document) => document !== undefined)
    .flatMap((document) => statementsIn(document)?.flatMap(problemsOf) ?? [UNREADABLE]);
}

function attached({ type, attributes }: Resource): string[] {
  const path = ATTACHMENTS[type];
  return (path === undefined ? [] : valuesAt(attributes, path))
    .filter((arn) => OF_AWS.test(String(arn)))
    .map((arn) => `allows what AWS writes into ${String(arn)}: spell out the actions it needs`);
}

function problemsOf(statement: Attributes): string[] {
  if (statement['Effect'] !== 'Allow') return [];
  const negated = ['NotAction', 'NotResource'].filter((key) => statement[key] !== undefined);
  const actions = wordsOf(statement, 'Action');
  const patterns = actions.filter((action) => /[*?]/.test(action));
  return [
    ...negated.map((key) => `allows all but what its ${key} names: name what it needs`),
    ...patterns.map((action) => `allows ${action}: name each action that it needs`),
    ...everyResource(statement, actions),
  ];
}

function everyResource(statement: Attributes, actions: readonly string[]): string[] {
  const open = wordsOf(statement, 'Resource').find(isEverything);
  const narrower = actions.filter((action) => !hasNoResource(action));
  if (open === undefined || narrower.length === 0) return [];
  return [
    `allows ${narrower.join(', ')} on ${open}: name ARNs; what has none is listed in stacks/policies/without-resources.ts`,
  ];
}

/** `*`, or an ARN that is one in its last part: `arn:aws:sqs:*:*:*`. */
function isEverything(resource: string): boolean {
  return /^(arn:([^:]*:){4})?\*+$/.test(resource);
}
