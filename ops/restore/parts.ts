/** What every part of a restore works with. */
import type { DBInstance } from '@aws-sdk/client-rds';
import type { Environment } from '../../stacks/place.ts';
import type { EnvironmentStacks } from '../deployment/environment-stacks.ts';
import type { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { oneOffOf } from '../running/one-off-task.ts';
import type { Consent } from './consent.ts';
import type { Course } from './course.ts';
import { describe, type Door, doorOf, requireUsable } from './database.ts';
import type { Settings } from './settings.ts';
import type { Tasks } from './tasks.ts';

export interface Parts {
  readonly environment: Environment;
  readonly stacks: EnvironmentStacks;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly consent: Consent;
  readonly settings: Settings;
  readonly course: Course;
}

export async function tasksOf({ environment, stacks, signal }: Parts): Promise<Tasks> {
  return { environment, signal, oneOff: oneOffOf(await stacks.migration.outputs(), 'migrate') };
}

/** Of the database that takes over. @throws Refusal when it is gone or away */
export async function doorTo({ environment, course }: Parts): Promise<Door> {
  const { to } = course.record;
  const instance = await describe(environment, to);
  requireUsable(environment, to, instance);
  const door = doorOf(instance);
  if (door === undefined) throw new Refusal(`the database ${to} serves nobody: see it in RDS`);
  return door;
}

/** Of the database that is left; undefined when it is gone, out or cut off. @throws Refusal */
export async function doorFrom({
  environment,
  course,
  settings,
}: Leaving): Promise<Door | undefined> {
  const instance = await describe(environment, course.record.from);
  return isCutOff(instance, settings) ? undefined : doorOf(instance);
}

interface Leaving {
  readonly environment: Environment;
  readonly course: Pick<Course, 'record'>;
  readonly settings: { readonly atBirth: Pick<Settings['atBirth'], 'VpcSecurityGroupIds'> };
}

/** By whoever could not stop it: none of its groups lets the service in. */
function isCutOff(instance: DBInstance | undefined, { atBirth }: Leaving['settings']): boolean {
  const groups = (instance?.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId: id = '' }) => id);
  const ours = atBirth.VpcSecurityGroupIds;
  return groups.length > 0 && ours.length > 0 && !groups.some((id) => ours.includes(id));
}
