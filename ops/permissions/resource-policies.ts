/** Policies that stand on resources: of keys, buckets, queues and more, by what they guard. */
import type { Program } from '../../stacks/written/program.ts';
import type { Resource, WrittenStack } from '../../stacks/written/written-stack.ts';
import { Refusal } from '../deployment/refusal.ts';
import { type Policy, readPolicy } from './evaluator/policy.ts';
import { placeOf, withNames } from './known-names.ts';

export interface ResourcePolicy {
  readonly policy: Policy;
  /** Whether it has a say in what is done to the resource of this ARN. */
  readonly guards: (resource: string) => boolean;
}

/** Where a type says what it is on; keys and roles hold theirs themselves. */
const BESIDE = {
  aws_s3_bucket_policy: 'bucket',
  aws_ecr_repository_policy: 'repository',
  aws_secretsmanager_secret_policy: 'secret_arn',
  aws_sqs_queue_policy: 'queue_url',
  aws_sns_topic_policy: 'arn',
} as const satisfies Record<string, string>;

/** What a key gets that was given none. Source: the aws_kms_key resource of the provider. */
const defaultKeyPolicy = (accountId: string) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: accountId },
    Action: 'kms:*',
    Resource: '*',
  },
});

/** @throws Refusal, UnsupportedPolicy for what cannot be read */
export function resourcePoliciesOf(program: Program): ResourcePolicy[] {
  return program.stacks.flatMap((stack) =>
    stack.resources.flatMap((resource) => {
      const found = policyOf(program, stack, resource);
      return found === undefined ? [] : [found];
    }),
  );
}

/** Those that have a say in what is done to a resource. */
export function policiesOn(all: readonly ResourcePolicy[], resource: string): Policy[] {
  return all.filter(({ guards }) => guards(resource)).map(({ policy }) => policy);
}

function policyOf(
  program: Program,
  stack: WrittenStack,
  resource: Resource,
): ResourcePolicy | undefined {
  const { type, name, path, attributes } = resource;
  const { accountId, region } = placeOf(stack);
  const read = (document: unknown) =>
    readPolicy(`policy of ${path}`, withNames(program, stack, String(document)), 'resource');
  const on = (id: string) => isOn(withNames(program, stack, `\${${id}.arn}`));
  if (type === 'aws_iam_role') {
    return { guards: on(`${type}.${name}`), policy: read(attributes['assume_role_policy']) };
  }
  if (type === 'aws_kms_key') {
    const policy = attributes['policy'] ?? JSON.stringify(defaultKeyPolicy(accountId));
    return { guards: on(`${type}.${name}`), policy: read(policy) };
  }
  if (type === 'aws_cloudwatch_log_resource_policy') {
    const logs = `arn:aws:logs:${region}:${accountId}:`;
    return { guards: (arn) => arn.startsWith(logs), policy: read(attributes['policy_document']) };
  }
  if (!isBeside(type)) return undefined;
  const guarded = program.targetOf(stack, attributes[BESIDE[type]])?.resource;
  if (guarded === undefined) throw new Refusal(`${path}: what it is on is made by no stack`);
  return { guards: on(`${guarded.type}.${guarded.name}`), policy: read(attributes['policy']) };
}

/** A bucket's is for its objects too. */
function isOn(arn: string): ResourcePolicy['guards'] {
  const isBucket = arn.startsWith('arn:aws:s3:::');
  return (resource) => resource === arn || (isBucket && resource.startsWith(`${arn}/`));
}

function isBeside(type: string): type is keyof typeof BESIDE {
  return Object.hasOwn(BESIDE, type);
}
