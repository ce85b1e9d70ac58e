import { CognitoUserPoolClient } from '@cdktf/provider-aws/lib/cognito-user-pool-client/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { CommandLineClient } from './command-line-client.ts';

const synthesised = (loginPages = true) =>
  Testing.synthScope((scope) => {
    const environment = anEnvironment('dev', {
      identity: { ...anEnvironment().identity, loginPages },
    });
    new CommandLineClient(scope, 'client', { environment, userPoolId: 'pool-1' });
  });

test('has no secret, and no password goes to Cognito without AWS permissions', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPoolClient, {
    name: 'fargate-store-dev-command-line',
    user_pool_id: 'pool-1',
    generate_secret: false,
    explicit_auth_flows: [
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
    ],
  });
});

test('tokens work for an hour, signing in lasts 30 days and can be revoked', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPoolClient, {
    access_token_validity: 60,
    id_token_validity: 60,
    refresh_token_validity: 30,
    token_validity_units: [{ access_token: 'minutes', id_token: 'minutes', refresh_token: 'days' }],
    enable_token_revocation: true,
  });
});

test('does not tell who has an account', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPoolClient, {
    prevent_user_existence_errors: 'ENABLED',
  });
});

test('gets codes, not tokens, and only on this machine', () => {
  expect(synthesised()).toHaveResourceWithProperties(CognitoUserPoolClient, {
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ['code'],
    allowed_oauth_scopes: ['openid', 'email', 'profile'],
    callback_urls: ['http://localhost:8976/callback'],
    supported_identity_providers: ['COGNITO'],
  });
});

test('without pages there is no OAuth', () => {
  const json = synthesised(false);

  expect(json).toHaveResourceWithProperties(CognitoUserPoolClient, {
    allowed_oauth_flows_user_pool_client: false,
  });
  expect(json).not.toMatch(/allowed_oauth_flows"|allowed_oauth_scopes|callback_urls/);
});
