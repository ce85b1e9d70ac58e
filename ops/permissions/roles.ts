/** The roles that the stacks make, as the evaluator wants them. */
import type { Account, Environment, Place } from '../../stacks/place.ts';
import { StoreStack } from '../../stacks/store-stack.ts';
import type { Program } from '../../stacks/written/program.ts';
import type { Resource, WrittenStack } from '../../stacks/written/written-stack.ts';
import { Refusal } from '../deployment/refusal.ts';
import { type Policy, readPolicy } from './evaluator/policy.ts';
import { placeOf, withNames } from './known-names.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Of its construct: `dev-service/task/role/role`. */
  readonly path: string;
  readonly description: string;
  readonly trust: Policy;
  /** Its own and those of the program that are attached to it. */
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  /** Attached ones that the program does not make, such as AWS's: their text is not known here. */
  readonly unknownPolicies: readonly string[];
}

/**
 * Those of an environment's stacks, and those that its account's stacks make for it.
 *
 * @throws Refusal, UnsupportedPolicy for what cannot be read
 */
export function rolesFor(program: Program, environment: Environment, account: Account): Role[] {
  const stacksOf = ({ label }: Place) =>
    program.stacks.filter(
      ({ construct }) => construct instanceof StoreStack && construct.place.label === label,
    );
  const ofAccount = stacksOf(account).flatMap((stack) => rolesOf(program, stack));
  return [
    ...stacksOf(environment).flatMap((stack) => rolesOf(program, stack)),
    ...ofAccount.filter(({ arn }) => {
      const owner = ownerOf(arn, account.environments);
      return owner === undefined || owner.label === environment.label;
    }),
  ];
}

/** The environment whose label stands in a path or name as a word; `dev-copy` before `dev`. */
function ownerOf(arn: string, environments: readonly Environment[]): Environment | undefined {
  return environments
    .toSorted((a, b) => b.label.length - a.label.length)
    .find(({ label }) => new RegExp(`[/-]${RegExp.escape(label)}(?:[/-]|$)`).test(arn));
}

function rolesOf(program: Program, stack: WrittenStack): Role[] {
  const made = madePolicies(program);
  return stack.resources
    .filter(({ type }) => type === 'aws_iam_role')
    .map((role) => readRole({ program, stack, made }, role));
}

interface Reading {
  readonly program: Program;
  readonly stack: WrittenStack;
  /** Managed policies of the program by ARN: other stacks name them without a reference. */
  readonly made: ReadonlyMap<string, Policy>;
}

function readRole(reading: Reading, { name: id, path, attributes }: Resource): Role {
  const { program, stack, made } = reading;
  const text = (value: unknown) => withNames(program, stack, String(value));
  if (attributes['inline_policy'] !== undefined) {
    throw new Refusal(`${path}: write its inline_policy as an aws_iam_role_policy, which is read`);
  }
  const name = text(attributes['name']);
  const boundary = attributes['permissions_boundary'];
  const attached = [
    ...((attributes['managed_policy_arns'] ?? []) as readonly unknown[]).map(text),
    ...partsOf(reading, name, 'aws_iam_role_policy_attachment').map((part) => part('policy_arn')),
  ];
  return {
    name,
    arn: text(`\${aws_iam_role.${id}.arn}`),
    path,
    description: text(attributes['description'] ?? ''),
    trust: readPolicy(`trust of ${name}`, text(attributes['assume_role_policy']), 'resource'),
    policies: [
      ...partsOf(reading, name, 'aws_iam_role_policy').map((part) =>
        readPolicy(part('name'), part('policy'), 'identity'),
      ),
      ...attached.flatMap((arn) => made.get(arn) ?? []),
    ],
    ...(boundary !== undefined && { boundary: boundaryOf(reading, path, text(boundary)) }),
    unknownPolicies: attached.filter((arn) => !made.has(arn)),
  };
}

/** Attributes of what is beside a role, in whichever stack of its account. */
function partsOf({ program, stack: own }: Reading, name: string, type: string) {
  return program.stacks.flatMap((stack) => {
    if (placeOf(stack).accountId !== placeOf(own).accountId) return [];
    const parts = stack.resources.filter((resource) => resource.type === type);
    return parts.flatMap(({ path, attributes }) => {
      const part = (attribute: string) => withNames(program, stack, String(attributes[attribute]));
      // Otherwise a policy would be left out, and nobody would know.
      if (part('role').startsWith('<')) throw new Refusal(`${path}: name its role by role.name`);
      return part('role') === name ? [part] : [];
    });
  });
}

function madePolicies(program: Program): Map<string, Policy> {
  return new Map(
    program.stacks.flatMap((stack) =>
      stack.resources
        .filter(({ type }) => type === 'aws_iam_policy')
        .map(({ name, attributes: { policy } }) => {
          const arn = withNames(program, stack, `\${aws_iam_policy.${name}.arn}`);
          const text = withNames(program, stack, String(policy));
          return [arn, readPolicy(arn.split('/').at(-1) ?? arn, text, 'identity')] as const;
        }),
    ),
  );
}

function boundaryOf({ made }: Reading, path: string, arn: string): Policy {
  const policy = made.get(arn);
  if (policy !== undefined) return policy;
  throw new Refusal(
    `${path}: its boundary ${arn} is made by no stack, so nobody knows what it says`,
  );
}
