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

/**
 * Boundaries and the policies of pipelines, of accounts only (known-types). They span what an
 * environment may ever have, whose ids AWS gives: `key/*`, `vpc/*`, with conditions where it can.
 */
const SPANS = 'aws_iam_policy';

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
    .flatMap(
      (document) =>
        statementsIn(document)?.flatMap((statement) => problemsOf(statement, type)) ?? [UNREADABLE],
    );
}

function attached({ type, attributes }: Resource): string[] {
  const path = ATTACHMENTS[type];
  return (path === undefined ? [] : valuesAt(attributes, path))
    .filter((arn) => OF_AWS.test(String(arn)))
    .map((arn) => `allows what AWS writes into ${String(arn)}: spell out the actions it needs`);
}

function problemsOf(statement: Attributes, type: string): string[] {
  if (statement['Effect'] !== 'Allow') return [];
  const negated = ['NotAction', 'NotResource'].filter((key) => statement[key] !== undefined);
  const actions = wordsOf(statement, 'Action');
  const patterns = actions.filter((action) => /[*?]/.test(action));
  return [
    ...negated.map((key) => `allows all but what its ${key} names: name what it needs`),
    ...patterns.map((action) => `allows ${action}: name each action that it needs`),
    ...everyResource(statement, actions, type === SPANS ? EVERYTHING : ALL_OF_A_KIND),
  ];
}

/** `*`, or an ARN that is one in its last part: `arn:aws:sqs:*:*:*`. */
const EVERYTHING = /^(arn:([^:]*:){4})?\*+$/;
/** That, and all that a service has of one kind: `secret:*`, `role/*`. In S3 that is one bucket. */
const ALL_OF_A_KIND = /^(arn:([^:]*:){4}[:/]?((?<!:s3:::)[\w-]+[:/])?)?[*?]+([:/][*?]+)*$/;

function everyResource(
  statement: Attributes,
  actions: readonly string[],
  tooWide: RegExp,
): string[] {
  const open = wordsOf(statement, 'Resource').find((resource) => tooWide.test(resource));
  const narrower = actions.filter((action) => !hasNoResource(action));
  if (open === undefined || narrower.length === 0) return [];
  return [
    `allows ${narrower.join(', ')} on ${open}: name ARNs; what has none is listed in stacks/policies/without-resources.ts`,
  ];
}
