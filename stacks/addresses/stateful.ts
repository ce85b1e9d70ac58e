/**
 * What may not be made anew because a construct got another name, and what would be lost. The one
 * list of synth, the commands and the policy protected-data.
 */

/** What cannot be had back from anywhere: where data may not be lost, Terraform itself is to refuse. */
const IRREPLACEABLE_LOSSES: Readonly<Record<string, string>> = {
  aws_cognito_user_pool: "everybody's account",
  aws_db_instance: 'the database and its automatic backups',
  aws_docdb_cluster: 'the databases and their automatic backups',
  aws_dynamodb_table: 'the items of the table',
  aws_ebs_volume: 'what is on the disk',
  aws_efs_file_system: 'the files',
  aws_kms_key: 'the key to all that it encrypted',
  aws_neptune_cluster: 'the databases and their automatic backups',
  aws_opensearch_domain: 'the documents and their indexes',
  aws_rds_cluster: 'the databases and their automatic backups',
  aws_s3_bucket: 'the objects in the bucket',
};

/** What is in them is nowhere else. Log groups too: whoever looks for a cause reads back weeks. */
const HOLDING_DATA: Readonly<Record<string, string>> = {
  ...IRREPLACEABLE_LOSSES,
  aws_cloudwatch_log_group: 'the lines that were logged',
  // A group that is made anew has no members.
  aws_cognito_user_group: 'who is in the group',
  aws_ecr_repository: 'the images that run',
  aws_kinesis_stream: 'the records that wait',
  aws_secretsmanager_secret: 'the secret and its versions',
  aws_sqs_queue: 'the messages that wait',
  // The digest of what was released is written by releases, not by Terraform.
  aws_ssm_parameter: 'the value that was written since',
};

const BALANCER = 'the name that DNS records of others lead to';

/** AWS chooses their address or id anew, and others have written down the old one. */
const KNOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  aws_alb: BALANCER,
  aws_cognito_user_pool_client: 'the client id that applications are built with',
  aws_cognito_user_pool_domain: 'the address of the login pages',
  aws_eip: 'the IP address that others let in',
  aws_lb: BALANCER,
  aws_route53_zone: 'the name servers that the domain is delegated to',
  aws_sns_topic: 'the subscriptions that people have confirmed',
  aws_vpc: 'the network with everything that stands in it',
};

const NAME_TAKEN = 'the apply fails half-way, as its name is taken while the old one is there';

/**
 * They come back as they were, but what runs stops meanwhile, or the new one cannot be made while
 * the old one is there. Where nothing new takes their place, somebody has taken them away on purpose.
 */
const STOPPING: Readonly<Record<string, string>> = {
  aws_db_subnet_group: NAME_TAKEN,
  // Made and destroyed by name: the old one's end takes the new one away.
  aws_ecs_cluster: 'no task can run until there is a cluster again',
  aws_ecs_service: 'its tasks stop, and nothing answers until new ones run',
  aws_iam_policy: NAME_TAKEN,
  aws_iam_role: `what runs with the role is refused everything, and ${NAME_TAKEN}`,
  aws_iam_role_policy: 'what runs with the role is refused what the policy allowed',
  aws_kms_alias: NAME_TAKEN,
  aws_lb_listener: 'nothing answers until there is a listener again',
  aws_lb_target_group: 'nothing answers until tasks have come into the new group',
  aws_nat_gateway: 'nothing reaches the internet until there is a gateway again',
  aws_security_group: `what wears the group is cut off, and ${NAME_TAKEN}`,
  aws_subnet: 'the apply fails half-way, as its addresses are taken and things stand in it',
  aws_vpc_endpoint: 'what reaches AWS through it is cut off until there is one again',
  aws_wafv2_web_acl: NAME_TAKEN,
};

/** What Terraform is to be forbidden to destroy where data may not be lost. */
export const IRREPLACEABLE: ReadonlySet<string> = new Set(Object.keys(IRREPLACEABLE_LOSSES));

/** What it means when one of the type is destroyed; none where nobody misses anything afterwards. */
export const LOSSES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...HOLDING_DATA, ...KNOWN_ELSEWHERE }),
);

/** What it means when one of the type is made anew beside the old one. */
export const OUTAGES: ReadonlyMap<string, string> = new Map(Object.entries(STOPPING));

/** Addresses of what cannot be made anew as it was; everything else can. */
export const HOLDS_DATA = new RegExp(`^(${Object.keys(HOLDING_DATA).join('|')})\\.`);

/** In words, what its end means. */
export function meaningOf(type: string): string {
  return LOSSES.get(type) ?? OUTAGES.get(type) ?? type;
}
