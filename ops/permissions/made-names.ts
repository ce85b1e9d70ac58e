/** ARNs that AWS made up, by what they are called where nothing is made yet. */
import { Refusal } from '../deployment/refusal.ts';
import type { Program } from '../../stacks/written/program.ts';
import type { Resource, WrittenStack } from '../../stacks/written/written-stack.ts';
import { areArnsKnown, masterSecretArn } from './arns.ts';
import { placeOf, withNames } from './known-names.ts';

/** By the real ARN. */
export type MadeNames = ReadonlyMap<string, string>;

/** Terraform's own form of a state, as far as it matters here. */
interface StateFile {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: Attributes }[];
  }[];
}

interface Attributes {
  readonly arn?: string;
  readonly master_user_secret?: readonly { readonly secret_arn?: string }[];
}

/** @param states texts of states by name of the stack. @returns those that differ */
export function madeNames(program: Program, states: ReadonlyMap<string, string>): MadeNames {
  return new Map(
    program.stacks.flatMap((stack) => {
      const { resources = [] } = JSON.parse(states.get(stack.name) ?? '{}') as StateFile;
      return resources
        .filter(({ mode }) => mode === 'managed')
        .flatMap(({ type, name, instances }) => {
          const written = stack.resources.find((one) => one.type === type && one.name === name);
          const attributes = instances[0]?.attributes;
          if (written === undefined || attributes === undefined) return [];
          return namesOf(program, { stack, written }, attributes);
        });
    }),
  );
}

function namesOf(
  program: Program,
  { stack, written }: { readonly stack: WrittenStack; readonly written: Resource },
  { arn, master_user_secret: [secret] = [] }: Attributes,
): [string, string][] {
  const names: [string, string][] = [];
  const known = arn !== undefined && areArnsKnown(written.type) && arnIn(program, stack, written);
  if (typeof known === 'string' && known !== arn) names.push([String(arn), known]);
  if (secret?.secret_arn !== undefined) {
    names.push([secret.secret_arn, masterSecretArn(written, placeOf(stack))]);
  }
  return names;
}

function arnIn(program: Program, stack: WrittenStack, { type, name }: Resource) {
  try {
    return withNames(program, stack, `\${${type}.${name}.arn}`);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
