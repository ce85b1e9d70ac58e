import { anEnvironment } from '../testing/places.ts';
import { runTaskCommand } from './run-task-command.ts';

test('the command names where and as what the task runs', () => {
  const command = runTaskCommand({
    place: anEnvironment(),
    clusterName: 'the-cluster',
    taskDefinition: 'migrate:7',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupIds: ['sg-1'],
  });

  expect(command.match(/--region eu-central-1 --cluster the-cluster/g)).toHaveLength(3);
  expect(command).toContain('--launch-type FARGATE --task-definition migrate:7 ');
  expect(command).toContain(
    '"awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[sg-1]}"',
  );
});
