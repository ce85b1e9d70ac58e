/** Logins: of this environment, of its database's owner, and of others. */
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import type { Context } from '../../permissions/evaluator/conditions.ts';
import { ALL, OF_PIPELINES, OTHER, type ForbiddenCall, type Real, type Settings } from './call.ts';

export function ofSecrets({ prefix, label, accountId, region }: Environment): ForbiddenCall[] {
  const secret = (name: string) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
  const login = secret(`${prefix}-application-login-??????`);
  const owner = secret(`rds!db-<${label}-database/postgres/instance>-??????`);
  const others = secret(`${PROJECT}-${OTHER}-application-login-aBcDeF`);
  const action = 'secretsmanager:GetSecretValue';
  const kms = `arn:aws:kms:${region}:${accountId}:key/<${label}-database/key/key>`;
  const context: Context = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` };
  const executions = ['service-execution', 'migration-execution'];
  return [
    { roles: [...OF_PIPELINES, ...executions], action, resource: login, ask: read(login) },
    { roles: [...OF_PIPELINES, 'service'], action, resource: owner, ask: read(owner) },
    { roles: ALL, action, resource: others, ask: read(others) },
    {
      roles: [...OF_PIPELINES, 'service'],
      action: 'secretsmanager:PutSecretValue',
      resource: login,
      ask: (settings, real) =>
        new SecretsManagerClient(settings).send(
          new PutSecretValueCommand({ SecretId: real(login), SecretString: '{}' }),
        ),
    },
    { roles: ['plan', ...executions], action: 'kms:Decrypt', resource: kms, context },
  ];
}

function read(arn: string) {
  return (settings: Settings, real: Real) =>
    new SecretsManagerClient(settings).send(new GetSecretValueCommand({ SecretId: real(arn) }));
}
