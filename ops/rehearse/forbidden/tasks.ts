/** Tasks that are not theirs to run, and shells in those that run. */
import { ECSClient, ExecuteCommandCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import { PROJECT } from '../../../contract.ts';
import type { Environment } from '../../../stacks/place.ts';
import { ALL, OTHER, READERS, type ForbiddenCall, type Settings } from './call.ts';

export function ofTasks({ prefix, accountId, region }: Environment): ForbiddenCall[] {
  const ecs = `arn:aws:ecs:${region}:${accountId}`;
  const run = (cluster: string, family: string) => ({
    action: 'ecs:RunTask',
    resource: `${ecs}:task-definition/${family}:1`,
    context: { 'ecs:cluster': `${ecs}:cluster/${cluster}` },
    ask: (settings: Settings) =>
      new ECSClient(settings).send(new RunTaskCommand({ cluster, taskDefinition: `${family}:1` })),
  });
  const task = `${ecs}:task/${prefix}/0123456789abcdef0123456789abcdef`;
  return [
    { roles: READERS, ...run(prefix, `${prefix}-migrate`) },
    { roles: ['apply'], ...run(`${PROJECT}-${OTHER}`, `${PROJECT}-${OTHER}-migrate`) },
    { roles: ['rotation-schedule'], ...run(prefix, `${prefix}-migrate`) },
    {
      roles: ALL,
      action: 'ecs:ExecuteCommand',
      resource: task,
      ask: (settings) =>
        new ECSClient(settings).send(
          new ExecuteCommandCommand({ cluster: prefix, task, command: 'sh', interactive: true }),
        ),
    },
  ];
}
