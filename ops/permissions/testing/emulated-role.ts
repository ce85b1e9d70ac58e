/** Roles in an emulated account where IAM's policies are enforced, taken on. */
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Emulator } from '../../emulator/emulator.ts';
import { ACCOUNT, clientSettings } from '../../emulator/testing/both.ts';

export interface Statement {
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Each of them allows, and for everything, unless it says otherwise. */
export function documentOf(statements: readonly Statement[]) {
  const Statement = statements.map((each) => ({
    Effect: 'Allow',
    ...(each.NotResource === undefined && { Resource: '*' }),
    ...each,
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

let number = 0;

/** Settings for the clients of a role with that policy and boundary. */
export async function emulatedRole(
  emulator: Emulator,
  own: readonly Statement[],
  limit?: readonly Statement[],
) {
  const root = clientSettings(emulator);
  const RoleName = `role-${(number += 1)}`;
  const roleArn = await createRole(new IAMClient(root), { RoleName, own, limit });
  const { Credentials } = await new STSClient(root).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test' }),
  );
  return {
    ...root,
    forcePathStyle: true,
    roleArn,
    credentials: {
      accessKeyId: String(Credentials?.AccessKeyId),
      secretAccessKey: String(Credentials?.SecretAccessKey),
      sessionToken: String(Credentials?.SessionToken),
    },
  };
}

interface RoleToMake {
  readonly RoleName: string;
  readonly own: readonly Statement[];
  readonly limit: readonly Statement[] | undefined;
}

async function createRole(iam: IAMClient, { RoleName, own, limit }: RoleToMake): Promise<string> {
  const boundary = limit && (await createPolicy(iam, RoleName, limit));
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      PermissionsBoundary: boundary,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' },
      }),
    }),
  );
  const PolicyDocument = documentOf(own);
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
  return String(Role?.Arn);
}

async function createPolicy(iam: IAMClient, PolicyName: string, statements: readonly Statement[]) {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName, PolicyDocument: documentOf(statements) }),
  );
  return Policy?.Arn;
}
