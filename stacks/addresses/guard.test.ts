import { accountsOf } from '../place.ts';
import { anEnvironment } from '../testing/places.ts';
import { addressedStacks } from './addressed.ts';
import { keepAddresses } from './guard.ts';
import type { Move } from './steps.ts';
import { aProgram, type Layout, recordsOf } from './testing/a-program.ts';

const POSTGRES = {
  'postgres/instance': 'aws_db_instance',
  'postgres/log': 'aws_cloudwatch_log_group',
  'postgres/group/group': 'aws_security_group',
};

function below(parent: string, layout: Layout): Layout {
  return Object.fromEntries(
    Object.entries(layout).map(([path, type]) => [`${parent}/${path}`, type]),
  );
}

/** What is said when the database's stack was the one, and is the other. */
function said(before: Layout, after: Layout, moves: readonly Move[] = []): string {
  const records = recordsOf(aProgram({ database: before }));
  return keepAddresses(aProgram({ database: after }), records, moves).join('\n');
}

test('nothing is said where nothing is recorded, and of what stays where it was', () => {
  const program = () => aProgram({ database: POSTGRES });

  expect(keepAddresses(program(), new Map(), [])).toEqual([]);
  expect(keepAddresses(program(), recordsOf(program()), [])).toEqual([]);
});

test('a subtree under a new parent is refused with the one line that keeps it, which helps', () => {
  const moved = below('store-database', POSTGRES);

  const text = said(POSTGRES, moved);

  expect(text).toMatch(/^dev-database: Terraform would destroy/);
  expect(text).toContain('    postgres/instance (aws_db_instance.postgres_instance_');
  expect(text).toContain('the database and its automatic backups');
  expect(text.match(/\{ stack.*/g)).toEqual([
    "{ stack: 'database', from: 'postgres', to: 'store-database/postgres' },",
  ]);
  expect(text).toContain('npm run addresses -- accept dev-database --gone dev-database/postgres');
  const move = { stack: 'database', from: 'postgres', to: 'store-database/postgres' };
  expect(said(POSTGRES, moved, [move])).toBe('');
});

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

test('where several things may be it, all are listed', () => {
  const after = { 'one/key': 'aws_kms_key', 'two/key': 'aws_kms_key' };

  const text = said({ 'first/key': 'aws_kms_key' }, after);

  expect(text).toContain('add the one of these lines that is true');
  expect(text).toContain("from: 'first', to: 'one'");
  expect(text).toContain("from: 'first', to: 'two'");
});

test('what is nowhere is said to be destroyed, and what can be made anew is not spoken of', () => {
  const text = said({ ...POSTGRES, 'role/role': 'aws_iam_role' }, {});

  expect(text).toContain('Nothing new in the stack is of its type');
  expect(text).toContain('If it shall be destroyed, with what is in it');
  expect(text).not.toMatch(/role|security_group/);
});

test('the same line for several environments is said once', () => {
  const places = [anEnvironment('dev'), anEnvironment('prod')];
  const records = recordsOf(aProgram({ database: POSTGRES }, places));
  const program = aProgram({ database: below('b', POSTGRES) }, places);

  const [problem = '', ...others] = keepAddresses(program, records, []);

  expect(others).toEqual([]);
  expect(problem).toMatch(/^dev-database, prod-database: /);
  expect(problem.match(/\{ stack/g)).toHaveLength(1);
  expect(problem).toContain('&& npm run addresses -- accept prod-database --gone');
});

test('an environment that is not in the program any more is refused while it is recorded', () => {
  const places = [anEnvironment('dev'), anEnvironment('prod')];
  const layouts = { database: POSTGRES, network: { vpc: 'aws_vpc' } };
  const records = recordsOf(aProgram(layouts, places));

  const text = keepAddresses(aProgram(layouts), records, []).join('\n');

  expect(text).toMatch(/^prod-database, prod-network: nothing in the program writes/);
  expect(text).toContain('4 resources');
  expect(text).toContain('run npm run destroy');
  expect(text).toContain('npm run addresses -- accept prod --gone prod');
});

test('a stack that is not in the program any more is named alone', () => {
  const records = recordsOf(aProgram({ database: POSTGRES, network: {} }));

  const text = keepAddresses(aProgram({ network: {} }), records, []).join('\n');

  expect(text).toContain('npm run addresses -- accept dev-database --gone dev-database');
});

test('what went to another stack is told how', () => {
  const records = recordsOf(aProgram({ database: { 'a/key': 'aws_kms_key' }, network: {} }));
  const program = aProgram({ database: {}, network: { 'b/key': 'aws_kms_key' } });

  const text = keepAddresses(program, records, []).join('\n');

  expect(text).toContain('dev-database/a/key may be dev-network/b/key now');
  expect(text).toContain('terraform state mv');
});

test("an account's record has a name that neither a second account nor a new project name changes", () => {
  const [one, other] = [anEnvironment('dev'), anEnvironment('prod', { accountId: '210987654321' })];
  const namesWith = (...environments: (typeof one)[]) =>
    accountsOf(environments).flatMap((account) =>
      addressedStacks(aProgram({ state: {} }, [account])).map(({ record }) => record),
    );

  expect(namesWith(one)).toEqual(['account-123456789012-eu-central-1-state']);
  expect(namesWith(one, other)[0]).toBe('account-123456789012-eu-central-1-state');
});
