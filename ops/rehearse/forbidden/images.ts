/** The registry of images, which all environments have together. */
import {
  DeleteRepositoryCommand,
  ECRClient,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { ALL, type ForbiddenCall } from './call.ts';

export function ofImages({ accountId, region }: Environment): ForbiddenCall[] {
  const repository = `arn:aws:ecr:${region}:${accountId}:repository/${PROJECT}`;
  return [
    {
      roles: ALL,
      action: 'ecr:DeleteRepository',
      resource: repository,
      ask: (settings) =>
        new ECRClient(settings).send(new DeleteRepositoryCommand({ repositoryName: PROJECT })),
    },
    {
      roles: ALL,
      action: 'ecr:SetRepositoryPolicy',
      resource: repository,
      ask: (settings) =>
        new ECRClient(settings).send(
          new SetRepositoryPolicyCommand({ repositoryName: PROJECT, policyText: '{}' }),
        ),
    },
  ];
}
