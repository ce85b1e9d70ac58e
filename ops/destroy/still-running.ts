/** Does an environment run whose states cannot be found? */
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { paginateDescribeDBInstances, RDSClient } from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { isDatabaseOf } from '../restore/database-names.ts';
import { clusterName } from '../running/names.ts';

/**
 * For an environment without states, or without their bucket. The cluster is made with the first
 * stack and goes with the last one.
 * @throws Refusal when anything is there
 */
export async function refuseWhileRunning(environment: Environment): Promise<void> {
  const { name, region, stateBucket } = environment;
  const found = [...(await clusterOf(environment)), ...(await databasesOf(environment))];
  if (found.length === 0) return;
  throw new Refusal(
    `there is no state of ${name} in a bucket ${stateBucket}, but there are still ${found.join(' and ')}, so nothing was destroyed. Is there a bucket with another name? Then set STORE_STATE_BUCKET=<name>, as for the bootstrap; the buckets of the account, and what is there of ${name}:
  aws s3api list-buckets
  aws resourcegroupstaggingapi get-resources --region ${region} --tag-filters Key=Environment,Values=${environment.tags.Environment}`,
  );
}

async function clusterOf(environment: Environment): Promise<string[]> {
  const cluster = clusterName(environment);
  const question = new DescribeClustersCommand({ clusters: [cluster] });
  const { clusters = [] } = await new ECSClient({ region: environment.region }).send(question);
  // ECS remembers deleted ones for a while.
  return clusters.some(({ status }) => status !== 'INACTIVE') ? [`the cluster ${cluster}`] : [];
}

/** No state says which one serves: after a restore it is not the first. */
async function databasesOf(environment: Environment): Promise<string[]> {
  const client = new RDSClient({ region: environment.region });
  const found: string[] = [];
  for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client }, {})) {
    for (const { DBInstanceIdentifier: name = '' } of DBInstances) {
      if (isDatabaseOf(environment, name)) found.push(`the database ${name}`);
    }
  }
  return found;
}
