/** Patterns of ARNs that hold all that an environment has of a kind, by the names it gives. */
import type { Place } from '../place.ts';

/** Log groups and the streams in them. */
export function logGroupArns({ prefix, region, accountId }: Place): string[] {
  const groups = [
    `/${prefix}/*`,
    `/aws/events/${prefix}-*`,
    `/aws/rds/instance/${prefix}/*`,
    // Firewalls write to groups of this name only.
    `aws-waf-logs-${prefix}`,
    `aws-waf-logs-${prefix}:*`,
  ];
  return groups.map((group) => `arn:aws:logs:${region}:${accountId}:log-group:${group}`);
}

/** Its own secrets, and those of all databases: RDS names them, and never after their database. */
export function secretArns({ prefix, region, accountId }: Place): string[] {
  return [`${prefix}-*`, 'rds!db-*'].map(
    (name) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`,
  );
}
