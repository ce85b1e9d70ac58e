/**
 * What exists in AWS without being in the state: left by a run that was killed, or whose local
 * state is on another machine. Terraform is told to take it over; what the state knows already,
 * it leaves alone. All else in these stacks is only a setting of what is listed here, and written anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Account } from '../../stacks/place.ts';
import { unlessGone } from '../running/unless-gone.ts';
import { hasBucket } from './bucket.ts';
import { keyOfAlias, keyWithoutAlias } from './key.ts';

type Body = Readonly<Record<string, string>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Body>> | undefined>>;
interface Stack {
  readonly provider: {
    readonly aws: readonly [
      { readonly default_tags: readonly [{ tags: { Project: string; Stack: string } }] },
    ];
  };
  readonly resource: Resources;
}

/** Of a resource: the id by which Terraform imports it, if it exists. */
type Finder = (resource: {
  name: string;
  body: Body;
  stack: Stack;
  account: Account;
}) => Promise<string | undefined>;

const FINDERS: Readonly<Record<string, Finder>> = {
  aws_s3_bucket: async ({ body: { bucket = '' }, account }) =>
    (await hasBucket({ ...account, stateBucket: bucket })) ? bucket : undefined,
  aws_kms_alias: async ({ body, account }) => {
    const { name = '' } = body;
    return (await keyOfAlias(account.region, name)) === undefined ? undefined : name;
  },
  aws_kms_key: async ({ name, body, stack, account: { region } }) => {
    const alias = aliasOf(name, stack);
    const known = alias === undefined ? undefined : await keyOfAlias(region, alias);
    const [{ tags }] = stack.provider.aws[0].default_tags;
    // The others may have been changed in the table since.
    const ours = { Project: tags.Project, Stack: tags.Stack };
    return known ?? keyWithoutAlias(region, body['description'] ?? '', ours);
  },
  aws_ecr_repository: async ({ body, account }) => repository(account, body['name'] ?? ''),
  aws_iam_policy: async ({ body: { name = '', path = '/' }, account: { accountId, region } }) => {
    const PolicyArn = `arn:aws:iam::${accountId}:policy${path}${name}`;
    const found = new IAMClient({ region }).send(new GetPolicyCommand({ PolicyArn }));
    return (await unlessGone(found)) !== undefined ? PolicyArn : undefined;
  },
  aws_iam_role: async ({ body: { name = '' }, account: { region } }) => {
    const found = new IAMClient({ region }).send(new GetRoleCommand({ RoleName: name }));
    return (await unlessGone(found)) !== undefined ? name : undefined;
  },
  aws_iam_openid_connect_provider: async ({ body: { url = '' }, account }) => {
    const { accountId, region } = account;
    const OpenIDConnectProviderArn = `arn:aws:iam::${accountId}:oidc-provider/${url.replace('https://', '')}`;
    const question = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn });
    const found = new IAMClient({ region }).send(question);
    return (await unlessGone(found)) !== undefined ? OpenIDConnectProviderArn : undefined;
  },
};

/** Types of what must never be made twice, nor made anew. */
export const ADOPTED = Object.keys(FINDERS);

/** Writes import blocks for what exists beside the stack. */
export async function adopt(folder: string, account: Account): Promise<void> {
  const stack = JSON.parse(await readFile(join(folder, 'cdk.tf.json'), 'utf8')) as Stack;
  const imports: { to: string; id: string }[] = [];
  for (const [type, find] of Object.entries(FINDERS)) {
    for (const [name, body] of Object.entries(stack.resource[type] ?? {})) {
      const id = await find({ name, body, stack, account });
      if (id !== undefined) imports.push({ to: `${type}.${name}`, id });
    }
  }
  await writeFile(join(folder, 'adoption.tf.json'), JSON.stringify({ import: imports }));
}

function aliasOf(key: string, { resource }: Stack): string | undefined {
  const aliases = Object.values(resource['aws_kms_alias'] ?? {});
  return aliases.find((alias) => alias['target_key_id']?.includes(`aws_kms_key.${key}.`))?.['name'];
}

async function repository({ region }: Account, name: string): Promise<string | undefined> {
  try {
    await new ECRClient({ region }).send(
      new DescribeRepositoriesCommand({ repositoryNames: [name] }),
    );
    return name;
  } catch (error) {
    if ((error as Error).name === 'RepositoryNotFoundException') return undefined;
    throw error;
  }
}
