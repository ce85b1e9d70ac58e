/** What --yes is not enough for. */
import type { Environment } from '../../stacks/place.ts';
import { HOLDS_DATA } from '../../stacks/addresses/stateful.ts';
import type { Change } from '../deployment/story.ts';

/** Where data may not be lost, what holds it is not taken away by a change of the table alone. */
export function losesData({
  dataMayBeLost,
}: Pick<Environment, 'dataMayBeLost'>): (change: Change) => boolean {
  return ({ action, address }) =>
    !dataMayBeLost && (action === 'delete' || action === 'replace') && HOLDS_DATA.test(address);
}

const OF_AN_IMAGE =
  /^aws_(ecs_task_definition|ecs_service|scheduler_schedule|appautoscaling_\w+)\./;

/** Then the code here is another than what was released; going back would bring it too. */
export function isMoreThanAnImage({ address }: Change): boolean {
  return !OF_AN_IMAGE.test(address);
}
