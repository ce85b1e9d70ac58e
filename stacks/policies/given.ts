import type { Given } from '../rules/task-destinations.ts';
import type { Attributes } from '../written/written-stack.ts';
import { isBlock, valuesAt } from './attributes.ts';

/** What a container is given that tells what it will call. */
export function givenTo(container: Attributes): Given {
  const [image] = valuesAt(container, 'image');
  const [logDriver] = valuesAt(container, 'logConfiguration.logDriver');
  return {
    image: String(image),
    logDriver: String(logDriver),
    variables: valuesAt(container, 'environment')
      .filter(isBlock)
      .map(({ name }) => String(name)),
    secrets: valuesAt(container, 'secrets')
      .filter(isBlock)
      .map(({ valueFrom }) => String(valueFrom)),
  };
}
