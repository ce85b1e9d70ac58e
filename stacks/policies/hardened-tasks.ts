/** Whoever takes a container over finds no root, no disk to write to and no shell. */
import { asList, isBlock, isTrue } from './attributes.ts';
import { containersOf, UNREADABLE_CONTAINERS } from './tasks.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

export const hardenedTasks: Rule = {
  name: 'hardened-tasks',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      const { type, attributes } = resource;
      if (type === 'aws_ecs_service' && isTrue(attributes['enable_execute_command'])) {
        refuse(resource, `${type} lets people into tasks: set enableExecuteCommand: false`);
      }
      if (type !== 'aws_ecs_task_definition') continue;
      const containers = containersOf(resource);
      if (containers === undefined) refuse(resource, `${type} ${UNREADABLE_CONTAINERS}`);
      for (const container of containers ?? []) {
        for (const wrong of problemsOf(container)) {
          refuse(resource, `${type}, container ${String(container['name'])}: ${wrong}`);
        }
      }
    }
  },
};

interface Demand {
  readonly isKept: (container: Attributes) => boolean;
  readonly whatToDo: string;
}

const DEMANDS: readonly Demand[] = [
  {
    isKept: ({ user }) => typeof user === 'string' && !/^(0|root)?(:|$)/.test(user),
    whatToDo: "set user to one without rights by number, such as '1000:1000'",
  },
  {
    isKept: ({ readonlyRootFilesystem }) => readonlyRootFilesystem === true,
    whatToDo: 'set readonlyRootFilesystem: true',
  },
  {
    isKept: dropsAll,
    whatToDo: "set linuxParameters.capabilities: { add: [], drop: ['ALL'] }",
  },
  { isKept: ({ privileged }) => privileged !== true, whatToDo: 'set privileged: false' },
  {
    isKept: ({ logConfiguration }) => isBlock(logConfiguration),
    whatToDo: 'set logConfiguration: what it says is lost',
  },
  {
    isKept: ({ stopTimeout }) => typeof stopTimeout === 'number',
    whatToDo: 'set stopTimeout: the seconds that it needs to end',
  },
];

function problemsOf(container: Attributes): string[] {
  return DEMANDS.filter(({ isKept }) => !isKept(container)).map(({ whatToDo }) => whatToDo);
}

function dropsAll({ linuxParameters }: Attributes): boolean {
  const capabilities = isBlock(linuxParameters) ? linuxParameters['capabilities'] : undefined;
  if (!isBlock(capabilities)) return false;
  const { add = [], drop } = capabilities;
  return asList(drop).includes('ALL') && asList(add).length === 0;
}
