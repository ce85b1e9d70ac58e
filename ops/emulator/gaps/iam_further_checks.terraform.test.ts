import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { Emulator } from '../emulator.ts';
import { ACCOUNT, type Both, startBoth } from '../testing/both.ts';
import { outcome, settingsOf } from '../testing/people.ts';

const IAM = `arn:aws:iam::${ACCOUNT}`;

let both: Both;

beforeAll(async () => {
  both = await startBoth(true);
});

afterAll(() => both.stop());

/** Registers tasks with roles: the one that may be passed, another as their own, another to start them. */
async function passing(emulator: Emulator, to = 'ecs-tasks.amazonaws.com') {
  const Condition = { StringEquals: { 'iam:PassedToService': to } };
  const ecs = new ECSClient(
    await settingsOf(
      emulator,
      { Action: 'ecs:RegisterTaskDefinition' },
      { Action: 'iam:PassRole', Resource: `${IAM}:role/mine`, Condition },
    ),
  );
  const register = (taskRole: string, executionRole: string) =>
    outcome(
      ecs.send(
        new RegisterTaskDefinitionCommand({
          family: 'web',
          taskRoleArn: `${IAM}:role/${taskRole}`,
          executionRoleArn: `${IAM}:role/${executionRole}`,
          containerDefinitions: [{ name: 'web', image: 'web' }],
        }),
      ),
    );
  return [
    await register('mine', 'mine'),
    await register('other', 'mine'),
    await register('mine', 'other'),
  ];
}

test('only a role that one may pass on can be given to a task', async () => {
  expect(await passing(both.filled)).toEqual(['allowed', 'denied', 'denied']);
  expect(await passing(both.filled, 'lambda.amazonaws.com')).toEqual([
    'denied',
    'denied',
    'denied',
  ]);
  // Without our filler anybody may pass anything.
  expect(await passing(both.plain)).toEqual(['allowed', 'allowed', 'allowed']);
});
