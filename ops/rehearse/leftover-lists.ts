/** How each service is asked for all that it has of a kind, by Terraform's name for the kind. */
import { askJson, askQuery, type Place } from './aws-question.ts';

/** @returns names, or ids where there are none. @throws Error when the service does not answer */
type List = (place: Place) => Promise<readonly string[]>;

export const LISTS: Readonly<Record<string, List>> = {
  aws_appautoscaling_target: json(
    'application-autoscaling',
    ['AnyScaleFrontendService.DescribeScalableTargets', 'ScalableTargets', 'ResourceId'],
    { ServiceNamespace: 'ecs' },
  ),
  aws_cloudwatch_event_rule: json('events', ['AWSEvents.ListRules', 'Rules', 'Name']),
  aws_cloudwatch_log_group: logs('DescribeLogGroups', 'logGroups', 'logGroupName'),
  aws_cloudwatch_log_resource_policy: logs(
    'DescribeResourcePolicies',
    'resourcePolicies',
    'policyName',
  ),
  aws_cloudwatch_metric_alarm: query('monitoring', ['DescribeAlarms', '2010-08-01', 'AlarmName']),
  aws_cognito_user_pool: json(
    'cognito-idp',
    ['AWSCognitoIdentityProviderService.ListUserPools', 'UserPools', 'Name'],
    { MaxResults: 60 },
  ),
  aws_db_instance: rds('DescribeDBInstances', 'DBInstanceIdentifier'),
  aws_db_parameter_group: rds('DescribeDBParameterGroups', 'DBParameterGroupName'),
  aws_db_snapshot: rds('DescribeDBSnapshots', 'DBSnapshotIdentifier'),
  aws_db_subnet_group: rds('DescribeDBSubnetGroups', 'DBSubnetGroupName'),
  aws_ecr_repository: json('ecr', [
    'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories',
    'repositories',
    'repositoryName',
  ]),
  aws_ecs_cluster: ecs('ListClusters', 'clusterArns'),
  aws_ecs_task_definition: ecs('ListTaskDefinitions', 'taskDefinitionArns'),
  aws_iam_policy: query('iam', ['ListPolicies', '2010-05-08', 'PolicyName'], { Scope: 'Local' }),
  aws_iam_role: query('iam', ['ListRoles', '2010-05-08', 'RoleName']),
  aws_kms_alias: json('kms', ['TrentService.ListAliases', 'Aliases', 'AliasName']),
  aws_kms_key: keys,
  aws_lb: elb('DescribeLoadBalancers', 'LoadBalancerArn'),
  aws_lb_target_group: elb('DescribeTargetGroups', 'TargetGroupArn'),
  aws_resourcegroups_group: resourceGroups,
  aws_s3_bucket: buckets,
  aws_scheduler_schedule: scheduler('/schedules', 'Schedules'),
  aws_scheduler_schedule_group: scheduler('/schedule-groups', 'ScheduleGroups'),
  aws_secretsmanager_secret: json('secretsmanager', [
    'secretsmanager.ListSecrets',
    'SecretList',
    'Name',
  ]),
  aws_sqs_queue: json('sqs', ['AmazonSQS.ListQueues', 'QueueUrls']),
  aws_ssm_parameter: json('ssm', ['AmazonSSM.DescribeParameters', 'Parameters', 'Name']),
  aws_wafv2_web_acl: json('wafv2', ['AWSWAF_20190729.ListWebACLs', 'WebACLs', 'Name'], {
    Scope: 'REGIONAL',
  }),
};

function ecs(action: string, list: string): List {
  return json('ecs', [`AmazonEC2ContainerServiceV20141113.${action}`, list]);
}

function elb(action: string, tag: string): List {
  return query('elasticloadbalancing', [action, '2015-12-01', tag]);
}

function logs(action: string, list: string, name: string): List {
  return json('logs', [`Logs_20140328.${action}`, list, name]);
}

function rds(action: string, tag: string): List {
  return query('rds', [action, '2014-10-31', tag]);
}

/** Everything in one tag of XML, by AWS's query protocol. */
function query(
  service: string,
  [Action, Version, tag]: [string, string, string],
  input: Readonly<Record<string, string>> = {},
): List {
  const pattern = new RegExp(`<${tag}>([^<]+)</${tag}>`, 'g');
  return async (place) => {
    const xml = await askQuery(place, service, { Action, Version, ...input });
    return [...new Set(Array.from(xml.matchAll(pattern), ([, name = '']) => name))];
  };
}

/** A list in the answer, by AWS's JSON protocol. */
function json(
  service: string,
  [target, list, name]: [string, string, string?],
  input: object = {},
): List {
  return async (place) => namesIn(await askJson(place, service, { target, ...input }), list, name);
}

/** What has a path instead of a target. */
function scheduler(path: string, list: string): List {
  return async (place) => {
    const answer = await askQuery(below(place, path), 'scheduler', undefined);
    return namesIn(JSON.parse(answer), list);
  };
}

/** The same, though it is asked with POST. */
async function resourceGroups(place: Place): Promise<string[]> {
  const answer = await askQuery(below(place, '/groups-list'), 'resource-groups', {});
  return namesIn(JSON.parse(answer), 'Groups');
}

function below(place: Place, path: string): Place {
  return { ...place, endpoint: `${place.endpoint}${path}` };
}

function namesIn(answer: unknown, list: string, name = 'Name'): string[] {
  const entries = ((answer as Record<string, unknown>)[list] ?? []) as unknown[];
  return entries.map((entry) =>
    String(typeof entry === 'string' ? entry : (entry as Record<string, unknown>)[name]),
  );
}

async function buckets(place: Place): Promise<string[]> {
  const xml = await askQuery(place, 's3', undefined);
  return Array.from(xml.matchAll(/<Name>([^<]+)</g), ([, name = '']) => name);
}

/** A key is never gone at once: AWS waits for days, should somebody change their mind. */
async function keys(place: Place): Promise<string[]> {
  const { Keys } = (await askJson(place, 'kms', { target: 'TrentService.ListKeys' })) as {
    Keys: { KeyId: string }[];
  };
  const found = await Promise.all(
    Keys.map(async ({ KeyId }) => {
      const question = { target: 'TrentService.DescribeKey', KeyId };
      const { KeyMetadata } = (await askJson(place, 'kms', question)) as {
        KeyMetadata: { KeyState: string; KeyManager?: string; Description?: string };
      };
      const isOurs = KeyMetadata.KeyManager !== 'AWS' && KeyMetadata.KeyState !== 'PendingDeletion';
      return isOurs ? [`${KeyId} (${KeyMetadata.Description ?? ''})`] : [];
    }),
  );
  return found.flat();
}
