/** Who starts a task and what runs in it have different rights, and no two kinds of tasks share theirs. */
import { DEFINITION } from './tasks.ts';
import type { Placed, Program } from '../written/program.ts';
import type { Rule } from './policy.ts';

interface Roles {
  readonly family: string;
  /** A role of the program by its place in it, or as it was written. */
  readonly execution: string | undefined;
  readonly task: string | undefined;
}

export const separateRoles: Rule = {
  name: 'separate-roles',
  check(stack, refuse, program) {
    const definitions = program.ofType(DEFINITION);
    const own = definitions.filter((one) => one.stack === stack);
    if (own.length === 0) return;
    const all = definitions.map((one) => rolesOf(program, one));
    for (const definition of own) {
      for (const wrong of problemsOf(rolesOf(program, definition), all)) {
        refuse(definition.resource, `aws_ecs_task_definition ${wrong}`);
      }
    }
  },
};

function rolesOf(program: Program, { stack, resource }: Placed): Roles {
  const { family, execution_role_arn: execution, task_role_arn: task } = resource.attributes;
  const identify = (value: unknown): string | undefined => {
    const target = program.targetOf(stack, value);
    if (target !== undefined) return `${target.stack.name}/${target.resource.name}`;
    return typeof value === 'string' ? value : undefined;
  };
  return { family: String(family), execution: identify(execution), task: identify(task) };
}

function problemsOf({ family, execution, task }: Roles, all: readonly Roles[]): string[] {
  const missing = [
    ...(execution === undefined ? ['has no role to start with: set executionRoleArn'] : []),
    ...(task === undefined ? ['has no role to run with: set taskRoleArn'] : []),
  ];
  if (task === undefined) return missing;
  const sharing = all.find((other) => other.family !== family && other.task === task);
  const starting = all.find((other) => other.execution === task);
  return [
    ...missing,
    ...(sharing === undefined
      ? []
      : [`runs with the role of ${sharing.family}: give each its own taskRoleArn`]),
    ...(starting === undefined
      ? []
      : [`runs with the role that starts ${starting.family}: make one for each purpose`]),
  ];
}
