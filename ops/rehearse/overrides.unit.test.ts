import { architectureOverride } from './overrides.ts';

test('every task definition of a stack gets the architecture of this machine, and nothing else', () => {
  const stack = {
    resource: {
      aws_ecs_task_definition: { migrate: { cpu: '256' }, rotate: { cpu: '256' } },
      aws_sqs_queue: { letters: {} },
    },
  };

  const override = architectureOverride(stack, 'X86_64');

  const runtime_platform = { cpu_architecture: 'X86_64', operating_system_family: 'LINUX' };
  expect(override).toEqual({
    resource: {
      aws_ecs_task_definition: { migrate: { runtime_platform }, rotate: { runtime_platform } },
    },
  });
});
