import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy/index.js';
import { Construct } from 'constructs';
import { PROJECT } from '../../contract.ts';
import type { Place } from '../place.ts';
import { EncryptionKey } from './encryption-key.ts';
import { policyDocument } from './policy-document.ts';

/** Days that an image without a tag stays; what a release pushes therefore has one. */
const UNTAGGED_DAYS = 7;
/** Images with a tag, over all environments of the account together. */
const KEPT_IMAGES = 50;

interface RepositoryProps {
  readonly place: Place;
  /** Ids of other accounts that may pull, such as production's. @default none */
  readonly pullAccounts?: readonly string[];
}

/** The account's images: a tag never moves, each push is scanned, old ones go. Stateful. */
export class Repository extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { place, pullAccounts = [] }: RepositoryProps) {
    super(scope, id);
    // ECR gives itself a grant on the key for this repository: whoever may pull needs no right
    // to the key, in other accounts neither.
    const key = new EncryptionKey(this, 'key', {
      place,
      name: `${PROJECT}-registry`,
      description: `Images of ${PROJECT}`,
    });
    const repository = new EcrRepository(this, 'repository', {
      name: PROJECT,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: key.arn }],
      // Destroys the images with it; otherwise AWS refuses while there are any.
      forceDelete: place.dataMayBeLost,
    });
    this.url = repository.repositoryUrl;

    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: lifecycle(),
    });
    if (pullAccounts.length > 0) {
      new EcrRepositoryPolicy(this, 'policy', {
        repository: repository.name,
        policy: mayPull(pullAccounts),
      });
    }
  }
}

/**
 * The account's registry of images, by name: an environment's stacks do not depend on the
 * registry's stack, so that `cdktf deploy 'dev-*'` needs no other.
 */
export function repositoryUrl({ accountId, region }: Place): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${PROJECT}`;
}

export function repositoryArn({ accountId, region }: Place): string {
  return `arn:aws:ecr:${region}:${accountId}:repository/${PROJECT}`;
}

/**
 * Tasks go on when their image is gone, but no new task of it can start: an environment that is
 * more than these images behind the others must be released again before it scales.
 */
function lifecycle(): string {
  const untagged = {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: UNTAGGED_DAYS,
  };
  const old = {
    // Not 'any', which would count the untagged ones too.
    tagStatus: 'tagged',
    tagPatternList: ['*'],
    countType: 'imageCountMoreThan',
    countNumber: KEPT_IMAGES,
  };
  const action = { type: 'expire' };
  return JSON.stringify({
    rules: [
      { rulePriority: 1, description: 'untagged images', selection: untagged, action },
      { rulePriority: 2, description: 'all but the newest images', selection: old, action },
    ],
  });
}

/** By digest or tag. Policies of repositories name no resource: it is the repository. */
function mayPull(accountIds: readonly string[]): string {
  return policyDocument({
    principals: { AWS: accountIds.map((accountId) => `arn:aws:iam::${accountId}:root`) },
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  });
}
