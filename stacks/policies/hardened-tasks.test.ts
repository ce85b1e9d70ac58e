import { add, refusalOf } from '../testing/refusal.ts';
import { hardenedTasks } from './hardened-tasks.ts';

const container = {
  name: 'store',
  user: '1000:1000',
  readonlyRootFilesystem: true,
  linuxParameters: { capabilities: { add: [], drop: ['ALL'] } },
  stopTimeout: 30,
  logConfiguration: { logDriver: 'awslogs' },
};

function refusal(container_definitions: string): string {
  return refusalOf(hardenedTasks, (stack) =>
    add(stack, 'aws_ecs_task_definition', 'it', { container_definitions }),
  );
}

test.each([
  [{ user: undefined }, 'set user to one without rights'],
  [{ user: '0:0' }, 'set user to one without rights'],
  [{ user: 'root' }, 'set user to one without rights'],
  [{ readonlyRootFilesystem: undefined }, 'set readonlyRootFilesystem: true'],
  [{ linuxParameters: undefined }, 'set linuxParameters.capabilities'],
  [
    { linuxParameters: { capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] } } },
    "{ add: [], drop: ['ALL'] }",
  ],
  [{ privileged: true }, 'set privileged: false'],
  [{ logConfiguration: undefined }, 'set logConfiguration'],
  [{ stopTimeout: undefined }, 'set stopTimeout'],
])('refuses %j', (changes, whatToDo) => {
  const said = refusal(JSON.stringify([container, { ...container, name: 'side', ...changes }]));

  expect(said).toContain('[stack/it] aws_ecs_task_definition, container side: ');
  expect(said).toContain(whatToDo);
  expect(said).not.toContain('container store');
});

test('refuses containers that only Terraform knows', () => {
  expect(refusal('${jsonencode(local.containers)}')).toContain('write them with JSON.stringify()');
});

test('refuses a shell in tasks', () => {
  const said = refusalOf(hardenedTasks, (stack) =>
    add(stack, 'aws_ecs_service', 'it', { enable_execute_command: true }),
  );

  expect(said).toContain('lets people into tasks: set enableExecuteCommand: false');
});

test('keeps a container without rights', () => {
  expect(refusal(JSON.stringify([container]))).toBe('');
});
