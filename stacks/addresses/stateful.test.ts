import { HOLDS_DATA, IRREPLACEABLE, LOSSES, OUTAGES } from './stateful.ts';
import { said } from './testing/renaming.ts';

test.each([
  'aws_alb',
  'aws_dynamodb_table',
  'aws_efs_file_system',
  'aws_rds_cluster',
  'aws_ecs_service',
  'aws_ecs_cluster',
  'aws_db_subnet_group',
  'aws_subnet',
  'aws_lb_target_group',
  'aws_lb_listener',
  'aws_lb',
  'aws_iam_role',
  'aws_security_group',
])('%s is not made anew under another name', (type) => {
  const text = said({ 'old/one': type }, { 'new/one': type });

  expect(text).toContain("from: 'old', to: 'new'");
  // Words about it, not its type alone.
  expect(text).not.toContain(`): ${type}`);
});

test('what only stops what runs may be taken away on purpose', () => {
  expect(said({ 'a/service': 'aws_ecs_service', route: 'aws_route' }, {})).toBe('');
});

test('what nobody gets back is known to synth and to the commands', () => {
  for (const type of IRREPLACEABLE) {
    expect(LOSSES.has(type)).toBe(true);
    expect(HOLDS_DATA.test(`${type}.some`)).toBe(true);
  }
});

test('a type is of one kind', () => {
  expect([...OUTAGES.keys()].filter((type) => LOSSES.has(type))).toEqual([]);
});

test('what only stops what runs does not hold data', () => {
  expect([...OUTAGES.keys()].filter((type) => HOLDS_DATA.test(`${type}.some`))).toEqual([]);
});
