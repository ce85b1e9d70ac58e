import { anEnvironment } from '../testing/places.ts';
import { keepAddresses } from './guard.ts';
import { aProgram, recordsOf } from './testing/a-program.ts';
import { below, POSTGRES, said } from './testing/renaming.ts';

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
