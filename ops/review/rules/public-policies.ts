/** Policies that let everybody in. */
import type { Remark, Rule } from '../rule.ts';
import { under } from './by-attribute.ts';
import { EVERYBODY, type Grant, newGrants, policyChanges } from './policy-text.ts';

/** Where documents say who may use the resource that they are on. */
export const RESOURCE_POLICIES: Readonly<Record<string, readonly string[]>> = {
  ...under(
    [
      'aws_api_gateway_rest_api',
      'aws_api_gateway_rest_api_policy',
      'aws_backup_vault_policy',
      'aws_cloudwatch_event_bus_policy',
      'aws_codeartifact_repository_permissions_policy',
      'aws_ecr_registry_policy',
      'aws_ecr_repository_policy',
      'aws_efs_file_system_policy',
      'aws_glacier_vault',
      'aws_kinesis_resource_policy',
      'aws_kms_external_key',
      'aws_kms_key',
      'aws_kms_key_policy',
      'aws_s3_access_point',
      'aws_s3_bucket',
      'aws_s3_bucket_policy',
      'aws_secretsmanager_secret',
      'aws_secretsmanager_secret_policy',
      'aws_sns_topic',
      'aws_sns_topic_policy',
      'aws_sqs_queue',
      'aws_sqs_queue_policy',
    ],
    'policy',
    'resource_policy',
  ),
  aws_cloudwatch_log_resource_policy: ['policy_document'],
  aws_dynamodb_resource_policy: ['policy'],
  aws_ecrpublic_repository_policy: ['policy'],
  aws_elasticsearch_domain: ['access_policies'],
  aws_elasticsearch_domain_policy: ['access_policies'],
  aws_opensearch_domain: ['access_policies'],
  aws_opensearch_domain_policy: ['access_policies'],
};

const TRUST: Readonly<Record<string, readonly string[]>> = { aws_iam_role: ['assume_role_policy'] };

/** Keys by which a statement for everybody is for somebody after all. */
const NARROWING = [
  'aws:(principal|source)(account|arn|orgid|orgpaths)',
  'aws:principaltag/[^"]+',
  'aws:source(ip|owner|vpc|vpcarn|vpce)',
  'aws:(userid|username)',
  'kms:calleraccount',
  's3:dataaccesspoint(account|arn)',
  '[^"]+:(aud|sub)',
].join('|');
const NARROW = new RegExp(`"(${NARROWING})"`, 'i');

export const openPolicy: Rule = {
  id: 'policy-for-everybody',
  rank: 'exposure',
  types: new Set(Object.keys({ ...RESOURCE_POLICIES, ...TRUST })),
  judge(change): Remark[] {
    const paths = { ...RESOURCE_POLICIES, ...TRUST }[change.type] ?? [];
    return paths
      .flatMap((path) => policyChanges(change, path))
      .flatMap((policy) => {
        const open = newGrants(policy).filter(isOpen);
        const [first] = open;
        if (first === undefined) return [];
        const more = open.length > 1 ? `, and ${open.length - 1} more` : '';
        return [
          {
            what: `lets everybody: ${first.action}${more}`,
            why: 'Whoever has an AWS account may do it, and for some actions one needs none.',
            path: policy.path,
          },
        ];
      });
  },
};

function isOpen({ principal, condition }: Grant): boolean {
  return principal === EVERYBODY && !NARROW.test(condition);
}
