import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';

/** What the parameters are made for; a new major version gets a group of its own. */
export const POSTGRES_MAJOR = '17';

/** Milliseconds: a tenth of what the service allows a statement, and already a wait for a buyer. */
const SLOW_STATEMENT = 500;

/**
 * How PostgreSQL itself is set. RDS keeps `pending-reboot` for a value that is its own default
 * already, whatever it is told: `immediate` there would be a change in each plan.
 */
const PARAMETERS = [
  // Both defaults today, stated so that they stay: TLS or no connection, and statistics.
  { name: 'rds.force_ssl', value: '1', applyMethod: 'pending-reboot' },
  { name: 'shared_preload_libraries', value: 'pg_stat_statements', applyMethod: 'pending-reboot' },
  { name: 'log_min_duration_statement', value: String(SLOW_STATEMENT), applyMethod: 'immediate' },
  // The values of a statement are names and addresses of customers: not for a log.
  { name: 'log_parameter_max_length', value: '0', applyMethod: 'immediate' },
  // Who waited for a lock for a second, and for whom.
  { name: 'log_lock_waits', value: '1', applyMethod: 'immediate' },
];

/** The parameter group of our PostgreSQL. */
export class PostgresParameters extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, { prefix }: Place) {
    super(scope, id);
    const group = new DbParameterGroup(this, 'group', {
      // A group in use cannot be deleted: the next one needs another name and comes first.
      namePrefix: `${prefix}-`,
      family: `postgres${POSTGRES_MAJOR}`,
      description: 'TLS only, slow statements and lock waits in the log',
      parameter: PARAMETERS,
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupName = group.name;
  }
}
