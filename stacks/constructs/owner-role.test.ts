import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { OwnerRole } from './owner-role.ts';

const DATABASE = `arn:aws:rds:eu-central-1:123456789012:db:${anEnvironment().prefix}`;

const synthesised = JSON.parse(
  Testing.synthScope(
    (scope) =>
      new OwnerRole(scope, 'role', {
        place: anEnvironment(),
        name: 'migration',
        description: 'The migration',
        masterSecretArn: 'arn:master',
        applicationSecretArn: 'arn:application',
        keyArn: 'arn:key',
      }),
  ),
) as Synthesised;

test('it reads the logins of both kinds, writes the one of the application, and can do no more', () => {
  const [policy] = resourcesOf(synthesised, 'aws_iam_role_policy');

  expect(JSON.parse(String(policy?.['policy']))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: ['arn:master', 'arn:application'],
      },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: ['arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-*'],
        Condition: {
          StringLike: {
            'aws:ResourceTag/aws:rds:primaryDBInstanceArn': [DATABASE, `${DATABASE}-20??????????`],
          },
        },
      },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:PutSecretValue'],
        Resource: ['arn:application'],
      },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: ['arn:key'],
        Condition: {
          StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' },
        },
      },
    ],
  });
});

test('only tasks of this account take it on', () => {
  const [role] = resourcesOf(synthesised, 'aws_iam_role');

  expect(role?.['name']).toBe('fargate-store-dev-migration');
  expect(JSON.parse(String(role?.['assume_role_policy']))).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      },
    ],
  });
});
