import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { Testing } from 'cdktf';
import { UserPool } from '../../stacks/constructs/user-pool.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { generatePassword } from './password.ts';

interface Policy {
  readonly minimum_length: number;
}

function policyOfThePool(): Policy {
  const text = Testing.synthScope((scope) => new UserPool(scope, 'pool', anEnvironment()));
  const { resource } = JSON.parse(text) as {
    resource: Record<string, Record<string, { password_policy: Policy }>>;
  };
  const [pool] = Object.values(resource[CognitoUserPool.tfResourceType] ?? {});
  if (pool === undefined) throw new Error('there is no pool');
  return pool.password_policy;
}

test('each password has what the pool demands', () => {
  const { minimum_length: minimum } = policyOfThePool();

  const passwords = Array.from({ length: 1000 }, generatePassword);

  for (const password of passwords) {
    expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*-)[A-Za-z\d-]+$/);
    expect(password.length).toBeGreaterThanOrEqual(minimum);
  }
});

test('no two passwords are the same', () => {
  expect(new Set(Array.from({ length: 1000 }, generatePassword)).size).toBe(1000);
});
