/** Services: new tasks serve before old ones go, bad ones never do, lost ones come back. */
import type { Service } from '@aws-sdk/client-ecs';
import { docker } from './engine.ts';
import { describe as describeTask, eventually } from './testing/runs.ts';
import { Shop, server, slowServer } from './testing/services.ts';
import { Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  if (!areThereContainers) return;
  stage = await Stage.open();
  shop = await Shop.open(stage, await stage.define(server('v1')), 0);
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

/** Reached only once all tasks are trusted. */
const steady = () => eventually('a steady service', () => shop.steady());

test('the first tasks of an empty service count when they are healthy', async () => {
  const empty = await shop.ask();

  await shop.update({ desiredCount: 2 });
  const rollout = (await shop.describe()).deployments?.[0]?.rolloutState;
  await steady();

  expect(empty).toMatch(/^503 /);
  expect(rollout).toBe('IN_PROGRESS');
  expect(await shop.targets()).toEqual(['healthy', 'healthy']);
  expect(await shop.ask('/health')).toBe('200 v1');
});

test('a rollout loses no request, and old tasks go after it', async () => {
  const before = await shop.tasks();

  await shop.update({ taskDefinition: await stage.define(server('v2')) });
  const answers = await shop.visitedWhile(steady());
  const after = await shop.tasks();
  const old = await describeTask(stage, before[0] ?? '');

  expect(Object.keys(answers).toSorted()).toEqual(['200 v1', '200 v2']);
  expect(after).toHaveLength(2);
  expect(after.filter((task) => before.includes(task))).toEqual([]);
  expect(old.stopCode).toBe('ServiceSchedulerInitiated');
});

test('tasks that stay ill break the rollout off, and the old ones serve on', async () => {
  const before = await shop.tasks();
  const seen: Service[] = [];

  await shop.update({ taskDefinition: await stage.define(server('ill', 500)) });
  const wayBack = eventually('the way back', async () => {
    seen.push(await shop.describe());
    return shop.steady();
  });
  const answers = await shop.visitedWhile(wayBack);
  const { events = [] } = await shop.describe();

  expect(Object.keys(answers)).toEqual(['200 v2']);
  expect(await shop.tasks()).toEqual(before);
  const failed = seen.flatMap(({ deployments = [] }) => deployments);
  expect(failed).toContainEqual(
    expect.objectContaining({
      rolloutState: 'FAILED',
      failedTasks: 3,
      rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
    }),
  );
  expect(events.map(({ message }) => message).join('\n')).toMatch(
    /steady state[^]*rolling back to deploymentId[^]*deployment failed: tasks failed to start[^]*failed ELB health checks/,
  );
});

test('tasks that end by themselves break it off too', async () => {
  await shop.update({ taskDefinition: await stage.define('process.exit(1)') });

  const failed = await eventually('the failure', async () => {
    const { deployments = [] } = await shop.describe();
    return deployments.find(({ rolloutState }) => rolloutState === 'FAILED');
  });
  await steady();

  expect(failed.failedTasks).toBe(3);
  expect(await shop.ask()).toBe('200 v2');
});

test('a task that is killed is replaced', async () => {
  const before = await shop.tasks();
  const { containers } = await describeTask(stage, before[0] ?? '');

  await docker('kill', containers?.[0]?.runtimeId ?? '');
  await eventually('its replacement', async () => {
    const now = await shop.tasks();
    const isOther = now.length === 2 && !now.includes(before[0] ?? '');
    return isOther && (await shop.targets()).join() === 'healthy,healthy' ? true : undefined;
  });
  const killed = await describeTask(stage, before[0] ?? '');

  expect(killed).toMatchObject({
    stopCode: 'EssentialContainerExited',
    containers: [{ exitCode: 137 }],
  });
});

test('a task whose own health check fails is replaced', async () => {
  const healthCheck = { command: ['CMD', 'false'], interval: 5, timeout: 2, retries: 1 };
  const before = (await shop.tasks()).length;

  await shop.update({ taskDefinition: await stage.define(server('v3'), { healthCheck }) });
  const message = await eventually('its event', async () => {
    const { events = [] } = await shop.describe();
    return events.find((event) => /failed container health checks/.test(event.message ?? ''));
  });
  await steady();

  expect(message.message).toContain('is unhealthy');
  expect(await shop.tasks()).toHaveLength(before);
});

test('a task that starts slowly has its grace from its first answer on', async () => {
  const complaints = async () => {
    const { events = [] } = await shop.describe();
    return events.filter(({ message }) => message?.includes('is unhealthy'));
  };
  const before = await complaints();
  const taskDefinition = await stage.define(slowServer('v4'));

  await shop.update({ taskDefinition, healthCheckGracePeriodSeconds: 10 });
  await steady();

  expect(await shop.ask()).toBe('200 v4');
  expect(await complaints()).toEqual(before);
});

test('a smaller count stops tasks, and none are left at zero', async () => {
  await shop.update({ desiredCount: 0 });

  const empty = await eventually('no tasks', async () =>
    (await shop.tasks()).length === 0 ? true : undefined,
  );

  expect(empty).toBe(true);
  expect(await shop.targets()).toEqual([]);
});
