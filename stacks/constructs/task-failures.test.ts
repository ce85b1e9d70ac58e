import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf, type Synthesised } from '../testing/synthesise.ts';
import { TaskFailures } from './task-failures.ts';

const CLUSTER = 'arn:aws:ecs:eu-central-1:123456789012:cluster/fargate-store-dev';

const synthesised = Testing.synthScope(
  (scope) =>
    new TaskFailures(scope, 'failures', {
      place: anEnvironment(),
      clusterArn: CLUSTER,
      families: ['fargate-store-dev-migrate', 'fargate-store-dev-rotate'],
      logDays: 7,
    }),
);

function only(type: string): Readonly<Record<string, unknown>> {
  return resourcesOf(JSON.parse(synthesised) as Synthesised, type)[0] ?? {};
}

type Fields = Readonly<Record<string, unknown>>;

/** EventBridge's matching, as far as the pattern uses it; of a list of objects any one may match. */
function matches(pattern: Fields, event: Fields): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return (wanted as Fields[]).some((one) => matches(one, event));
    const found = [event[key]].flat();
    if (!Array.isArray(wanted))
      return found.some((one) => matches(wanted as Fields, one as Fields));
    return wanted.some((rule) => found.some((value) => passes(rule, value)));
  });
}

function passes(rule: unknown, value: unknown): boolean {
  if (typeof rule !== 'object' || rule === null) return rule === value;
  if ('exists' in rule) return (value !== undefined) === rule.exists;
  if ('anything-but' in rule) return value !== undefined && value !== rule['anything-but'];
  throw new Error(`unknown rule ${JSON.stringify(rule)}`);
}

/** As ECS tells it when a task of ours ended well. */
function aStoppedTask(differences: Fields = {}): Fields {
  return {
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    detail: {
      clusterArn: CLUSTER,
      group: 'family:fargate-store-dev-migrate',
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      containers: [{ name: 'store', lastStatus: 'STOPPED', exitCode: 0 }],
      ...differences,
    },
  };
}

function isTold(event: Fields): boolean {
  return matches(JSON.parse(String(only('aws_cloudwatch_event_rule')['event_pattern'])), event);
}

test('a task that did its work is no failure', () => {
  expect(isTold(aStoppedTask())).toBe(false);
});

// 143: a rotation that was stopped in its grace time.
test.each([1, 78, 137, 143])('a task that ends with %i is a failure', (exitCode) => {
  expect(isTold(aStoppedTask({ containers: [{ name: 'store', exitCode }] }))).toBe(true);
});

test('a task that never started is a failure', () => {
  const event = aStoppedTask({ stopCode: 'TaskFailedToStart', containers: [{ name: 'store' }] });

  expect(isTold(event)).toBe(true);
});

test('a task whose end nobody saw is a failure', () => {
  const event = aStoppedTask({ stopCode: 'TerminationNotice', containers: [{ name: 'store' }] });

  expect(isTold(event)).toBe(true);
});

test.each([
  { what: 'that still runs', differences: { lastStatus: 'RUNNING' } },
  { what: 'of the service', differences: { group: 'service:fargate-store-dev' } },
  { what: 'of another cluster', differences: { clusterArn: `${CLUSTER}-copy` } },
])('a task $what is none of ours', ({ differences }) => {
  const containers = [{ name: 'store', exitCode: 1 }];

  expect(isTold(aStoppedTask({ containers, ...differences }))).toBe(false);
});

test('the rotation is watched as the migration is', () => {
  const failed = { group: 'family:fargate-store-dev-rotate', containers: [{ exitCode: 1 }] };

  expect(isTold(aStoppedTask(failed))).toBe(true);
});

test('failures are kept in a log that EventBridge may write for this rule only', () => {
  expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: '/aws/events/fargate-store-dev-task-failures',
    retention_in_days: 7,
  });
  expect(synthesised).toHaveResourceWithProperties(CloudwatchEventTarget, {
    rule: expect.stringContaining('aws_cloudwatch_event_rule.failures_rule'),
    arn: expect.stringContaining('aws_cloudwatch_log_group.failures_log'),
    depends_on: [expect.stringContaining('aws_cloudwatch_log_resource_policy')],
  });
  const policy = only('aws_cloudwatch_log_resource_policy')['policy_document'];
  const ours = [expect.stringMatching(/aws_cloudwatch_log_group\.failures_log.*arn}:\*$/)];
  expect(JSON.parse(String(policy))).toMatchObject({
    Statement: [
      { Action: ['logs:CreateLogStream'], Resource: ours },
      {
        Action: ['logs:PutLogEvents'],
        Resource: ours,
        Condition: {
          ArnEquals: { 'aws:SourceArn': expect.stringContaining('aws_cloudwatch_event_rule') },
        },
      },
    ],
  });
});
