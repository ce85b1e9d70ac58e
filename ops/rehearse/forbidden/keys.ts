/** Keys of the account, and of the environment's data. */
import { DisableKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { ALL, READERS, type ForbiddenCall, type Real, type Settings } from './call.ts';

export function ofKeys({ label, accountId, region }: Environment): ForbiddenCall[] {
  const key = (path: string) => `arn:aws:kms:${region}:${accountId}:key/<${path}>`;
  const states = key(`${PROJECT}-state/key/key`);
  const data = key(`${label}-database/key/key`);
  return [
    { roles: ALL, ...doom(states) },
    { roles: READERS, ...doom(data) },
    {
      roles: ALL,
      action: 'kms:DisableKey',
      resource: states,
      ask: (settings, real) =>
        new KMSClient(settings).send(new DisableKeyCommand({ KeyId: real(states) })),
    },
  ];
}

function doom(arn: string) {
  return {
    action: 'kms:ScheduleKeyDeletion',
    resource: arn,
    ask: (settings: Settings, real: Real) =>
      new KMSClient(settings).send(new ScheduleKeyDeletionCommand({ KeyId: real(arn) })),
  };
}
