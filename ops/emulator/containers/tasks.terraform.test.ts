/** Single tasks: how they are started, what they get, how they end. */
import { eventually, describe as describeTask, run } from './testing/runs.ts';
import { CLUSTER, Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';
import { RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { docker } from './engine.ts';

let stage: Stage;

beforeAll(async () => {
  if (areThereContainers) stage = await Stage.open();
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

test('a task that ends says how, and what it wrote is in its log', async () => {
  const definition = await stage.define(
    `console.log('one'); console.error('two'); process.exit(3)`,
  );

  const task = await run(stage, definition);

  expect(task).toMatchObject({
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ name: 'store', exitCode: 3 }],
    said: expect.stringMatching(/one\ntwo|two\none/) as string,
  });
});

test('a task can write nowhere when its root may only be read', async () => {
  const script = `for (const folder of ['/', '/tmp', '/home/node']) {
    try { require('fs').writeFileSync(folder + '/x', ''); console.log('wrote'); }
    catch ({ code }) { console.log(code); }
  }`;
  const definition = await stage.define(script, { readonlyRootFilesystem: true });

  const task = await run(stage, definition);

  expect(task.said).toBe('EROFS\nEROFS\nEROFS');
});

test('a task runs as its user, without capabilities, below its memory', async () => {
  const script = `const text = (file) => require('fs').readFileSync(file, 'utf8');
    console.log(process.getuid(), process.ppid, /CapBnd:\\s*(\\S+)/.exec(text('/proc/self/status'))[1]);
    setTimeout(() => {}, 60_000)`;
  const definition = await stage.define(script, {
    user: '1000:1000',
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ['ALL'] } },
  });
  const { tasks } = await stage.ecs.send(
    new RunTaskCommand({ cluster: CLUSTER, taskDefinition: definition }),
  );
  const arn = tasks?.[0]?.taskArn ?? '';
  const container = await eventually('its container', async () => {
    const { lastStatus, containers } = await describeTask(stage, arn);
    return lastStatus === 'RUNNING' ? containers?.[0]?.runtimeId : undefined;
  });

  const limit = await docker('inspect', '--format', '{{.HostConfig.Memory}}', container);
  const ports = await docker('inspect', '--format', '{{json .NetworkSettings.Ports}}', container);
  const written = await eventually('its line', async () => {
    const text = await docker('logs', container);
    return text === '' ? undefined : text;
  });
  await stage.ecs.send(new StopTaskCommand({ cluster: CLUSTER, task: arn }));

  // Its parent is the init process.
  expect(written).toBe('1000 1 0000000000000000');
  expect([limit, ports]).toEqual([String(512 * 1024 * 1024), '{}']);
});

test('a task that is asked to stop has its time, and is killed after it', async () => {
  const patient = `process.on('SIGTERM', () => setTimeout(() => process.exit(7), 500)); setInterval(() => {}, 1000)`;
  const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
  const arns = [];
  for (const script of [patient, stubborn]) {
    const taskDefinition = await stage.define(script);
    const { tasks } = await stage.ecs.send(
      new RunTaskCommand({ cluster: CLUSTER, taskDefinition }),
    );
    const arn = tasks?.[0]?.taskArn ?? '';
    arns.push(arn);
    await eventually('it runs', async () =>
      (await describeTask(stage, arn)).lastStatus === 'RUNNING' ? true : undefined,
    );
  }

  await Promise.all(
    arns.map((task) => stage.ecs.send(new StopTaskCommand({ cluster: CLUSTER, task }))),
  );
  const ended = await Promise.all(
    arns.map((arn) =>
      eventually('its end', async () => {
        const task = await describeTask(stage, arn);
        return task.lastStatus === 'STOPPED' ? task : undefined;
      }),
    ),
  );

  expect(ended.map(({ containers }) => containers?.[0]?.exitCode)).toEqual([7, 137]);
  expect(ended.map(({ stopCode }) => stopCode)).toEqual(['UserInitiated', 'UserInitiated']);
});

test('an image that is not in the registry does not start', async () => {
  const image = `${stage.image.split('@')[0]}@sha256:${'0'.repeat(64)}`;
  const definition = await stage.define('', { image });

  const task = await run(stage, definition);

  expect(task.stopCode).toBe('TaskFailedToStart');
  expect(task.stoppedReason).toMatch(/^CannotPullContainerError: .*0000.*/);
});

test('a log group that does not exist keeps a task from starting', async () => {
  const options = { 'awslogs-group': '/other', 'awslogs-stream-prefix': 'task' };
  const definition = await stage.define('', {
    logConfiguration: { logDriver: 'awslogs', options },
  });

  const task = await run(stage, definition);

  expect(task.stoppedReason).toMatch(/^ResourceInitializationError: .*does not exist: \/other$/);
});
