/**
 * Tasks that are started one by one. No resource says where they run: a release starts them with
 * what their stack tells it, in the outputs `task_subnet_ids` and `task_security_group_ids`, and
 * those whose definition is told as `<command>_task_definition` are meant.
 */
import { isGiven, valuesAt } from '../policies/attributes.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { type Face, place } from './faces.ts';
import type { Placed } from '../written/program.ts';
import type { Reader } from './reader.ts';
import type { Subnet } from './subnets.ts';

const DEFINITION = 'aws_ecs_task_definition';
const TOLD = /^(\w+)_task_definition$/;
const FAMILY = /:task-definition\/([\w-]+)(?::\d+)?$/;

/** As operators call what the commands do. */
const PURPOSES: Readonly<Record<string, string>> = { migrate: 'migration', rotate: 'rotation' };

export interface OneOffTask {
  /** `migration`; of a command that is not known here, its name. */
  readonly purpose: string;
  readonly definition: Resource;
  readonly face: Face;
}

export function readOneOffTasks(
  reader: Reader,
  subnets: ReadonlyMap<Resource, Subnet>,
): OneOffTask[] {
  return reader.program.stacks.flatMap((stack) => {
    const names = {
      groups: stack.outputs.get('task_security_group_ids'),
      subnets: stack.outputs.get('task_subnet_ids'),
    };
    if (!isGiven(names.groups) || !isGiven(names.subnets)) return [];
    return toldBy(reader, stack).flatMap(({ purpose, at }) => {
      const face = place(reader, subnets, at, names);
      return face === undefined ? [] : [{ purpose, definition: at.resource, face }];
    });
  });
}

function toldBy(reader: Reader, stack: WrittenStack): { purpose: string; at: Placed }[] {
  return [...stack.outputs].flatMap(([name, value]) => {
    const [, command] = TOLD.exec(name) ?? [];
    const target = reader.program.targetOf(stack, value);
    if (command === undefined || target?.resource.type !== DEFINITION) return [];
    const at = { stack: target.stack, resource: target.resource };
    return [{ purpose: PURPOSES[command] ?? command, at }];
  });
}

/** What a schedule or a service runs; a schedule may name the family alone, for its newest revision. */
export function definitionOf(reader: Reader, { at }: Face): Resource | undefined {
  const { attributes } = at.resource;
  const named = valuesAt(attributes, 'target.ecs_parameters.task_definition_arn')[0];
  const value = attributes['task_definition'] ?? named;
  const [, family] = FAMILY.exec(String(value)) ?? [];
  const byFamily = reader
    .ofType(DEFINITION)
    .find(({ resource }) => resource.attributes['family'] === family);
  return reader.find(at, value, DEFINITION) ?? byFamily?.resource;
}

/** A task that may be started anywhere is reached by and reaches who knows whom. */
export function refuseUnplaced(reader: Reader, placed: ReadonlySet<Resource | undefined>): void {
  for (const at of reader.ofType(DEFINITION).filter(({ resource }) => !placed.has(resource))) {
    reader.refuse(
      at,
      'says nowhere in which subnets and groups it runs: give its stack the outputs <command>_task_definition, task_subnet_ids and task_security_group_ids',
    );
  }
}
