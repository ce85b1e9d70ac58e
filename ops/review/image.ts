/** What a release changes in a plan: the image of containers, and what follows from it. */
import type { PlannedChange } from './change.ts';
import { containersOf, haveOtherImagesAlone, nameOf, withoutEmpty } from './containers.ts';
import type { Sides } from './hidden.ts';
import type { Plan } from './plan-document.ts';
import { bringsFirstImage, keepsItsTask, TASK_DEFINITION } from './tasks.ts';
import { isAnyUnknown } from './unknown.ts';

/** One revision of a task, in an ARN or alone. */
const REVISION = /(task-definition\/[\w-]+):\d+/g;

interface Value extends Sides {
  /** As a whole: otherwise it is known to its last part. */
  readonly isUnknown: boolean;
  /** Whether there was no image until now, so that nothing could run. */
  readonly isFirst: boolean;
  /** Whether a task that is not known yet can only be the next revision of the one it had. */
  readonly keepsTask: boolean;
}

type Follows = (value: Value) => boolean;

const isMadeAnew: Follows = ({ isUnknown }) => isUnknown;
const isAnotherRevision: Follows = ({ isUnknown, ...sides }) =>
  !isUnknown && isOfImageAlone(sides, false);
const isRaisedFromNothing: Follows = ({ before, after, isFirst }) =>
  isFirst && before === 0 && Number(after) > 0;

/**
 * By type and attribute. What is not listed is another change, for whoever reads the plan.
 * With the first image of an environment its tasks begin, which there were none of.
 */
const LISTED: Readonly<Record<string, Readonly<Record<string, Follows>>>> = {
  [TASK_DEFINITION]: {
    container_definitions: ({ isUnknown, ...sides }) => !isUnknown && haveOtherImagesAlone(sides),
    arn: isMadeAnew,
    arn_without_revision: isMadeAnew,
    enable_fault_injection: isMadeAnew,
    id: isMadeAnew,
    tags_all: isMadeAnew,
    revision: isMadeAnew,
  },
  aws_ecs_service: {
    task_definition: (value) => (value.isUnknown ? value.keepsTask : isAnotherRevision(value)),
    desired_count: isRaisedFromNothing,
    // The provider asks ECS for it anew with each update.
    triggers: isMadeAnew,
    wait_for_steady_state: ({ before, after, isFirst }) =>
      isFirst && before === false && after === true,
  },
  aws_appautoscaling_target: {
    min_capacity: isRaisedFromNothing,
    max_capacity: isRaisedFromNothing,
  },
  aws_scheduler_schedule: {
    state: ({ before, after, isFirst }) => isFirst && before === 'DISABLED' && after === 'ENABLED',
    target: isAnotherRevision,
  },
  aws_cloudwatch_event_target: { ecs_target: isAnotherRevision },
  aws_iam_policy: { policy: isAnotherRevision },
  aws_iam_role_policy: { policy: isAnotherRevision },
};

const FOLLOWS = new Map(
  Object.entries(LISTED).map(([type, follows]) => [type, new Map(Object.entries(follows))]),
);

/** Whether an attribute is what it is because of the image. */
export function attributeFollowsImage(
  change: PlannedChange,
  attribute: string,
  plan: Plan,
): boolean {
  const { type, action, before, after, unknown } = change;
  const isRenewed = action === 'replace' && type === TASK_DEFINITION;
  if (action !== 'update' && !isRenewed) return false;
  const isUnknown = unknown[attribute] === true;
  // A part that is not known yet may become anything.
  if (!isUnknown && isAnyUnknown(unknown[attribute])) return false;
  const follows = FOLLOWS.get(type)?.get(attribute);
  return (
    follows?.({
      before: before[attribute],
      after: after[attribute],
      isUnknown,
      isFirst: bringsFirstImage(plan),
      keepsTask: keepsItsTask(change, plan),
    }) === true
  );
}

/** The same, of an attribute in two plans: in the first one it is known, and so it is now. */
export function followsImage(
  type: string,
  attribute: string,
  value: Sides & Pick<Value, 'isFirst'>,
): boolean {
  const follows = FOLLOWS.get(type)?.get(attribute);
  return follows?.({ ...value, isUnknown: false, keepsTask: false }) === true;
}

/** Whether a value says another revision of a task, and is the same in all else. */
export function isOfImageAlone({ before, after }: Sides, unknown: unknown): boolean {
  const was = JSON.stringify(withoutEmpty(before ?? null));
  if (isAnyUnknown(unknown)) return unknown === true && was.search(REVISION) !== -1;
  const [old, young] = [was, JSON.stringify(withoutEmpty(after ?? null))].map((text) =>
    text.replaceAll(REVISION, '$1:0'),
  );
  return old === young;
}

/** An attribute on both sides, with the repositories of images in the place of these. */
export function withoutImages({ type, before, after }: PlannedChange, attribute: string): Sides {
  const sides = { before: before[attribute], after: after[attribute] };
  if (type !== TASK_DEFINITION || attribute !== 'container_definitions') {
    return sides;
  }
  const { before: was, after: is } = containersOf(sides, nameOf);
  return { before: was ?? sides.before, after: is ?? sides.after };
}
