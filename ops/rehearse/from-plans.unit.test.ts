import { asTable, changesByName, changesIn, lossesIn, rowsOf } from './from-plans.ts';

function shown(address: string, ...actions: readonly string[]) {
  return { address, type: address.split('.')[0] ?? '', mode: 'managed', change: { actions } };
}

const DATABASE = 'aws_db_instance.postgres';

function planned(...all: readonly ReturnType<typeof shown>[]) {
  return { stack: 'dev-database', changes: changesIn({ resource_changes: all }) };
}

test('what stays as it is, is only read or is forgotten is no change', () => {
  const looked = { ...shown('data.aws_ami.latest', 'create'), mode: 'data' };

  const { changes } = planned(
    shown(DATABASE, 'no-op'),
    shown('data.aws_ami.newest', 'read'),
    shown('aws_s3_bucket.old', 'forget'),
    looked,
  );

  expect(changes).toEqual([]);
});

test.each([
  [['delete', 'create'], 'replaced'],
  [['create', 'delete'], 'replaced'],
  [['delete'], 'destroyed'],
])('a database that is planned as %j is a loss, whatever comes first', (actions, word) => {
  expect(lossesIn(planned(shown(DATABASE, ...actions)))).toEqual([
    `dev-database: ${DATABASE} would be ${word}: the database and its automatic backups`,
  ]);
});

test('a database that is renamed without a move is destroyed beside a new one', () => {
  const renamed = planned(shown(DATABASE, 'delete'), shown('aws_db_instance.other', 'create'));

  expect(lossesIn(renamed)).toHaveLength(1);
});

test.each([['create'], ['update'], ['no-op']])('a database with %s stays', (action) => {
  expect(lossesIn(planned(shown(DATABASE, action)))).toEqual([]);
});

test('what serves may be taken away, or replaced without a gap, but not made anew after its end', () => {
  const [group, other] = ['aws_lb_target_group.tasks', 'aws_lb_target_group.others'];

  expect(lossesIn(planned(shown(group, 'delete')))).toEqual([]);
  expect(lossesIn(planned(shown(group, 'create', 'delete')))).toEqual([]);
  expect(lossesIn(planned(shown(group, 'delete', 'create')))).toHaveLength(1);
  expect(lossesIn(planned(shown(group, 'delete'), shown(other, 'create')))).toHaveLength(1);
});

test('what holds nothing may come and go', () => {
  const rule = shown('aws_security_group_rule.ingress', 'delete', 'create');

  expect(lossesIn(planned(rule))).toEqual([]);
});

test('an accepted loss is one of that stack and that address alone', () => {
  const reason = 'nobody reads it';
  const plan = planned(shown(DATABASE, 'delete'));

  expect(lossesIn(plan, [{ stack: 'database', address: DATABASE, reason }])).toEqual([]);
  expect(lossesIn(plan, [{ stack: 'network', address: DATABASE, reason }])).toHaveLength(1);
  expect(lossesIn(plan, [{ stack: 'database', address: 'aws_kms_key.data', reason }])).toHaveLength(
    1,
  );
});

test('by name alone, what is neither written nor moved goes', () => {
  const resource = { aws_db_instance: { new: {} }, aws_subnet: { all: {} } };
  const existing = [DATABASE, 'aws_subnet.all[0]', 'aws_subnet.all[1]'];
  const kept = changesByName(
    { resource, moved: [{ from: DATABASE, to: 'aws_db_instance.new' }] },
    existing,
  );
  const lost = changesByName({ resource }, existing);

  expect(kept).toEqual([]);
  expect(lossesIn({ stack: 'dev-database', changes: lost })).toHaveLength(1);
});

test('the table counts, and names what would not be kept', () => {
  const waits = 'by name only';
  const rows = rowsOf([
    planned(shown(DATABASE, 'update'), shown('aws_kms_alias.key', 'delete', 'create')),
    { stack: 'dev-service', changes: [], waits },
  ]);

  expect(rows).toEqual([
    ['dev-database', '', '1', '1', '', 'aws_kms_alias.key'],
    ['dev-service', '', '', '', '', '(by name only)'],
  ]);
  expect(asTable(rows)).toBe(
    [
      'stack         adds  changes  replaces  destroys  not kept',
      'dev-database        1        1                   aws_kms_alias.key',
      `dev-service                                      (${waits})`,
    ].join('\n'),
  );
});
