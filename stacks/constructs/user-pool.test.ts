import { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
import { CognitoRiskConfiguration } from '@cdktf/provider-aws/lib/cognito-risk-configuration/index.js';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { Testing } from 'cdktf';
import type { Environment } from '../place.ts';
import { anEnvironment } from '../testing/places.ts';
import { UserPool } from './user-pool.ts';

const synthesised = (environment: Environment = anEnvironment()) =>
  Testing.synthScope((scope) => {
    new UserPool(scope, 'pool', environment);
  });

/** An environment whose people are treated otherwise. */
const having = (identity: Partial<Environment['identity']>) =>
  anEnvironment('dev', { identity: { ...anEnvironment().identity, ...identity } });

/** The pool as Terraform is given it, with what it leaves out. */
function poolOf(json: string): Record<string, unknown> {
  const { resource } = JSON.parse(json) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.values(resource[CognitoUserPool.tfResourceType] ?? {})[0] ?? {};
}

test('people sign in by email address, in capitals or not', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPool, {
    name: 'fargate-store-dev',
    username_attributes: ['email'],
    username_configuration: { case_sensitive: false },
  });
});

test('an address counts once it is verified, a changed one too', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPool, {
    auto_verified_attributes: ['email'],
    user_attribute_update_settings: { attributes_require_verification_before_update: ['email'] },
    account_recovery_setting: { recovery_mechanism: [{ name: 'verified_email', priority: 1 }] },
  });
});

test('passwords have 12 characters, an invitation three days', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPool, {
    password_policy: {
      minimum_length: 12,
      require_lowercase: true,
      require_uppercase: true,
      require_numbers: true,
      require_symbols: false,
      temporary_password_validity_days: 3,
    },
  });
});

test.each([
  [true, false],
  [false, true],
])('anybody may sign up: %s', (selfSignUp, allow_admin_create_user_only) => {
  expect(synthesised(having({ selfSignUp }))).toHaveResourceWithProperties(CognitoUserPool, {
    admin_create_user_config: { allow_admin_create_user_only },
  });
});

test('one-time codes come from an app, never by text message', () => {
  const pool = poolOf(synthesised(having({ mfa: 'optional' })));

  expect(pool).toMatchObject({
    mfa_configuration: 'OPTIONAL',
    software_token_mfa_configuration: { enabled: true },
  });
  expect(pool).not.toHaveProperty('sms_configuration');
});

test('one-time codes can be off', () => {
  const pool = poolOf(synthesised(having({ mfa: 'off' })));

  expect(pool).toMatchObject({ mfa_configuration: 'OFF' });
  expect(pool).not.toHaveProperty('software_token_mfa_configuration');
});

test('threat protection blocks, and is paid for, only where it is asked for', () => {
  const open = poolOf(synthesised(having({ threatProtection: false })));
  const protectedPool = poolOf(synthesised(having({ threatProtection: true })));

  expect(open).toMatchObject({ user_pool_tier: 'ESSENTIALS' });
  expect(open).not.toHaveProperty('user_pool_add_ons');
  expect(protectedPool).toMatchObject({
    user_pool_tier: 'PLUS',
    user_pool_add_ons: { advanced_security_mode: 'ENFORCED' },
  });
  expect(synthesised(having({ threatProtection: false }))).not.toHaveResource(
    CognitoRiskConfiguration,
  );
  expect(synthesised(having({ threatProtection: true }))).toHaveResourceWithProperties(
    CognitoRiskConfiguration,
    {
      compromised_credentials_risk_configuration: { actions: { event_action: 'BLOCK' } },
    },
  );
});

test('with a sender of our own the mails come from there', () => {
  const sesIdentityArn = 'arn:aws:ses:eu-central-1:123456789012:identity/store.example.com';
  const ours = having({ email: { from: 'Store <no-reply@store.example.com>', sesIdentityArn } });

  expect(poolOf(synthesised(having({})))).not.toHaveProperty('email_configuration');
  expect(poolOf(synthesised(ours))).toMatchObject({
    email_configuration: {
      email_sending_account: 'DEVELOPER',
      from_email_address: 'Store <no-reply@store.example.com>',
      source_arn: sesIdentityArn,
    },
  });
});

test('people cannot be deleted all at once unless data may be lost', () => {
  const kept = anEnvironment('dev', { dataMayBeLost: false });
  const losable = anEnvironment('dev', { dataMayBeLost: true });

  expect(synthesised(kept)).toHaveResourceWithProperties(CognitoUserPool, {
    deletion_protection: 'ACTIVE',
    lifecycle: { prevent_destroy: true },
  });
  expect(synthesised(losable)).toHaveResourceWithProperties(CognitoUserPool, {
    deletion_protection: 'INACTIVE',
  });
  expect(synthesised(losable)).not.toContain('prevent_destroy');
});

test('the group that the service asks for exists', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserGroup, { name: 'admins' });
});
