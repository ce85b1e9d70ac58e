import { RULES } from './policies.ts';
import { isCheckovs, RULE_NAMES } from './rule-names.ts';

test('waivers may name exactly the rules that there are', () => {
  const names: readonly string[] = RULE_NAMES;

  expect(names.toSorted()).toEqual(RULES.map(({ name }) => name).toSorted());
});

test.each(['CKV_AWS_18', 'CKV2_AWS_5'])('%s is of checkov', (rule) => {
  expect(isCheckovs(rule)).toBe(true);
});

test('a rule of ours is not of checkov', () => {
  expect(isCheckovs('tagged')).toBe(false);
});
