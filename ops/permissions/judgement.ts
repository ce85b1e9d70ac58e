/** Recorded calls, held against what the stacks allow; and what they allow, against the calls. */
import { may, type Permissions } from './ask.ts';
import { concerns } from './evaluator/statements.ts';
import type { RecordedCall } from './recorded-calls.ts';
import type { Role } from './roles.ts';

/**
 * A line for each call that was refused, that the stacks do not allow to who made it, or that cannot
 * be answered from them. Calls of roles that no stack makes are left out.
 */
export function disagreements(permissions: Permissions, calls: readonly RecordedCall[]): string[] {
  const byName = new Map(permissions.roles.map((role) => [role.name, role]));
  return calls.flatMap((call) => {
    const role = byName.get(call.role);
    if (role === undefined) return [];
    const evaluated = answer(permissions, role, call);
    const emulated = call.allowed ? 'yes' : 'no';
    if (call.allowed && evaluated === emulated) return [];
    const { action, resource, context } = call;
    const what = `${role.name}: ${action} on ${resource}`;
    return [
      `${what}: the emulated IAM says ${emulated}, the evaluator ${evaluated}; with ${JSON.stringify(context)}`,
    ];
  });
}

function answer(permissions: Permissions, role: Role, call: RecordedCall): string {
  try {
    return may(permissions, role, call).allowed ? 'yes' : 'no';
  } catch (error) {
    return `nothing (${(error as Error).message})`;
  }
}

export interface Unused {
  /** Name of the role. */
  readonly role: string;
  /** Calls of it that differ. */
  readonly calls: number;
  /** Actions that it may use. */
  readonly allowed: number;
  /** Those, or patterns of those, that no call of it has used. */
  readonly unused: readonly string[];
}

/** What each role may do and never did. An action that is allowed for several things is used with one. */
export function unusedBy({ roles }: Permissions, calls: readonly RecordedCall[]): Unused[] {
  return roles.map(({ name, policies }) => {
    const own = calls.filter((call) => call.role === name && call.allowed);
    const allows = policies
      .flatMap(({ statements }) => statements)
      .filter(({ effect }) => effect === 'Allow');
    const used = new Map<string, boolean>();
    for (const statement of allows) {
      for (const pattern of statement.actions.patterns) {
        const alone = { ...statement, actions: { ...statement.actions, patterns: [pattern] } };
        const isUsed = own.some((call) => concerns(alone, call));
        used.set(pattern, used.get(pattern) === true || isUsed);
      }
    }
    const unused = [...used].flatMap(([action, isUsed]) => (isUsed ? [] : [action])).toSorted();
    return { role: name, calls: own.length, allowed: used.size, unused };
  });
}
