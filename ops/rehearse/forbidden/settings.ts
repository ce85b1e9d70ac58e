/** The shop's settings, here and elsewhere. */
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { PROJECT, SETTINGS_PARAMETER } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { ALL, OTHER, READERS, type ForbiddenCall, type Settings } from './call.ts';

export function ofSettings({ label, accountId, region }: Environment): ForbiddenCall[] {
  const arn = (name: string) => `arn:aws:ssm:${region}:${accountId}:parameter/${name}`;
  const own = `${PROJECT}/${label}/${SETTINGS_PARAMETER}`;
  const others = `${PROJECT}/${OTHER}/${SETTINGS_PARAMETER}`;
  return [
    {
      roles: READERS,
      action: 'ssm:PutParameter',
      resource: arn(own),
      ask: write(own),
    },
    { roles: ['apply'], action: 'ssm:PutParameter', resource: arn(others), ask: write(others) },
    {
      roles: ALL,
      action: 'ssm:GetParameter',
      resource: arn(others),
      ask: (settings) =>
        new SSMClient(settings).send(new GetParameterCommand({ Name: `/${others}` })),
    },
  ];
}

function write(name: string) {
  return (settings: Settings) =>
    new SSMClient(settings).send(
      new PutParameterCommand({ Name: `/${name}`, Value: '{}', Overwrite: true }),
    );
}
