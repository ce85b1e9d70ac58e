/** References of Terraform, replaced by names that are known already, or by readable stand-ins. */
import type { Program, Target } from '../../stacks/written/program.ts';
import type { WrittenStack } from '../../stacks/written/written-stack.ts';
import { Refusal } from '../deployment/refusal.ts';
import { arnOf, masterSecretArn, type Place } from './arns.ts';

const EXPRESSION = /(?<!\$)\$\{[^{}]*\}/g;

/**
 * `${aws_sqs_queue.one.arn}:*` becomes `arn:aws:sqs:eu-central-1:123456789012:one:*`.
 *
 * @throws Refusal for an expression that is not one reference, or to something unknown
 */
export function withNames(program: Program, stack: WrittenStack, text: string): string {
  return (
    text
      .replaceAll(EXPRESSION, (expression) => {
        const target = program.targetOf(stack, expression);
        if (target !== undefined) return nameOf(program, target);
        throw new Refusal(`${stack.name}: ${expression} in a policy is no reference to a resource`);
      })
      // Terraform's way of writing the variables of IAM.
      .replaceAll('$${', '${')
  );
}

/** Account and region of a stack. */
export function placeOf({ name, providers }: WrittenStack): Place {
  const [{ region, allowed_account_ids: accounts } = {}] = providers['aws'] ?? [];
  const accountId = Array.isArray(accounts) ? (accounts[0] as unknown) : undefined;
  if (typeof region === 'string' && typeof accountId === 'string') return { accountId, region };
  throw new Refusal(`${name}: its provider says neither region nor account`);
}

function nameOf(program: Program, { stack, resource, attribute }: Target): string {
  const of = (wanted: string): string => {
    const value = resource.attributes[wanted];
    if (typeof value === 'string') return withNames(program, stack, value);
    return `<${resource.path} ${wanted}>`;
  };
  const place = placeOf(stack);
  const isArn = attribute === 'arn' || (attribute === 'id' && ARN_IDS.has(resource.type));
  if (isArn) return arnOf(resource, of, place);
  if (/^master_user_secret\b.*\.secret_arn$/.test(attribute)) {
    return masterSecretArn(resource, place);
  }
  return of(attribute === 'id' ? (IDS[resource.type] ?? 'id') : attribute);
}

/** Types whose `id` is the ARN. */
const ARN_IDS = new Set(['aws_iam_policy', 'aws_secretsmanager_secret', 'aws_sns_topic']);

/** Attributes that the provider gives again as `id`. */
const IDS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: 'name',
  aws_ecr_repository: 'name',
  aws_iam_role: 'name',
  aws_s3_bucket: 'bucket',
};
