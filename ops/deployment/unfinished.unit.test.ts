import { howToTakeOver, isBrokenOff } from './unfinished.ts';

test('what was broken off is kept, but not what must be another, nor what is made in a moment', () => {
  const database = { address: 'aws_db_instance.postgres', action: 'replace' } as const;

  expect(isBrokenOff({ ...database, reason: 'tainted' })).toBe(true);
  expect(isBrokenOff({ ...database, reason: 'cannot_update' })).toBe(false);
  expect(isBrokenOff({ ...database, action: 'delete', reason: 'tainted' })).toBe(false);
  expect(isBrokenOff({ ...database, address: 'aws_eip.one', reason: 'tainted' })).toBe(false);
});

test('a database that the state does not know is taken over with the command that is told', () => {
  const problems =
    'aws_db_instance.postgres_instance: creating RDS DB Instance (store-dev): operation error RDS: CreateDBInstance, https response error StatusCode: 400, RequestID: 1, DBInstanceAlreadyExists: DB instance already exists';

  expect(howToTakeOver(problems, 'store-dev-database')).toContain(
    "\n  terraform -chdir=cdktf.out/stacks/store-dev-database import aws_db_instance.postgres_instance 'store-dev'",
  );
  expect(howToTakeOver('aws_vpc.vpc: creating EC2 VPC: denied', 'store-dev-network')).toBe('');
});
