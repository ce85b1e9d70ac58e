import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { ServiceRole } from './service-role.ts';

const synthesised = JSON.parse(
  Testing.synthScope((scope) => {
    new ServiceRole(scope, 'role', {
      place: anEnvironment('prod'),
      secretArn: 'arn:secret',
      keyArn: 'arn:key',
    });
  }),
);

test('can read one secret and one parameter and nothing else', () => {
  const policies = resourcesOf(synthesised, 'aws_iam_role_policy');

  expect(policies).toHaveLength(1);
  expect(JSON.parse(String(policies[0]?.['policy'])).Statement).toEqual([
    { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: ['arn:secret'] },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: ['arn:key'],
      // The key also holds the owner's login and the data: neither can be had with this.
      Condition: {
        StringEquals: {
          'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com',
          'kms:EncryptionContext:SecretARN': 'arn:secret',
        },
      },
    },
    {
      Effect: 'Allow',
      Action: ['ssm:GetParameter'],
      Resource: ['arn:aws:ssm:eu-central-1:123456789012:parameter/fargate-store/prod/settings'],
    },
  ]);
});

test('has no rights from elsewhere', () => {
  const [role] = resourcesOf(synthesised, 'aws_iam_role');

  expect(Object.keys(role ?? {}).toSorted()).toEqual([
    'assume_role_policy',
    'description',
    'name',
    'path',
    // It takes rights away.
    'permissions_boundary',
  ]);
  expect(Object.keys(synthesised.resource).toSorted()).toEqual([
    'aws_iam_role',
    'aws_iam_role_policy',
  ]);
});
