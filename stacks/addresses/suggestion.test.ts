import { anEnvironment } from '../testing/places.ts';
import { keepAddresses } from './guard.ts';
import { aProgram, type Layout, recordsOf } from './testing/a-program.ts';
import { below, POSTGRES, said } from './testing/renaming.ts';

test.each<[string, Layout, Layout, string]>([
  [
    'a new name of its own',
    { 'keys/key': 'aws_kms_key' },
    { 'keys/main': 'aws_kms_key' },
    "from: 'keys/key', to: 'keys/main'",
  ],
  [
    'a new name in the middle',
    { 'a/old/key': 'aws_kms_key', 'a/log': 'aws_cloudwatch_log_group' },
    { 'a/new/key': 'aws_kms_key', 'a/log': 'aws_cloudwatch_log_group' },
    "from: 'a/old', to: 'a/new'",
  ],
  [
    'a part that leaves the rest behind',
    { 'a/key/key': 'aws_kms_key', 'a/role': 'aws_iam_role' },
    { 'b/key/key': 'aws_kms_key', 'a/role': 'aws_iam_role' },
    "from: 'a/key', to: 'b/key'",
  ],
  [
    'what more of the rest went with',
    { 'a/key': 'aws_kms_key', 'a/alias': 'aws_kms_alias' },
    { 'b/key': 'aws_kms_key', 'c/key': 'aws_kms_key', 'c/alias': 'aws_kms_alias' },
    "from: 'a', to: 'c'",
  ],
])('the line is found for %s', (_, before, after, line) => {
  expect(said(before, after).match(/from: '.*'/g)).toEqual([line]);
});

test('a second rename leads on from the first, and is one line for environments before and after it', () => {
  const [dev, prod] = [anEnvironment('dev'), anEnvironment('prod')];
  const records = new Map([
    ...recordsOf(aProgram({ database: below('store-db', POSTGRES) }, [dev])),
    ...recordsOf(aProgram({ database: below('old', POSTGRES) }, [prod])),
  ]);
  const program = () => aProgram({ database: below('sql', POSTGRES) }, [dev, prod]);
  const first = { stack: 'database', from: 'old', to: 'store-db' };

  const text = keepAddresses(program(), records, [first]).join('\n');

  expect(text.match(/from: '.*'/g)).toEqual(["from: 'store-db', to: 'sql'"]);
  const second = { stack: 'database', from: 'store-db', to: 'sql' };
  expect(keepAddresses(program(), records, [first, second])).toEqual([]);
});

test('a line says no more than what is true: what stays behind is not in it', () => {
  const log = 'aws_cloudwatch_log_group';
  const before = { 'a/one/key': 'aws_kms_key', 'a/two/key': 'aws_kms_key', 'a/log': log };
  const after = {
    'b/one/key': 'aws_kms_key',
    'b/two/key': 'aws_kms_key',
    'b/log': log,
    'a/log': log,
  };

  expect(said(before, after).match(/from: '.*'/g)).toEqual([
    "from: 'a/one', to: 'b/one'",
    "from: 'a/two', to: 'b/two'",
  ]);
});

test('of several of a kind each is found by its name', () => {
  const before = { 'vpc/public-a': 'aws_subnet', 'vpc/isolated-a': 'aws_subnet' };
  const after = { 'vpc/net-public-a': 'aws_subnet', 'vpc/net-isolated-a': 'aws_subnet' };

  expect(said(before, after).match(/from: '.*'/g)).toEqual([
    "from: 'vpc/public-a', to: 'vpc/net-public-a'",
    "from: 'vpc/isolated-a', to: 'vpc/net-isolated-a'",
  ]);
});

test('where several things may be it, all are listed', () => {
  const after = { 'one/key': 'aws_kms_key', 'two/key': 'aws_kms_key' };

  const text = said({ 'first/key': 'aws_kms_key' }, after);

  expect(text).toContain('add the one of these lines that is true');
  expect(text).toContain("from: 'first', to: 'one'");
  expect(text).toContain("from: 'first', to: 'two'");
});
