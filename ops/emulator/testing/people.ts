/** People of an emulated account where IAM's policies are enforced. */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Emulator } from '../emulator.ts';
import { clientSettings } from './both.ts';

interface Statement {
  readonly Action: string | readonly string[];
  /** @default everything */
  readonly Resource?: string | readonly string[];
  readonly Condition?: object;
}

let number = 0;

/** @returns the keys of somebody who may do that, and nothing else */
export async function somebodyWho(
  emulator: Emulator,
  ...statements: readonly Statement[]
): Promise<Readonly<Record<string, string>>> {
  const iam = new IAMClient(clientSettings(emulator));
  const UserName = `person-${(number += 1)}`;
  const Statement = statements.map(({ Action, Resource = '*', Condition = {} }) => ({
    Effect: 'Allow',
    Action,
    Resource,
    Condition,
  }));
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return {
    AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
  };
}

/** Settings for the clients of somebody who may do that, and nothing else. */
export async function settingsOf(emulator: Emulator, ...statements: readonly Statement[]) {
  return clientSettings(emulator, await somebodyWho(emulator, ...statements));
}

/** @returns `allowed`, also when AWS then refuses for another reason, or `denied` */
export async function outcome(request: Promise<unknown>): Promise<'allowed' | 'denied'> {
  try {
    await request;
    return 'allowed';
  } catch (error) {
    return /AccessDenied/.test((error as Error).name) ? 'denied' : 'allowed';
  }
}
