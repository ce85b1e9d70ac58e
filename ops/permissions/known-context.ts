/** What a request says without being told, as far as the stacks know it: its region, and tags. */
import type { Program } from '../../stacks/written/program.ts';
import type { Attributes, Resource, WrittenStack } from '../../stacks/written/written-stack.ts';
import { Refusal } from '../deployment/refusal.ts';
import { areArnsKnown, masterSecretArn } from './arns.ts';
import type { Request } from './evaluator/statements.ts';
import { placeOf, withNames } from './known-names.ts';

type Tags = Readonly<Record<string, string>>;

/** By ARN. */
export type TagsOfResources = ReadonlyMap<string, Tags>;

/**
 * Services with one endpoint for all regions, which is there. Source: aws:RequestedRegion in
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GLOBAL_SERVICES = new Set(['cloudfront', 'iam', 'organizations', 'route53', 'support']);
const THEIR_REGION = 'us-east-1';

/** @param region of the environment */
export function knownContext(
  { action, resource }: Request,
  region: string,
  tags: TagsOfResources,
): Readonly<Record<string, string>> {
  const service = action.split(':')[0]?.toLowerCase() ?? '';
  const [, , , ofResource = ''] = resource.split(':');
  const requested = GLOBAL_SERVICES.has(service) ? THEIR_REGION : ofResource || region;
  const ofTags = Object.entries(tags.get(resource) ?? {});
  return {
    'aws:RequestedRegion': requested,
    ...Object.fromEntries(ofTags.map(([tag, value]) => [`aws:ResourceTag/${tag}`, value])),
  };
}

/** Of the resources that the stacks make and whose ARNs are known. */
export function tagsOfResources(program: Program): TagsOfResources {
  return new Map(
    program.stacks.flatMap((stack) =>
      stack.resources.flatMap((resource) => {
        const arn = arnIn(program, stack, resource);
        return arn === undefined ? [] : tagged(stack, resource, arn);
      }),
    ),
  );
}

function tagged(stack: WrittenStack, resource: Resource, arn: string): [string, Tags][] {
  const { type, attributes } = resource;
  const own: [string, Tags] = [arn, tagsOf(stack, attributes)];
  if (type !== 'aws_db_instance' || attributes['manage_master_user_password'] !== true) {
    return [own];
  }
  // RDS makes the secret and says so, and gives it none of ours.
  const secret = masterSecretArn(resource, placeOf(stack));
  return [own, [secret, { 'aws:rds:primaryDBInstanceArn': arn }]];
}

/** AWS looks at a bucket's tags only where that was switched on. */
const NOT_ASKED = 'aws_s3_bucket';

function arnIn(program: Program, stack: WrittenStack, { type, name }: Resource) {
  if (!areArnsKnown(type) || type === NOT_ASKED) return undefined;
  try {
    return withNames(program, stack, `\${${type}.${name}.arn}`);
  } catch (error) {
    // Nobody has asked for it yet: one whose name is computed has no tags here.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function tagsOf({ providers }: WrittenStack, { tags }: Attributes): Tags {
  const [{ default_tags: defaults } = {}] = providers['aws'] ?? [];
  const [first] = (defaults ?? []) as readonly { readonly tags?: Tags }[];
  return { ...first?.tags, ...(tags as Tags | undefined) };
}
