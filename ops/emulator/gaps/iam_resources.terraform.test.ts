import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeServicesCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Emulator } from '../emulator.ts';
import { ask } from '../testing/ask.ts';
import { ACCOUNT, type Both, REGION, startBoth } from '../testing/both.ts';
import { outcome, settingsOf, somebodyWho } from '../testing/people.ts';

const ECS = `arn:aws:ecs:${REGION}:${ACCOUNT}`;

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Whoever may see one service and run one task asks for them, for others, and for both. */
async function namedOfEcs(emulator: Emulator) {
  const inCluster = { ArnEquals: { 'ecs:cluster': `${ECS}:cluster/store` } };
  const ecs = new ECSClient(
    await settingsOf(
      emulator,
      { Action: 'ecs:DescribeServices', Resource: `${ECS}:service/store/web` },
      { Action: 'ecs:RunTask', Resource: `${ECS}:task-definition/web:*`, Condition: inCluster },
      { Action: 'ecs:ListTasks', Condition: inCluster },
    ),
  );
  const describe = (...services: string[]) =>
    outcome(ecs.send(new DescribeServicesCommand({ cluster: 'store', services })));
  const run = (taskDefinition: string, cluster = 'store') =>
    outcome(ecs.send(new RunTaskCommand({ cluster, taskDefinition })));
  return {
    services: [await describe('web'), await describe('other'), await describe('web', 'other')],
    tasks: [await run('web:1'), await run('other:1'), await run('web:1', 'elsewhere')],
    list: await outcome(ecs.send(new ListTasksCommand({ cluster: 'store' }))),
  };
}

test('ECS asks about each service, task definition and cluster that a request names', async () => {
  expect(await namedOfEcs(both.filled)).toEqual({
    services: ['allowed', 'denied', 'denied'],
    tasks: ['allowed', 'denied', 'denied'],
    list: 'allowed',
  });
  // Without our filler it asks about the cluster only, and no condition holds.
  expect(await namedOfEcs(both.plain)).toEqual({
    services: ['denied', 'denied', 'denied'],
    tasks: ['denied', 'denied', 'denied'],
    list: 'denied',
  });
});

/** Whoever may read below `/store` reads there, elsewhere, and in both places at once. */
async function namedParameters(emulator: Emulator) {
  const Resource = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/store/*`;
  const ssm = new SSMClient(await settingsOf(emulator, { Action: 'ssm:GetParameters', Resource }));
  const get = (...Names: string[]) => outcome(ssm.send(new GetParametersCommand({ Names })));
  return [await get('/store/a'), await get('/other/a'), await get('/store/a', '/other/a')];
}

test('Systems Manager asks about each parameter', async () => {
  expect(await namedParameters(both.filled)).toEqual(['allowed', 'denied', 'denied']);
  expect(await namedParameters(both.plain)).toEqual(['denied', 'denied', 'denied']);
});

/** Whoever may read one log reads it, and another one. */
async function namedLogs(emulator: Emulator) {
  const Resource = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/store/web:*`;
  const logs = new CloudWatchLogsClient(
    await settingsOf(emulator, { Action: 'logs:GetLogEvents', Resource }),
  );
  const read = (logGroupName: string) =>
    outcome(logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'task/web/1' })));
  return [await read('/store/web'), await read('/store/other')];
}

test('CloudWatch Logs asks about the stream', async () => {
  expect(await namedLogs(both.filled)).toEqual(['allowed', 'denied']);
  expect(await namedLogs(both.plain)).toEqual(['denied', 'denied']);
});

test('what our own fillers answer is asked about too', async () => {
  const firewallOf = (name: string) =>
    `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/${name}/1`;
  const environment = await somebodyWho(
    both.filled,
    { Action: 'application-autoscaling:Describe*' },
    { Action: 'wafv2:DeleteLoggingConfiguration', Resource: firewallOf('mine') },
  );
  const scaling = (action: string) =>
    ask(both.filled, {
      service: 'application-autoscaling',
      action: `AnyScaleFrontendService.${action}`,
      body: { ServiceNamespace: 'ecs', ResourceId: 'service/a/b', ScalableDimension: 'c' },
      environment,
    });
  const firewall = (name: string) =>
    ask(both.filled, {
      service: 'wafv2',
      action: 'AWSWAF_20190729.DeleteLoggingConfiguration',
      body: { ResourceArn: firewallOf(name) },
      environment,
    });
  const denied = { body: { __type: 'AccessDeniedException' } };
  const absent = { body: { __type: 'WAFNonexistentItemException' } };

  expect(await scaling('DescribeScalableTargets')).toMatchObject({ status: 200 });
  expect(await scaling('DeregisterScalableTarget')).toMatchObject(denied);
  expect(await firewall('mine')).toMatchObject(absent);
  expect(await firewall('other')).toMatchObject(denied);
});
