/**
 * What may not be made anew because a construct got another name, and what would be lost. Other
 * types come back as they were: roles, rules, task definitions, routes, subnets.
 */

/** What is in them is nowhere else. Log groups too: whoever looks for a cause reads back weeks. */
const HOLDING_DATA: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: 'the lines that were logged',
  // A group that is made anew has no members.
  aws_cognito_user_group: 'who is in the group',
  aws_cognito_user_pool: "everybody's account",
  aws_db_instance: 'the database and its automatic backups',
  aws_ecr_repository: 'the images that run',
  aws_kms_key: 'the key to all that it encrypted',
  aws_s3_bucket: 'the objects in the bucket',
  aws_secretsmanager_secret: 'the secret and its versions',
  aws_sqs_queue: 'the messages that wait',
  // The digest of what was released is written by releases, not by Terraform.
  aws_ssm_parameter: 'the value that was written since',
};

/** AWS chooses their address or id anew, and others have written down the old one. */
const KNOWN_ELSEWHERE: Readonly<Record<string, string>> = {
  aws_cognito_user_pool_client: 'the client id that applications are built with',
  aws_cognito_user_pool_domain: 'the address of the login pages',
  aws_eip: 'the IP address that others let in',
  aws_lb: 'the name that DNS records of others lead to',
  aws_vpc: 'the network with everything that stands in it',
};

/** What it means when one of the type is destroyed; none where it can be made anew as it was. */
export const LOSSES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...HOLDING_DATA, ...KNOWN_ELSEWHERE }),
);

/** Addresses of what cannot be made anew as it was; everything else can. */
export const HOLDS_DATA = new RegExp(`^(${Object.keys(HOLDING_DATA).join('|')})\\.`);
