/** The registry stack of environments that trust a repository, to look at what their roles may do. */
import { Testing } from 'cdktf';
import type { Environment } from '../place.ts';
import { RegistryStack } from '../registry-stack.ts';
import { anAccount } from './places.ts';
import { resourcesOf, type Synthesised, synthesise } from './synthesise.ts';

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

export const GITHUB = {
  repository: 'octo-org/store',
  ownerId: '123456',
  repositoryId: '456789',
  provider: 'create',
} as const;

export function registryOf(...environments: Environment[]): Synthesised {
  return synthesise(new RegistryStack(Testing.app(), anAccount(...environments)));
}

/** Those of a role, such as `dev-apply`, as they are written. */
export function policiesOf(registry: Synthesised, role: string): string[] {
  return resourcesOf(registry, 'aws_iam_policy')
    .filter(({ name }) => String(name).includes(`${role}-`))
    .map(({ policy }) => String(policy));
}

/** Of all the policies of a role. */
export function statementsOf(registry: Synthesised, role: string): PolicyStatement[] {
  return policiesOf(registry, role).flatMap(
    (policy) => (JSON.parse(policy) as { Statement: PolicyStatement[] }).Statement,
  );
}
