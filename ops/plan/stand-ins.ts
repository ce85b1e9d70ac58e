/** What stands in for a value that AWS gives only when something is made: well-formed, and nobody's. */

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** First parts of the ids that AWS gives; whatever has no such id is called `stand-in-1`. */
const PREFIXES: Readonly<Record<string, string>> = {
  aws_eip: 'eipalloc',
  aws_internet_gateway: 'igw',
  aws_nat_gateway: 'nat',
  aws_network_acl: 'acl',
  aws_route_table: 'rtb',
  aws_security_group: 'sg',
  aws_subnet: 'subnet',
  aws_vpc: 'vpc',
  aws_vpc_endpoint: 'vpce',
};

/** What AWS calls 17 hexadecimal digits, and 12. */
const LONG = 17;
const SHORT = 12;

/** What follows account and region in ARNs that the provider looks at closely. */
const RESOURCES: Readonly<Record<string, (number: number) => string>> = {
  aws_cloudwatch_log_group: (number) => `logs:log-group:stand-in-${number}`,
  aws_db_instance: (number) => `rds:db:stand-in-${number}`,
  aws_ecs_cluster: (number) => `ecs:cluster/stand-in-${number}`,
  aws_kms_key: (number) => `kms:key/${uuid(number)}`,
  aws_lb: (number) => `elasticloadbalancing:loadbalancer/app/stand-in-${number}/0000000000000000`,
  aws_lb_target_group: (number) =>
    `elasticloadbalancing:targetgroup/stand-in-${number}/0000000000000000`,
  aws_s3_bucket: (number) => `s3:stand-in-${number}`,
  aws_secretsmanager_secret: (number) => `secretsmanager:secret:stand-in-${number}-000000`,
  aws_sns_topic: (number) => `sns:stand-in-${number}`,
  aws_sqs_queue: (number) => `sqs:stand-in-${number}`,
};

/** Attributes that are lists although nothing says so before the apply. */
const IS_LIST = /_(arns|blocks|ids|servers|zones|addresses)$/;

/**
 * @param reference `aws_subnet.private-a.id`, or any other expression
 * @param number tells those of one kind from each other: two subnets must not look like one
 */
export function standIn(reference: string, number: number, place: Place): string | string[] {
  const [, type, attribute] = /^(aws_\w+)\.[\w-]+\.(.+)$/.exec(reference) ?? [];
  if (type === undefined || attribute === undefined) return `stand-in-${number}`;
  // `master_user_secret[0].secret_arn`
  const last = attribute.replace(/^.*\./, '');
  if (IS_LIST.test(last)) {
    return [ofOne(type, last.replace(/e?s$/, ''), number, place)];
  }
  return ofOne(type, last, number, place);
}

function ofOne(type: string, attribute: string, number: number, place: Place): string {
  if (/(^|_)arn$/.test(attribute)) return arn(arnOwner(type, attribute), number, place);
  if (attribute === 'id' || attribute.endsWith('_id')) return id(type, number, place);
  if (/^(address|endpoint|dns_name)$|domain/.test(attribute)) {
    return `stand-in-${number}.${place.region}.example`;
  }
  if (/(^|_)ip$/.test(attribute)) return `192.0.2.${number % 256}`;
  return `stand-in-${number}`;
}

/** `secret_arn` of a database is a secret's. */
function arnOwner(type: string, attribute: string): string {
  if (attribute === 'secret_arn') return 'aws_secretsmanager_secret';
  return attribute === 'kms_key_arn' ? 'aws_kms_key' : type;
}

function arn(type: string, number: number, { accountId, region }: Place): string {
  if (type.startsWith('aws_iam_')) {
    return `arn:aws:iam::${accountId}:${type.replace(/^aws_iam_/, '')}/stand-in-${number}`;
  }
  const [, service = '', rest = ''] =
    /^([^:]+):(.*)$/.exec(RESOURCES[type]?.(number) ?? unknown(type, number)) ?? [];
  if (service === 's3') return `arn:aws:s3:::${rest}`;
  return `arn:aws:${service}:${region}:${accountId}:${rest}`;
}

/** `aws_sfn_state_machine` is of the service `sfn`, as far as the name tells. */
function unknown(type: string, number: number): string {
  const [, service = 'unknown', kind = 'it'] = /^aws_([a-z0-9]+)_?(.*)$/.exec(type) ?? [];
  return `${service}:${kind}/stand-in-${number}`;
}

function id(type: string, number: number, { region }: Place): string {
  const prefix = PREFIXES[type];
  if (prefix !== undefined) return `${prefix}-${String(number).padStart(LONG, '0')}`;
  if (type === 'aws_kms_key') return uuid(number);
  // A pool's id has its region, and nine letters or digits.
  if (type === 'aws_cognito_user_pool') return `${region}_${String(number).padStart(9, '0')}`;
  if (type === 'aws_cognito_user_pool_client') return `standin${String(number).padStart(19, '0')}`;
  return `stand-in-${number}`;
}

function uuid(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(SHORT, '0')}`;
}
