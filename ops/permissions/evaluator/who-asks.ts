/** The role that asks, and whether a principal of a policy means it. */
import type { Principal } from './principals.ts';

export interface Asking {
  readonly roleArn: string;
  readonly sessionName?: string | undefined;
}

/** What AWS itself puts into each request of a role. */
export function alwaysKnown({ roleArn }: Asking) {
  return { 'aws:PrincipalArn': roleArn, 'aws:PrincipalAccount': accountOf(roleArn) };
}

/** By its name, as everybody, or through its account. */
export function isMeant(asking: Asking, principal: Principal): boolean {
  return isNamed(asking, principal) || isSession(asking, principal) || isAccount(asking, principal);
}

export function isNamed({ roleArn }: Asking, { type, name }: Principal): boolean {
  return type === 'everybody' || (type === 'arn' && name === roleArn);
}

export function isSession({ roleArn, sessionName }: Asking, { type, name }: Principal): boolean {
  if (type !== 'arn' || sessionName === undefined) return false;
  const role = roleArn.split('/').at(-1) ?? '';
  return (
    name.split(':').slice(2).join(':') ===
    `sts::${accountOf(roleArn)}:assumed-role/${role}/${sessionName}`
  );
}

export function isEverybody({ type }: Principal): boolean {
  return type === 'everybody';
}

export function isAccount({ roleArn }: Asking, { type, name }: Principal): boolean {
  return type === 'account' && name === accountOf(roleArn);
}

export function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
