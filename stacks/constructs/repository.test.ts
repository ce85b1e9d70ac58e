import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy/index.js';
import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
import { Testing } from 'cdktf';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { Repository, repositoryArn, repositoryUrl } from './repository.ts';

const synthesised = (place = anAccount(), pullAccounts?: readonly string[]) =>
  Testing.synthScope((scope) => {
    new Repository(scope, 'repository', {
      place,
      ...(pullAccounts === undefined ? {} : { pullAccounts }),
    });
  });

/** The policy of the only resource of a type. */
function policyOf(json: string, type: string): unknown {
  const { resource } = JSON.parse(json) as {
    resource: Record<string, Record<string, { policy: string }>>;
  };
  const [only] = Object.values(resource[type] ?? {});
  return JSON.parse(only?.policy ?? 'null');
}

test('a tag never moves, each push is scanned, images are encrypted with our key', () => {
  const result = synthesised();

  expect(result).toHaveResourceWithProperties(EcrRepository, {
    name: 'fargate-store',
    image_tag_mutability: 'IMMUTABLE',
    image_scanning_configuration: { scan_on_push: true },
    encryption_configuration: [
      { encryption_type: 'KMS', kms_key: expect.stringMatching(/^\$\{aws_kms_key\..+\.arn\}$/) },
    ],
  });
  expect(result).toHaveResourceWithProperties(KmsAlias, { name: 'alias/fargate-store-registry' });
});

test('images go with the registry only where all environments may lose data', () => {
  const losable = anAccount(anEnvironment('dev'));
  const shared = anAccount(anEnvironment('dev'), anEnvironment('prod'));

  expect(synthesised(losable)).toHaveResourceWithProperties(EcrRepository, { force_delete: true });
  expect(synthesised(shared)).toHaveResourceWithProperties(EcrRepository, { force_delete: false });
});

test('untagged images go after a week, the newest 50 tagged ones stay', () => {
  expect(policyOf(synthesised(), EcrLifecyclePolicy.tfResourceType)).toEqual({
    rules: [
      {
        rulePriority: 1,
        description: 'untagged images',
        selection: {
          tagStatus: 'untagged',
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 7,
        },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'all but the newest images',
        selection: {
          tagStatus: 'tagged',
          tagPatternList: ['*'],
          countType: 'imageCountMoreThan',
          countNumber: 50,
        },
        action: { type: 'expire' },
      },
    ],
  });
});

test('no other account may pull unless it is named', () => {
  expect(synthesised()).not.toHaveResource(EcrRepositoryPolicy);
});

test('a named account may pull and nothing else', () => {
  const result = synthesised(anAccount(), ['210987654321']);

  expect(policyOf(result, EcrRepositoryPolicy.tfResourceType)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::210987654321:root'] },
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:GetDownloadUrlForLayer',
        ],
      },
    ],
  });
});

test('environments know the repository by name, without its stack', () => {
  const environment = anEnvironment('dev', { accountId: '210987654321', region: 'eu-west-1' });

  expect(repositoryUrl(environment)).toBe(
    '210987654321.dkr.ecr.eu-west-1.amazonaws.com/fargate-store',
  );
  expect(repositoryArn(environment)).toBe(
    'arn:aws:ecr:eu-west-1:210987654321:repository/fargate-store',
  );
});
