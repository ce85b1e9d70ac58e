import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { OneOffTask } from './one-off-task.ts';

function task(command: 'migrate' | 'rotate'): string {
  const props = {
    environment: anEnvironment(),
    command,
    image: 'registry/store@sha256:1',
    database: {
      host: 'database.internal',
      databaseName: 'store',
      masterSecretArn: 'arn:master',
      applicationSecretArn: 'arn:application',
    },
    taskRoleArn: 'arn:task-role',
    executionRoleArn: 'arn:execution-role',
    logGroupName: '/fargate-store-dev/migration',
  };
  return Testing.synthScope((scope) => new OneOffTask(scope, 'task', props));
}

function container(command: 'migrate' | 'rotate'): Readonly<Record<string, unknown>> {
  const synthesised = JSON.parse(task(command)) as Synthesised;
  const [definition] = resourcesOf(synthesised, 'aws_ecs_task_definition');
  const [first] = JSON.parse(String(definition?.['container_definitions'])) as [object];
  return { ...first };
}

test.each(['migrate', 'rotate'] as const)('%s runs that command of the service', (command) => {
  expect(container(command)['command']).toEqual(['node', `service/${command}.js`]);
});

test('it knows the database and both secrets by name, and no password', () => {
  expect(container('migrate')['environment']).toEqual([
    { name: 'DATABASE_HOST', value: 'database.internal' },
    { name: 'DATABASE_MASTER_SECRET_ID', value: 'arn:master' },
    { name: 'DATABASE_NAME', value: 'store' },
    { name: 'DATABASE_SECRET_ID', value: 'arn:application' },
    { name: 'DATABASE_TLS', value: 'rds' },
  ]);
  expect(container('migrate')).not.toHaveProperty('secrets');
});

test('nothing calls it, and nothing asks after its health', () => {
  expect(container('rotate')).toMatchObject({ portMappings: [], stopTimeout: 30 });
  expect(container('rotate')).not.toHaveProperty('healthCheck');
});

test('it is the smallest task there is, under its own name and with its own roles', () => {
  expect(task('rotate')).toHaveResourceWithProperties(EcsTaskDefinition, {
    family: 'fargate-store-dev-rotate',
    cpu: '256',
    memory: '512',
    task_role_arn: 'arn:task-role',
    execution_role_arn: 'arn:execution-role',
  });
});
