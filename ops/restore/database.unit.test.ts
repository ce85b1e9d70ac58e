import { doorOf, requireUsable } from './database.ts';
import { unreadable } from './deletion.ts';

function instance(DBInstanceStatus: string) {
  return {
    DBInstanceStatus,
    Endpoint: { Address: 'first.example' },
    MasterUserSecret: { SecretArn: 'arn:secret' },
  };
}

test.each([
  'available',
  'stopping',
  'deleting',
  'storage-full',
  'incompatible-parameters',
  'incompatible-network',
  'restore-error',
])('while the one that is left is %s, its sessions may live on: it is shut', (status) => {
  expect(doorOf(instance(status))).toEqual({ host: 'first.example', secretId: 'arn:secret' });
});

test.each(['stopped', 'failed', 'inaccessible-encryption-credentials'])(
  'one that is %s has no sessions: nobody has to be shut out',
  (status) => {
    expect(doorOf(instance(status))).toBeUndefined();
  },
);

test('one that takes over must serve, and how a stopped one is started is said', () => {
  const where = { region: 'eu-central-1' } as const;

  expect(() => requireUsable(where, 'store', instance('stopped'))).toThrow(
    'aws rds start-db-instance --region eu-central-1 --db-instance-identifier store',
  );
  expect(() => requireUsable(where, 'store', instance('deleting'))).toThrow('is deleting');
  expect(() => requireUsable(where, 'store', instance('modifying'))).not.toThrow();
});

test('RDS makes no last snapshot of what it cannot read', () => {
  expect(unreadable(instance('incompatible-restore'))).toBe('incompatible-restore');
  expect(unreadable(instance('stopped'))).toBeUndefined();
});
