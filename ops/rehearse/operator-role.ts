/** An administrator's role, as a team would have: for what no pipeline does. Root is for the bootstrap. */
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  EntityAlreadyExistsException,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';
import type { Ground } from './ground.ts';
import type { Keys } from './pipeline-roles.ts';

/** Everything: it is a person's. What a pipeline's role may do is in stacks/pipelines. */
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** Seconds: longer than any rehearsal, the longest that is allowed without asking. */
const DURATION = 3600;

export const OPERATOR_ROLE = `${PROJECT}-rehearsal-operator`;

/** Made by whoever this process is. @returns the variables of its temporary keys */
export async function becomeOperator({ accountId, region }: Environment) {
  const iam = new IAMClient({ region });
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ],
  };
  const role = new CreateRoleCommand({
    RoleName: OPERATOR_ROLE,
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  await iam.send(role).catch((error: unknown) => {
    // A rehearsal before, at the same emulator, has left it.
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  });
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: OPERATOR_ROLE,
      PolicyName: 'everything',
      PolicyDocument: JSON.stringify(POLICY),
    }),
  );
  const { Credentials: keys } = await new STSClient({ region }).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${accountId}:role/${OPERATOR_ROLE}`,
      RoleSessionName: 'rehearsal',
      DurationSeconds: DURATION,
    }),
  );
  return {
    AWS_ACCESS_KEY_ID: keys?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: keys?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: keys?.SessionToken ?? '',
  };
}

/** Other keys of whoever releases, which may expire by themselves. @throws Error before the bootstrap */
export async function newKeys({ pipelines }: Ground): Promise<Keys> {
  if (pipelines === undefined) throw new Error("there are no pipelines' roles yet");
  return pipelines.comeIn('apply');
}

export async function removeOperator({ region }: Environment): Promise<void> {
  const iam = new IAMClient({ region });
  const RoleName = OPERATOR_ROLE;
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'everything' }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}
