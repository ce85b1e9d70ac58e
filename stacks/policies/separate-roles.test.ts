import { add, refusalOf } from '../testing/refusal.ts';
import { separateRoles } from './separate-roles.ts';

const role = (name: string) => `\${aws_iam_role.${name}.arn}`;

interface Definition {
  readonly execution?: string;
  readonly task?: string;
}

/** Families by name. */
function refusal(definitions: Readonly<Record<string, Definition>>): string {
  return refusalOf(separateRoles, (stack) => {
    for (const name of ['start', 'one', 'two']) add(stack, 'aws_iam_role', name);
    for (const [family, { execution, task }] of Object.entries(definitions)) {
      const roles = { execution_role_arn: execution, task_role_arn: task };
      add(stack, 'aws_ecs_task_definition', family, { family, ...roles });
    }
  });
}

test.each([
  [
    'the same role for both',
    { it: { execution: role('one'), task: role('one') } },
    'make one for each purpose',
  ],
  ['no role to start with', { it: { task: role('one') } }, 'set executionRoleArn'],
  ['no role to run with', { it: { execution: role('start') } }, 'set taskRoleArn'],
  [
    'the role of another family',
    {
      it: { execution: role('start'), task: role('one') },
      other: { execution: role('start'), task: role('one') },
    },
    'runs with the role of other: give each its own taskRoleArn',
  ],
  [
    'the role that starts another family',
    {
      it: { execution: role('start'), task: role('one') },
      other: { execution: role('one'), task: role('two') },
    },
    'runs with the role that starts other: make one for each purpose',
  ],
  [
    'the same by its ARN',
    { it: { execution: 'arn:aws:iam::1:role/x', task: 'arn:aws:iam::1:role/x' } },
    'make one for each purpose',
  ],
])('refuses %s', (_, definitions, whatToDo) => {
  const said = refusal(definitions);

  expect(said).toContain('[stack/it] aws_ecs_task_definition ');
  expect(said).toContain(whatToDo);
});

test('two families may be started by the same role', () => {
  expect(
    refusal({
      it: { execution: role('start'), task: role('one') },
      other: { execution: role('start'), task: role('two') },
    }),
  ).toBe('');
});
