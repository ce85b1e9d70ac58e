/** Databases, people, and what was written about them. */
import {
  CognitoIdentityProviderClient,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { OTHER, READERS, type ForbiddenCall, type Settings } from './call.ts';

export function ofData({ prefix, label, accountId, region }: Environment): ForbiddenCall[] {
  const place = `${region}:${accountId}`;
  const database = (name: string) => ({
    action: 'rds:DeleteDBInstance',
    resource: `arn:aws:rds:${place}:db:${name}`,
    ask: destroy(name),
  });
  const logs = (name: string) => ({
    action: 'logs:DeleteLogGroup',
    resource: `arn:aws:logs:${place}:log-group:${name}:log-stream:`,
    ask: (settings: Settings) =>
      new CloudWatchLogsClient(settings).send(new DeleteLogGroupCommand({ logGroupName: name })),
  });
  const pool = `arn:aws:cognito-idp:${place}:userpool/<${label}-identity/pool/pool>`;
  const flowLog = `arn:aws:ec2:${place}:vpc-flow-log/fl-1`;
  return [
    { roles: READERS, ...database(prefix) },
    { roles: ['apply'], ...database(`${PROJECT}-${OTHER}`) },
    { roles: READERS, ...logs(`/${prefix}/service`) },
    { roles: ['apply'], ...logs(`/${PROJECT}-${OTHER}/service`) },
    {
      roles: READERS,
      action: 'cognito-idp:DeleteUserPool',
      resource: pool,
      ask: (settings, real) =>
        new CognitoIdentityProviderClient(settings).send(
          new DeleteUserPoolCommand({ UserPoolId: real(pool).split('/').at(-1) }),
        ),
    },
    { roles: READERS, action: 'ec2:DeleteFlowLogs', resource: flowLog },
  ];
}

function destroy(DBInstanceIdentifier: string) {
  return (settings: Settings) =>
    new RDSClient(settings).send(
      new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }),
    );
}
