/** Patterns of ARNs that hold all that an environment has of a kind, by the names it gives. */
import type { Place } from '../place.ts';

/** Log groups and the streams in them. */
export function logGroupArns(place: Place): string[] {
  const { prefix } = place;
  const groups = [
    `/${prefix}/*`,
    `/aws/events/${prefix}-*`,
    ...databaseNames(place).map((name) => `/aws/rds/instance/${name}/*`),
    // Firewalls write to groups of this name only.
    `aws-waf-logs-${prefix}`,
    `aws-waf-logs-${prefix}:*`,
  ];
  return arnsIn(
    place,
    'logs',
    groups.map((group) => `log-group:${group}`),
  );
}

/** Its own secrets; those that RDS makes have other names. */
export function secretArns(place: Place): string[] {
  return arnsIn(place, 'secretsmanager', [`secret:${place.prefix}-*`]);
}

/** The logins of all databases: RDS names them, and never after their database. */
export function masterSecretArns(place: Place): string[] {
  return arnsIn(place, 'secretsmanager', ['secret:rds!db-*']);
}

/** Only the login of its own database: RDS tags it so, and nobody else can give or take such a tag. */
export function masterSecretsOf(place: Place) {
  return {
    resources: masterSecretArns(place),
    conditions: {
      StringLike: { 'aws:ResourceTag/aws:rds:primaryDBInstanceArn': databaseArns(place) },
    },
  };
}

/** Its database, and those that were restored beside it. */
export function databaseArns(place: Place): string[] {
  return arnsIn(
    place,
    'rds',
    databaseNames(place).map((name) => `db:${name}`),
  );
}

/**
 * A restored one ends in the minute in which that was begun, such as `-202611211830`. Not in `-*`:
 * that would hold the databases of an environment whose name begins with this one's.
 */
function databaseNames({ prefix }: Place): string[] {
  return [prefix, `${prefix}-20${'?'.repeat(10)}`];
}

/** What a region has of a service, in the account of the place. */
export function arnsIn(
  { region, accountId }: Place,
  service: string,
  resources: readonly string[],
): string[] {
  return resources.map((resource) => `arn:aws:${service}:${region}:${accountId}:${resource}`);
}

/** A condition of running tasks: in the environment's cluster only. */
export function inCluster(place: Place) {
  const [cluster = ''] = arnsIn(place, 'ecs', [`cluster/${place.prefix}`]);
  return { ArnEquals: { 'ecs:cluster': cluster } };
}
