/** What waivers may name. By hand: policies.ts reads the waivers, so they cannot read it. */

/** As in policies.ts, a test says so. */
export const RULE_NAMES = [
  'visible-resources',
  'known-types',
  'encrypted-at-rest',
  'renewed-keys',
  'protected-data',
  'no-secrets',
  'kept-logs',
  'nothing-public',
  'tls-door',
  'tls-only-buckets',
  'no-open-ingress',
  'stated-egress',
  'closed-default-group',
  'private-tasks',
  'private-database',
  'reachable-hosts',
  'reachability',
  'named-principals',
  'no-wildcards',
  'separate-roles',
  'bounded-roles',
  'own-references',
  'hardened-tasks',
  'immutable-images',
  'guarded-rollouts',
  'destroy-order',
  'tagged',
] as const;

/** A rule of ours by its file's name, or a check of checkov by its id. */
export type RuleName =
  | (typeof RULE_NAMES)[number]
  | `CKV_${string}_${number}`
  | `CKV2_${string}_${number}`;

/** Of checkov: whether it finds something, only it can say (`npm run checkov`). */
export function isCheckovs(rule: string): boolean {
  return /^CKV2?_/.test(rule);
}
