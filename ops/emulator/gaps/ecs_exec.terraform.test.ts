import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** @returns the agents of a task that people may enter, or not */
async function agentsOf(emulator: Emulator, enableExecuteCommand: boolean) {
  const ecs = new ECSClient(clientSettings(emulator));
  await ecs.send(new CreateClusterCommand({ clusterName: 'store' }));
  const containerDefinitions = [{ name: 'store', image: 'node', memory: 128 }];
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'console', containerDefinitions }));
  const { tasks: started = [] } = await ecs.send(
    new RunTaskCommand({ cluster: 'store', taskDefinition: 'console', enableExecuteCommand }),
  );
  const which = { cluster: 'store', tasks: started.map(({ taskArn = '' }) => taskArn) };
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand(which));
  return tasks.flatMap(({ containers = [] }) =>
    containers.map(({ managedAgents }) => managedAgents?.map(({ name }) => name)),
  );
}

test('a task that people may enter has the agent that lets them in', async () => {
  expect(await agentsOf(both.filled, true)).toEqual([['ExecuteCommandAgent']]);
});

test('another one has none', async () => {
  expect(await agentsOf(both.filled, false)).toEqual([undefined]);
});

test('without our filler nobody is told of it', async () => {
  expect(await agentsOf(both.plain, true)).toEqual([undefined]);
});
