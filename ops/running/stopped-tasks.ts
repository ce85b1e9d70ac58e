/** Why tasks of the service stopped: what ECS says, and the last that they wrote. */
import type { Task } from '@aws-sdk/client-ecs';
import type { Environment } from '../../stacks/place.ts';
import { lastLines } from './log.ts';
import { serviceLog } from './names.ts';
import { tasksOfService } from './service-tasks.ts';

/** Tasks and lines of each: enough to see the cause, no more than a screen. */
const TASKS = 3;
const LINES = 10;
/** Lines that are read for those: the rest is where the code was, which helps its author only. */
const READ = 60;
const STACK_TRACE = /^\s+at /;

/** Stopped after a moment, newest first; ECS forgets them within the hour. Empty when there are none. */
export async function whyTasksStopped(environment: Environment, since: Date): Promise<string> {
  const tasks = await stoppedTasks(environment, since);
  const recent = tasks
    .toSorted((a, b) => Number(b.stoppedAt) - Number(a.stoppedAt))
    .slice(0, TASKS);
  const stories = await Promise.all(
    recent.map((task) => storyOf(environment, task, serviceLog(environment))),
  );
  return stories.join('\n');
}

/** One task: how it ended, and the last lines it wrote. */
export async function storyOf(
  environment: Environment,
  task: Task,
  group: string,
): Promise<string> {
  const taskId = idOf(task);
  const lines = await lastLines(environment, { group, taskId, count: READ });
  const telling = lines.filter((line) => !STACK_TRACE.test(line)).slice(-LINES);
  const written = telling.map((line) => `    ${line}`);
  return [`task ${taskId} ${endOf(task)}`, ...written].join('\n');
}

/** `ended with 1: Essential container in task exited`. */
export function endOf({ stopCode, stoppedReason, containers = [] }: Task): string {
  const [container] = containers;
  const code = container?.exitCode;
  const how = code === undefined ? 'never started' : `ended with ${code}`;
  const reasons = [stoppedReason ?? stopCode, container?.reason].filter(
    (reason) => reason !== undefined && reason !== '',
  );
  return reasons.length === 0 ? how : `${how}: ${reasons.join('; ')}`;
}

export function idOf({ taskArn = '' }: Task): string {
  return taskArn.split('/').at(-1) ?? '';
}

/** Of the service, since a moment. */
export async function stoppedTasks(environment: Environment, since: Date): Promise<Task[]> {
  const tasks = await tasksOfService(environment, 'STOPPED');
  return tasks.filter(({ stoppedAt }) => stoppedAt !== undefined && stoppedAt >= since);
}
