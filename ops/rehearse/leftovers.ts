/** What the emulated AWS still lists when all should be gone. */
import { askJson, askQuery, type Place } from './aws-question.ts';
import { networkLeftovers } from './network-leftovers.ts';

interface Kind {
  readonly what: string;
  readonly list: (place: Place) => Promise<readonly string[]>;
}

/** What stays on purpose. */
const STAYS: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /^role AWSServiceRole/, reason: 'made and kept by AWS for its services' },
  { pattern: /^key alias alias\/aws\//, reason: "AWS's own" },
  { pattern: /^log group \/aws\/ecs\/containerinsights/, reason: 'made by ECS' },
];

/** @returns a line for each. @throws Error when a service does not answer */
export async function leftovers(place: Place): Promise<string[]> {
  const lists = await Promise.all(
    KINDS.map(async ({ what, list }) => {
      const names = await list(place).catch((error: unknown) => {
        throw new Error(`the ${what}s cannot be listed: ${(error as Error).message}`);
      });
      return names.map((name) => `${what} ${name}`);
    }),
  );
  return lists.flat().filter((line) => !STAYS.some(({ pattern }) => pattern.test(line)));
}

/** Everything in one tag of XML, by AWS's query protocol. */
function query(
  what: string,
  service: string,
  [Action, Version, tag]: [string, string, string],
  input: Readonly<Record<string, string>> = {},
): Kind {
  const pattern = new RegExp(`<${tag}>([^<]+)</${tag}>`, 'g');
  return {
    what,
    list: async (place) => {
      const xml = await askQuery(place, service, { Action, Version, ...input });
      return [...new Set(Array.from(xml.matchAll(pattern), ([, name = '']) => name))];
    },
  };
}

/** A list in the answer, by AWS's JSON protocol. */
function json(
  what: string,
  service: string,
  [target, list, name]: [string, string, string?],
  input: object = {},
): Kind {
  return {
    what,
    list: async (place) => {
      const answer = (await askJson(place, service, { target, ...input })) as Record<
        string,
        unknown
      >;
      const entries = (answer[list] ?? []) as (string | Record<string, unknown>)[];
      return entries.map((entry) => String(typeof entry === 'string' ? entry : entry[name ?? '']));
    },
  };
}

/** A key is never gone at once: AWS waits for days, should somebody change their mind. */
const KEYS: Kind = {
  what: 'key',
  list: async (place) => {
    const { Keys } = (await askJson(place, 'kms', { target: 'TrentService.ListKeys' })) as {
      Keys: { KeyId: string }[];
    };
    const found = await Promise.all(
      Keys.map(async ({ KeyId }) => {
        const question = { target: 'TrentService.DescribeKey', KeyId };
        const { KeyMetadata } = (await askJson(place, 'kms', question)) as {
          KeyMetadata: { KeyState: string; KeyManager?: string; Description?: string };
        };
        const isOurs =
          KeyMetadata.KeyManager !== 'AWS' && KeyMetadata.KeyState !== 'PendingDeletion';
        return isOurs ? [`${KeyId} (${KeyMetadata.Description ?? ''})`] : [];
      }),
    );
    return found.flat();
  },
};

const BUCKETS: Kind = {
  what: 'bucket',
  list: async (place) => {
    const xml = await askQuery(place, 's3', undefined);
    return Array.from(xml.matchAll(/<Name>([^<]+)</g), ([, name = '']) => name);
  },
};

const KINDS: readonly Kind[] = [
  { what: 'part of the network', list: networkLeftovers },
  KEYS,
  BUCKETS,
  query('database', 'rds', ['DescribeDBInstances', '2014-10-31', 'DBInstanceIdentifier']),
  query('database snapshot', 'rds', ['DescribeDBSnapshots', '2014-10-31', 'DBSnapshotIdentifier']),
  query('subnet group', 'rds', ['DescribeDBSubnetGroups', '2014-10-31', 'DBSubnetGroupName']),
  query('load balancer', 'elasticloadbalancing', [
    'DescribeLoadBalancers',
    '2015-12-01',
    'LoadBalancerArn',
  ]),
  query('target group', 'elasticloadbalancing', [
    'DescribeTargetGroups',
    '2015-12-01',
    'TargetGroupArn',
  ]),
  query('role', 'iam', ['ListRoles', '2010-05-08', 'RoleName']),
  query('policy', 'iam', ['ListPolicies', '2010-05-08', 'PolicyName'], { Scope: 'Local' }),
  query('alarm', 'monitoring', ['DescribeAlarms', '2010-08-01', 'AlarmName']),
  json('cluster', 'ecs', ['AmazonEC2ContainerServiceV20141113.ListClusters', 'clusterArns']),
  json('task definition', 'ecs', [
    'AmazonEC2ContainerServiceV20141113.ListTaskDefinitions',
    'taskDefinitionArns',
  ]),
  json('repository', 'ecr', [
    'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories',
    'repositories',
    'repositoryName',
  ]),
  json('secret', 'secretsmanager', ['secretsmanager.ListSecrets', 'SecretList', 'Name']),
  json('parameter', 'ssm', ['AmazonSSM.DescribeParameters', 'Parameters', 'Name']),
  json('log group', 'logs', ['Logs_20140328.DescribeLogGroups', 'logGroups', 'logGroupName']),
  json(
    'user pool',
    'cognito-idp',
    ['AWSCognitoIdentityProviderService.ListUserPools', 'UserPools', 'Name'],
    { MaxResults: 60 },
  ),
  json('key alias', 'kms', ['TrentService.ListAliases', 'Aliases', 'AliasName']),
  json('rule', 'events', ['AWSEvents.ListRules', 'Rules', 'Name']),
  json('queue', 'sqs', ['AmazonSQS.ListQueues', 'QueueUrls']),
  json('web firewall', 'wafv2', ['AWSWAF_20190729.ListWebACLs', 'WebACLs', 'Name'], {
    Scope: 'REGIONAL',
  }),
];
