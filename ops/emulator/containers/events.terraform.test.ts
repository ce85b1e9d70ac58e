/** What ECS tells EventBridge, in the form that our rule for failed tasks waits for. */
import { CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ask } from '../testing/ask.ts';
import { eventually, run } from './testing/runs.ts';
import { Stage } from './testing/stage.ts';
import { areThereContainers } from './testing/with-containers.ts';

const LOG = '/aws/events/failures';

let stage: Stage;

beforeAll(async () => {
  if (areThereContainers) stage = await Stage.open();
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

/** As stacks/constructs/task-failures.ts has it. */
const pattern = {
  source: ['aws.ecs'],
  'detail-type': ['ECS Task State Change'],
  detail: {
    group: ['family:stage'],
    lastStatus: ['STOPPED'],
    $or: [
      { containers: { exitCode: [{ 'anything-but': 0 }, { exists: false }] } },
      { stopCode: ['TaskFailedToStart'] },
    ],
  },
};

test('a failed task is told to a rule, and one that did its work is not', async () => {
  await stage.logs.send(new CreateLogGroupCommand({ logGroupName: LOG }));
  await tell('PutRule', { Name: 'failures', EventPattern: JSON.stringify(pattern) });
  const Arn = `arn:aws:logs:eu-central-1:123456789012:log-group:${LOG}`;
  await tell('PutTargets', { Rule: 'failures', Targets: [{ Id: 'log', Arn }] });

  const good = await run(stage, await stage.define('process.exit(0)'));
  const bad = await run(stage, await stage.define('process.exit(4)'));
  const told = await eventually('the event', async () => {
    const { events = [] } = await stage.logs.send(
      new FilterLogEventsCommand({ logGroupName: LOG }),
    );
    return events.length > 0 ? events.map(({ message = '' }) => message).join('\n') : undefined;
  });

  expect(told).toContain(bad.taskArn);
  expect(told).not.toContain(good.taskArn);
});

async function tell(action: string, body: object): Promise<void> {
  const question = { service: 'events', action: `AWSEvents.${action}`, body };
  const { status } = await ask(stage.emulator, question);
  expect(status).toBe(200);
}
