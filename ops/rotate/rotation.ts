import type { Environment } from '../../stacks/place.ts';

/** What service/rotate.ts tells at its end. */
export interface Rotation {
  /** Logins. */
  readonly from: string;
  readonly to: string;
  /** Open connections by login. */
  readonly sessions: Readonly<Record<string, number>>;
  /** Whether the old password was tried and refused. */
  readonly retired: boolean;
  /** Whether an earlier rotation had not ended. */
  readonly repaired: boolean;
}

export function isRotation(told: unknown): told is Rotation {
  return typeof told === 'object' && told !== null && 'from' in told && 'sessions' in told;
}

/** For the operator. @param rotation undefined when its log does not show it yet */
export function whatIsSo(rotation: Rotation | undefined, { name }: Environment): string {
  if (rotation === undefined) {
    return `\nThe rotation ended well. Its log does not show yet what it did: npm run logs -- ${name} --task migration`;
  }
  const { from, to, sessions, repaired } = rotation;
  const counts = Object.entries(sessions)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([login, count]) => `${count} of ${login}`);
  const open = sessions[from] ?? 0;
  const rest = open === 0 ? '' : `; those of ${from} end by themselves within half an hour`;
  return [
    '',
    `New connections log in as ${to}, which was tried with the secret as it stands.`,
    `The password of ${from} is dead: it was tried, and refused.`,
    ...(repaired
      ? ['An earlier rotation had not ended: its old password was alive until now.']
      : []),
    `Open connections: ${counts.join(', ')}${rest}.`,
  ].join('\n');
}
