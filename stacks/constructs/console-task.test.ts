import { Testing } from 'cdktf';
import { hardenedTasks } from '../policies/hardened-tasks.ts';
import { anEnvironment } from '../testing/places.ts';
import { add, refusalOf } from '../testing/refusal.ts';
import { allResources, synthesiseStore } from '../testing/synthesise-store.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { ConsoleTask } from './console-task.ts';

const environment = anEnvironment();

const synthesised = JSON.parse(
  Testing.synthScope(
    (scope) =>
      new ConsoleTask(scope, 'psql', {
        environment,
        image: 'registry/store@sha256:1',
        database: {
          host: 'database.internal',
          databaseName: 'store',
          applicationSecretArn: 'arn:application',
          keyArn: 'arn:key',
        },
        log: { name: `/${environment.prefix}/psql`, arn: 'arn:log' },
      }),
  ),
) as Synthesised;

const [definition] = resourcesOf(synthesised, 'aws_ecs_task_definition');
const [container] = JSON.parse(String(definition?.['container_definitions'])) as [object];

test('it knows the login of the service by name, and never that of the owner', () => {
  expect(container).toMatchObject({
    environment: [
      { name: 'DATABASE_HOST', value: 'database.internal' },
      { name: 'DATABASE_NAME', value: 'store' },
      { name: 'DATABASE_SECRET_ID', value: 'arn:application' },
      { name: 'DATABASE_TLS', value: 'rds' },
    ],
  });
  expect(container).not.toHaveProperty('secrets');
  expect(JSON.stringify(synthesised)).not.toMatch(/master/i);
});

test('its role reads one secret, opens the channel of ECS Exec and writes one log, and no more', () => {
  const policies = resourcesOf(synthesised, 'aws_iam_role_policy').map(
    ({ policy }) => JSON.parse(String(policy)) as { Statement: { Action: string[] }[] },
  );
  const own = policies.find(({ Statement }) => Statement.some(isOfSecrets));

  expect(own?.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:application'],
    },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: ['arn:key'],
      Condition: {
        StringEquals: {
          'kms:ViaService': `secretsmanager.${environment.region}.amazonaws.com`,
          'kms:EncryptionContext:SecretARN': 'arn:application',
        },
      },
    },
    {
      Effect: 'Allow',
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
        'logs:DescribeLogGroups',
      ],
      Resource: ['*'],
    },
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: ['arn:log:*'],
    },
  ]);
});

function isOfSecrets({ Action }: { readonly Action: readonly string[] }): boolean {
  return Action.includes('secretsmanager:GetSecretValue');
}

test('but for its disk it is as hardened as all other tasks', () => {
  const refusal = refusalOf(hardenedTasks, (stack) =>
    add(stack, 'aws_ecs_task_definition', 'it', {
      container_definitions: JSON.stringify([container]),
    }),
  );

  expect(refusal).toContain('set readonlyRootFilesystem: true');
  expect(refusal.match(/aws_ecs_task_definition, container/g)).toHaveLength(1);
});

test('what is asked in it waits until it is written down, which no other task does', () => {
  const made = allResources(synthesiseStore(anEnvironment()));
  const tasks = made.filter(({ type }) => type === 'aws_ecs_task_definition');
  const blocking = tasks.filter(({ attributes }) =>
    /"mode":"blocking"/.test(String(attributes['container_definitions'])),
  );

  expect(blocking.map(({ path }) => path)).toEqual([
    `${environment.name}-migration/psql/task/definition`,
  ]);
  expect(blocking[0]?.attributes['container_definitions']).not.toContain('max-buffer-size');
});

test('nobody enters any other task: its role alone has the channel, and no service offers it', () => {
  const made = allResources(synthesiseStore(anEnvironment('dev'), anEnvironment('prod')));
  const ofEnvironments = made.filter(({ stack }) =>
    /-(network|database|migration|service)$/.test(stack),
  );
  const withChannel = ofEnvironments.filter(({ attributes }) =>
    JSON.stringify(attributes).includes('ssmmessages:'),
  );
  const services = made.filter(({ type }) => type === 'aws_ecs_service');

  expect(withChannel.map(({ path }) => path)).toEqual([
    'dev-migration/psql/role/policy',
    'prod-migration/psql/role/policy',
  ]);
  expect(services).toHaveLength(2);
  for (const { attributes } of services) expect(attributes['enable_execute_command']).toBe(false);
});
