import type { TerraformStack } from 'cdktf';
import { add, refusalOf } from '../testing/refusal.ts';
import { keptLogs } from './kept-logs.ts';

const GROUP = 'aws_cloudwatch_log_group';

function refusal(build: (stack: TerraformStack) => unknown): string {
  return refusalOf(keptLogs, build);
}

test.each([{}, { retention_in_days: 0 }, { retention_in_days: '${var.days}' }])(
  'refuses a group that is kept for ever: %j',
  (group) => {
    expect(refusal((stack) => add(stack, GROUP, 'it', group))).toContain(
      `[stack/it] ${GROUP} keeps its lines for ever`,
    );
  },
);

test('refuses what RDS exports to groups that nobody declares', () => {
  const said = refusal((stack) => {
    add(stack, GROUP, 'log', { name: '/aws/rds/instance/db/postgresql', retention_in_days: 7 });
    add(stack, 'aws_db_instance', 'it', {
      identifier: 'db',
      enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
    });
  });

  expect(said).toContain(`writes to /aws/rds/instance/db/upgrade, which AWS makes and keeps`);
  expect(said).not.toContain('postgresql');
});

function logsOf(options: object): string {
  return refusal((stack) => {
    add(stack, GROUP, 'log', { name: '/ours', retention_in_days: 7 });
    const container_definitions = JSON.stringify([{ logConfiguration: { options } }]);
    add(stack, 'aws_ecs_task_definition', 'it', { container_definitions });
  });
}

test.each([
  [{ 'awslogs-group': '/ours', 'awslogs-create-group': 'true' }, 'leave awslogs-create-group out'],
  [{ 'awslogs-group': '/other' }, `writes to /other, which AWS makes and keeps for ever`],
])('refuses the log %j of a container', (options, whatToDo) => {
  expect(logsOf(options)).toContain(whatToDo);
});

test.each(['/ours', `\${${GROUP}.log.name}`])('keeps the group %s of a container', (name) => {
  expect(logsOf({ 'awslogs-group': name })).toBe('');
});

test("refuses a function whose group is Lambda's own", () => {
  const build = (name: string) => (stack: TerraformStack) => {
    add(stack, GROUP, 'log', { name: '/aws/lambda/report', retention_in_days: 7 });
    add(stack, 'aws_lambda_function', 'it', { function_name: name });
  };

  expect(refusal(build('other'))).toContain('writes to /aws/lambda/other');
  expect(refusal(build('report'))).toBe('');
});

const bucket = '${aws_s3_bucket.bucket.bucket}';

test.each([
  ['aws_lb', { access_logs: { bucket } }],
  ['aws_lb', { connection_logs: [{ bucket }] }],
  ['aws_flow_log', { log_destination_type: 's3', log_destination: '${aws_s3_bucket.bucket.arn}' }],
  [
    'aws_wafv2_web_acl_logging_configuration',
    { log_destination_configs: ['${aws_s3_bucket.bucket.arn}'] },
  ],
])('a bucket of the logs of %s needs an end: %j', (type, logs) => {
  const build = (days: number) => (stack: TerraformStack) => {
    add(stack, 'aws_s3_bucket', 'bucket', { bucket: 'logs' });
    add(stack, type, 'it', logs);
    if (days === 0) return;
    add(stack, 'aws_s3_bucket_lifecycle_configuration', 'end', {
      bucket: '${aws_s3_bucket.bucket.id}',
      rule: [{ status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days }] }],
    });
  };

  expect(refusal(build(0))).toContain('where nothing ends: add a lifecycle with an expiration');
  expect(refusal(build(30))).toBe('');
});
