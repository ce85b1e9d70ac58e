/** Calls that nobody in question should make, whatever happens. */
import type { Environment } from '../../../stacks/place.ts';
import type { Request } from '../../permissions/evaluator/statements.ts';
import type { ForbiddenCall } from './call.ts';
import { ofData } from './data.ts';
import { ofImages } from './images.ts';
import { ofKeys } from './keys.ts';
import { ofRoles } from './roles.ts';
import { ofSecrets } from './secrets.ts';
import { ofSettings } from './settings.ts';
import { ofStates } from './states.ts';
import { ofTasks } from './tasks.ts';

export function forbiddenCalls(environment: Environment): ForbiddenCall[] {
  return [
    ...ofStates(environment),
    ...ofKeys(environment),
    ...ofRoles(environment),
    ...ofSecrets(environment),
    ...ofSettings(environment),
    ...ofData(environment),
    ...ofImages(environment),
    ...ofTasks(environment),
  ];
}

/** Whether somebody was asked for it on purpose. */
export function isForbidden(
  list: readonly ForbiddenCall[],
  { prefix }: Environment,
  call: Request & { readonly role: string },
): boolean {
  return list.some(
    ({ roles, action }) =>
      action === call.action && roles.some((role) => call.role === `${prefix}-${role}`),
  );
}
