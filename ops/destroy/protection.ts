/** What AWS would refuse to delete. Found out first: half an environment is worse than a whole one. */
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeLoadBalancerAttributesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DescribeDBInstancesCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import type { StateResource } from '../running/states.ts';
import { unlessGone } from '../running/unless-gone.ts';

interface Obstacle {
  readonly what: string;
  /** Takes the obstacle away. */
  readonly command: string;
}

type Look = (region: string, resource: StateResource) => Promise<Obstacle[]>;

const LOOKS: Readonly<Record<string, Look>> = {
  aws_db_instance: async (region, resource) => [
    ...(await protectedDatabase(region, resource)),
    ...(await snapshotInTheWay(region, resource)),
  ],
  aws_lb: protectedBalancer,
  aws_cognito_user_pool: protectedPool,
};

/** @throws Refusal with what is protected, and the ways out */
export async function refuseProtected(
  environment: Environment,
  resources: readonly StateResource[],
): Promise<void> {
  const found = await Promise.all(
    resources.map(async (resource) => LOOKS[resource.type]?.(environment.region, resource) ?? []),
  );
  const obstacles = found.flat();
  if (obstacles.length === 0) return;
  throw new Refusal(
    `AWS would refuse, so nothing was destroyed. In the way:\n${list(obstacles.map(({ what }) => what))}\n${waysOut(environment, obstacles)}`,
  );
}

/** Databases that leave a last snapshot, as their stack was applied: `fargate-store-prod-final`. */
export function finalSnapshots(resources: readonly StateResource[]): string[] {
  return resources
    .filter(
      ({ type, attributes }) => type === 'aws_db_instance' && !attributes['skip_final_snapshot'],
    )
    .map(({ attributes }) => String(attributes['final_snapshot_identifier']));
}

async function protectedDatabase(region: string, { attributes }: StateResource) {
  const name = String(attributes['identifier']);
  const question = new DescribeDBInstancesCommand({ DBInstanceIdentifier: name });
  const answer = await unlessGone(new RDSClient({ region }).send(question));
  if (answer?.DBInstances?.[0]?.DeletionProtection !== true) return [];
  return [
    {
      what: `the database ${name}, protected from deletion`,
      command: `aws rds modify-db-instance --region ${region} --db-instance-identifier ${name} --no-deletion-protection`,
    },
  ];
}

/** RDS makes no second one of that name. */
async function snapshotInTheWay(region: string, resource: StateResource) {
  const [name] = finalSnapshots([resource]);
  if (name === undefined) return [];
  const question = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name });
  const answer = await unlessGone(new RDSClient({ region }).send(question));
  if ((answer?.DBSnapshots ?? []).length === 0) return [];
  return [
    {
      what: `the last snapshot of an earlier database, ${name}: copy it if you need it`,
      command: `aws rds delete-db-snapshot --region ${region} --db-snapshot-identifier ${name}`,
    },
  ];
}

async function protectedBalancer(region: string, { attributes }: StateResource) {
  const arn = String(attributes['arn']);
  const question = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn });
  const answer = await unlessGone(new ElasticLoadBalancingV2Client({ region }).send(question));
  const isProtected = answer?.Attributes?.some(
    ({ Key, Value }) => Key === 'deletion_protection.enabled' && Value === 'true',
  );
  if (isProtected !== true) return [];
  return [
    {
      what: `the load balancer ${String(attributes['name'])}, protected from deletion`,
      command: `aws elbv2 modify-load-balancer-attributes --region ${region} --load-balancer-arn ${arn} --attributes Key=deletion_protection.enabled,Value=false`,
    },
  ];
}

async function protectedPool(region: string, { attributes }: StateResource) {
  const id = String(attributes['id']);
  const question = new DescribeUserPoolCommand({ UserPoolId: id });
  const answer = await unlessGone(new CognitoIdentityProviderClient({ region }).send(question));
  if (answer?.UserPool?.DeletionProtection !== 'ACTIVE') return [];
  return [
    {
      what: `the user pool ${id} with everybody's account, protected from deletion`,
      // Sets everything that it does not name back to AWS's defaults; a deploy sets it right again.
      command: `aws cognito-idp update-user-pool --region ${region} --user-pool-id ${id} --deletion-protection INACTIVE --auto-verified-attributes email`,
    },
  ];
}

function waysOut({ name, production }: Environment, obstacles: readonly Obstacle[]): string {
  const byHand = `To keep what may be kept, such as a last snapshot of the database, take it away by hand, and run the same command again:\n${list(obstacles.map(({ command }) => command))}`;
  // Production's table refuses dataMayBeLost.
  if (production) return byHand;
  return `To lose the data with the rest: dataMayBeLost: true for ${name} in stacks/environments.ts, npx cdktf deploy '${name}-*', and run the same command again.\n${byHand}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
