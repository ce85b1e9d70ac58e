import type { Place } from '../place.ts';

interface RunTaskProps {
  readonly place: Place;
  readonly clusterName: string;
  readonly taskDefinition: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** For a shell: starts a one-off task, waits until it stopped, prints why and its exit code. */
export function runTaskCommand(props: RunTaskProps): string {
  const { place, clusterName, taskDefinition, subnetIds, securityGroupIds } = props;
  const where = `--region ${place.region} --cluster ${clusterName}`;
  const network = `subnets=[${subnetIds.join(',')}],securityGroups=[${securityGroupIds.join(',')}]`;
  return [
    `TASK=$(aws ecs run-task ${where} --launch-type FARGATE --task-definition ${taskDefinition} \\`,
    `  --network-configuration "awsvpcConfiguration={${network}}" \\`,
    "  --query 'tasks[0].taskArn' --output text)",
    // It gives up after ten minutes; what is printed then says whether the task still runs.
    `aws ecs wait tasks-stopped ${where} --tasks "$TASK"`,
    `aws ecs describe-tasks ${where} --tasks "$TASK" --output text \\`,
    "  --query 'tasks[0].[lastStatus, stoppedReason, containers[0].exitCode]'",
    '',
  ].join('\n');
}
