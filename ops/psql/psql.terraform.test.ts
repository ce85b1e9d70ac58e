import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { clusterName } from '../running/names.ts';
import { stateKeyOf } from '../running/states.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { enterSession, runStatements } from './psql.ts';

const WHO = 'arn:aws:sts::123456789012:assumed-role/operator/ada';

let dev: EmulatedDev;
let ecs: ECSClient;
/** Stand-ins of the programs that a session takes. */
let tools: string;
const path = process.env['PATH'] ?? '';

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
  const { environment } = dev;
  const cluster = clusterName(environment);
  ecs = new ECSClient({ region: environment.region });
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const family = `${environment.prefix}-psql`;
  const containerDefinitions = [{ name: 'store', image: 'node', memory: 128 }];
  await ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions }));
  const outputs = {
    psql_task_definition: { value: family },
    task_subnet_ids: { value: ['subnet-1'] },
    task_security_group_ids: { value: ['sg-1'] },
  };
  await dev.putObject(
    stateKeyOf(environment, 'migration'),
    JSON.stringify({ version: 4, outputs }),
  );
});
afterAll(() => dev.emulator.stop());

beforeEach(async () => {
  tools = await mkdtemp(join(tmpdir(), 'tools-'));
});
afterEach(async () => {
  process.env['PATH'] = path;
  await rm(tools, { recursive: true });
});

async function standIn(name: string, script: string): Promise<void> {
  const file = join(tools, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

async function tasks(): Promise<Task[]> {
  const cluster = clusterName(dev.environment);
  const lists = await Promise.all(
    (['RUNNING', 'STOPPED'] as const).map((desiredStatus) =>
      ecs.send(new ListTasksCommand({ cluster, desiredStatus })),
    ),
  );
  const arns = lists.flatMap(({ taskArns = [] }) => taskArns);
  if (arns.length === 0) return [];
  return (await ecs.send(new DescribeTasksCommand({ cluster, tasks: arns }))).tasks ?? [];
}

const asked = () => ({ environment: dev.environment, who: WHO, options: ['--write'] });
const quietly = () => undefined;

test('without the programs no task is started, and it is said where they are', async () => {
  process.env['PATH'] = tools;

  const entered = enterSession(asked(), quietly, new AbortController().signal);

  await expect(entered).rejects.toThrow(/session-manager-plugin: https:\/\/docs\.aws\.amazon\.com/);
  expect(await tasks()).toEqual([]);
});

test('a session is entered by AWS’s own program, in a task that is stopped afterwards', async () => {
  await standIn('session-manager-plugin', 'exit 0');
  await standIn('aws', `[ "$1" = --version ] || echo "$@" >>${tools}/asked`);
  process.env['PATH'] = `${tools}:${path}`;

  const code = await enterSession(asked(), quietly, new AbortController().signal);
  const [task] = await tasks();
  const said = await readFile(join(tools, 'asked'), 'utf8');

  expect(code).toBe(0);
  expect(task).toMatchObject({
    lastStatus: 'STOPPED',
    enableExecuteCommand: true,
    startedBy: 'psql',
  });
  expect(task?.overrides?.containerOverrides?.[0]?.command).toEqual([
    'node',
    'service/console.js',
    '--who',
    WHO,
    '--write',
  ]);
  expect(said).toContain(`ecs execute-command --region ${dev.environment.region}`);
  expect(said).toContain(`--task ${task?.taskArn} --container store --interactive`);
  expect(said).toContain('--command node /app/service/console.js --enter');
});

test('who interrupts leaves no task behind', async () => {
  const interrupted = new AbortController();
  interrupted.abort(new Error('stopped by SIGINT'));

  const run = runStatements(asked(), 'SELECT 1', interrupted.signal);

  await expect(run).rejects.toThrow('stopped by SIGINT');
  const left = (await tasks()).filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  expect(left).toEqual([]);
});

test('nobody can enter a network without a way to the channel, and is told the other way', async () => {
  const { environment } = dev;
  const closed = {
    ...environment,
    network: { ...environment.network, egress: 'endpoints' as const },
  };

  const entered = enterSession(
    { ...asked(), environment: closed },
    quietly,
    new AbortController().signal,
  );

  await expect(entered).rejects.toThrow('use --command');
});

test('a statement that ECS would not take is refused before', async () => {
  const run = runStatements(asked(), 'x'.repeat(8000), new AbortController().signal);

  await expect(run).rejects.toThrow('ECS takes 7500 bytes of SQL at most');
});
