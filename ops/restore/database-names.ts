/** What databases of an environment are called: the first one, and those restored beside it. */
import type { Environment } from '../../stacks/place.ts';

/** Of a restore that begins now; the roles' permissions know this form. */
export function restoredName({ prefix }: Environment, now: Date): string {
  return `${prefix}-${now.toISOString().replaceAll(/\D/g, '').slice(0, 12)}`;
}

/** `store-dev-2` is not `store-dev`'s: it may be another environment's. */
export function isDatabaseOf({ prefix }: Pick<Environment, 'prefix'>, name: string): boolean {
  if (name === prefix) return true;
  return name.startsWith(`${prefix}-`) && /^20\d{10}$/.test(name.slice(prefix.length + 1));
}

/** RDS knows no other names. */
export function logGroupsOf(name: string): string[] {
  return LOGS.map((log) => `/aws/rds/instance/${name}/${log}`);
}

const LOGS = ['postgresql', 'upgrade'];
