/** Tasks that a plan makes another revision of, and who runs them. */
import type { PlannedChange } from './change.ts';
import { hasNoImage } from './containers.ts';
import type { Plan } from './plan-document.ts';
import { withoutIndex } from './references.ts';

export const TASK_DEFINITION = 'aws_ecs_task_definition';

/** Whether nothing could run until now: each of the tasks gets its first image. */
export function bringsFirstImage({ changes }: Plan): boolean {
  const tasks = changes.filter(isRenewed);
  return (
    tasks.length > 0 &&
    tasks.every(
      ({ before, after }) =>
        hasNoImage(before['container_definitions']) && !hasNoImage(after['container_definitions']),
    )
  );
}

/**
 * Whether a service, whose next task is not known yet, can only get a new revision of its own.
 * Where the plan does not say what it refers to, the family decides.
 */
export function keepsItsTask(
  { address, before }: PlannedChange,
  { changes, references }: Plan,
): boolean {
  const renewed = changes.filter(isRenewed);
  const family = familyOf(before['task_definition']);
  const own = renewed.filter((task) =>
    family === undefined ? renewed.length === 1 : task.before['family'] === family,
  );
  const named = references[withoutIndex(address)]?.['task_definition'];
  if (named === undefined) return own.length > 0;
  const [only, ...others] = named.filter((reference) => TASK.test(reference));
  return others.length === 0 && own.some((task) => withoutIndex(task.address) === only);
}

/** Without an attribute or an index, as each list of references has it too. */
const TASK = /^aws_ecs_task_definition\.[\w-]+$/;

function isRenewed({ type, action }: PlannedChange): boolean {
  return type === TASK_DEFINITION && action === 'replace';
}

/** Of an ARN, or of `family:revision`. */
function familyOf(task: unknown): string | undefined {
  return typeof task === 'string'
    ? task.replace(/^.*task-definition\//, '').replace(/:\d+$/, '')
    : undefined;
}
