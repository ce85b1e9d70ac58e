/** Whose credentials are these, and is that the account of the table? */
import { readFileSync } from 'node:fs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { TEMPLATE_ACCOUNT } from '../../stacks/environments.ts';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from './refusal.ts';

const TABLE = new URL('../../stacks/environments.ts', import.meta.url);

/** @returns the ARN of who is asking. @throws Refusal when that is somebody of another account */
export async function requireAccount({ name, accountId, region }: Environment): Promise<string> {
  // AWS has no such account. An emulated one may, and everything may be tried there.
  if (accountId === TEMPLATE_ACCOUNT && (process.env['AWS_ENDPOINT_URL'] ?? '') === '') {
    throw new Refusal(
      `${name} has the template's account, ${accountId}: write yours into stacks/environments.ts, line ${lineOfAccount()}`,
    );
  }
  const { Account, Arn = '' } = await whoAmI(region);
  if (Account !== accountId) {
    throw new Refusal(
      `these credentials are of the account ${Account} (${Arn}), but stacks/environments.ts says ${accountId} for ${name}: change one of them`,
    );
  }
  return Arn;
}

function lineOfAccount(): number {
  const lines = readFileSync(TABLE, 'utf8').split('\n');
  return lines.findIndex((line) => /^\s+accountId: (TEMPLATE_ACCOUNT|'0{12}')/.test(line)) + 1;
}

async function whoAmI(region: string) {
  try {
    return await new STSClient({ region }).send(new GetCallerIdentityCommand({}));
  } catch (error) {
    throw new Refusal(explain(error as Error), { cause: error });
  }
}

function explain({ name, message }: Error): string {
  const again = 'sign in again (aws sso login, or new keys) and run the same command';
  if (/expired/i.test(`${name} ${message}`)) return `the AWS credentials have expired: ${again}`;
  if (name === 'CredentialsProviderError')
    return `there are no AWS credentials (${message}): ${again}`;
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/.test(name)) {
    return `AWS does not take these credentials (${message}): ${again}`;
  }
  return `AWS cannot be asked who you are: ${name}: ${message}`;
}
