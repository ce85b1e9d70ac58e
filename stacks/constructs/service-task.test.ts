import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Testing } from 'cdktf';
import type { someTable } from '../testing/some-table.ts';
import type { Settings } from '../settings.ts';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { ReleasedImage } from './released-image.ts';
import { ServiceTask } from './service-task.ts';

function taskOf(name: keyof typeof someTable, differences: Partial<Settings> = {}): string {
  const environment = anEnvironment(name, differences);
  return Testing.synthScope((scope) => {
    new ServiceTask(scope, 'task', {
      environment,
      image: new ReleasedImage(scope, 'image', environment),
      proxyHops: 1,
      database: {
        host: 'database.example.com',
        databaseName: 'store',
        applicationSecretArn: 'arn:secret',
        keyArn: 'arn:key',
      },
      identity: { issuer: 'https://issuer.example.com', commandLineClientId: 'client-1' },
    });
  });
}

const definitionOf = (synthesised: string) =>
  resourcesOf(JSON.parse(synthesised), 'aws_ecs_task_definition')[0] ?? {};

function containerOf(synthesised: string) {
  // The image is an expression with quotes of its own, which Terraform reads before it is JSON.
  const image = /"image":".*?(?="essential")/;
  const text = String(definitionOf(synthesised)['container_definitions']);
  return JSON.parse(text.replace(image, ''))[0];
}

function variablesOf(synthesised: string): Record<string, string> {
  const { environment } = containerOf(synthesised) as {
    readonly environment: readonly { readonly name: string; readonly value: string }[];
  };
  return Object.fromEntries(environment.map(({ name, value }) => [name, value]));
}

test('the service is told everything that it needs, and nothing secret', () => {
  expect(variablesOf(taskOf('prod'))).toEqual({
    NODE_ENV: 'production',
    PORT: '3000',
    STORE_CURRENCY: 'EUR',
    TRUSTED_PROXY_HOPS: '1',
    DRAIN_SECONDS: '10',
    DATABASE_HOST: 'database.example.com',
    DATABASE_NAME: 'store',
    DATABASE_SECRET_ID: 'arn:secret',
    DATABASE_TLS: 'rds',
    DATABASE_POOL_SIZE: '10',
    AUTH_ISSUER: 'https://issuer.example.com',
    AUTH_CLIENT_IDS: 'client-1',
    SETTINGS_PARAMETER: '/fargate-store/prod/settings',
  });
});

test('other origins are named where there are any', () => {
  const { service } = anEnvironment('prod');
  const corsOrigins = ['https://shop.example.com', 'https://admin.example.com'];

  expect(variablesOf(taskOf('prod', { service: { ...service, corsOrigins } }))).toMatchObject({
    CORS_ORIGINS: 'https://shop.example.com,https://admin.example.com',
  });
});

test.each([
  ['dev', '256', '512', 7],
  ['staging', '512', '1024', 30],
  ['prod', '1024', '2048', 90],
] as const)('%s has its own size and keeps its own log', (name, cpu, memory, days) => {
  const synthesised = taskOf(name);

  expect(definitionOf(synthesised)).toMatchObject({
    family: `fargate-store-${name}-service`,
    cpu,
    memory,
  });
  expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: `/fargate-store-${name}/service`,
    retention_in_days: days,
  });
});

test('runs the released image', () => {
  const digest = String.raw`data\.aws_ssm_parameter\.[^.]+\.insecure_value`;

  expect(definitionOf(taskOf('dev'))['container_definitions']).toMatch(
    new RegExp(
      String.raw`"image":"123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com/fargate-store\$\{\(${digest} == "none"\) \? ":none" : "@\$\{${digest}\}"\}"`,
    ),
  );
});

test('a container that does not answer is replaced, but has time to find its database', () => {
  const container = containerOf(taskOf('dev'));

  expect(container.healthCheck).toEqual({
    command: [
      'CMD',
      'node',
      '-e',
      "fetch('http://127.0.0.1:3000/livez').then(({ ok }) => process.exit(ok ? 0 : 1))",
    ],
    interval: 30,
    timeout: 5,
    retries: 3,
    startPeriod: 90,
  });
  expect(container.portMappings).toEqual([
    { containerPort: 3000, hostPort: 3000, protocol: 'tcp' },
  ]);
});

test('a container is killed only after the 25 s within which the service ends by itself', () => {
  expect(containerOf(taskOf('dev')).stopTimeout).toBe(40);
});

test('Fargate starts it with one role, and it runs with another', () => {
  const { execution_role_arn: starting, task_role_arn: running } = definitionOf(taskOf('dev'));
  const roles = JSON.parse(taskOf('dev')).resource.aws_iam_role;

  const nameOf = (arn: unknown) => roles[String(arn).split('.')[1] ?? ''].name;
  expect(nameOf(starting)).toBe('fargate-store-dev-service-execution');
  expect(nameOf(running)).toBe('fargate-store-dev-service');
});
