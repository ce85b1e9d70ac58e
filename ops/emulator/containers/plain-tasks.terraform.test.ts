/** What MiniStack does by itself with tasks, asked without containers: where one fails, a filler can go. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { type Emulator, startEmulator } from '../emulator.ts';
import { ask } from '../testing/ask.ts';
import { ACCOUNT, clientSettings, REGION } from '../testing/both.ts';

const CLUSTER = 'plain';

let emulator: Emulator;
let ecs: ECSClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  emulator = await startEmulator({ accountId: ACCOUNT, region: REGION, plain: true });
  ecs = new ECSClient(clientSettings(emulator));
  logs = new CloudWatchLogsClient(clientSettings(emulator));
  await ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
});

afterAll(() => emulator.stop());

async function start(): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'plain',
      executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/nobody`,
      containerDefinitions: [{ name: 'store', image: 'node', memory: 128, stopTimeout: 20 }],
    }),
  );
  const { tasks } = await ecs.send(
    new RunTaskCommand({ cluster: CLUSTER, taskDefinition: taskDefinition?.taskDefinitionArn }),
  );
  expect(tasks?.[0]?.lastStatus).toBe('RUNNING');
  return tasks?.[0]?.taskArn ?? '';
}

function stop(task: string) {
  return ecs.send(new StopTaskCommand({ cluster: CLUSTER, task }));
}

async function tell(action: string, body: object): Promise<void> {
  const question = { service: 'events', action: `AWSEvents.${action}`, body };
  expect((await ask(emulator, question)).status).toBe(200);
}

test('a task whose execution role does not exist starts', async () => {
  await expect(start()).resolves.toMatch(/^arn:/);
});

test('a task that is asked to stop is called stopped at once', async () => {
  const { task } = await stop(await start());

  expect(task?.lastStatus).toBe('STOPPED');
});

test('a rule’s log group is told of nothing', async () => {
  const logGroupName = '/aws/events/sales';
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await tell('PutRule', { Name: 'sales', EventPattern: JSON.stringify({ source: ['shop'] }) });
  const Arn = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${logGroupName}`;
  await tell('PutTargets', { Rule: 'sales', Targets: [{ Id: 'log', Arn }] });

  const sale = { Source: 'shop', DetailType: 'Sale', Detail: '{}' };
  await tell('PutEvents', { Entries: [sale] });

  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams).toEqual([]);
});
