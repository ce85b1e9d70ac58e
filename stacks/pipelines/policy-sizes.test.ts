import type { Statement } from '../constructs/policy-document.ts';
import { policiesOf } from './policy-sizes.ts';

/** About as many characters as are asked for. */
const long = (characters: number, action = 's3:GetObject'): Statement => ({
  actions: [action],
  resources: [`arn:aws:s3:::${'x'.repeat(characters)}`],
});

test('statements go into as few policies as take them', () => {
  const sizes = policiesOf('role', [long(2000), long(3000), long(2000)]).map(
    ({ length }) => length,
  );

  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6144);
});

test('a statement that no policy takes is named', () => {
  expect(() => policiesOf('store-dev-apply', [long(10), long(7000, 'ec2:CreateVpc')])).toThrow(
    /^store-dev-apply: its statement that begins with ec2:CreateVpc has \d+ characters, and a policy at most 6144/,
  );
});

test('a role has ten policies at most', () => {
  const eleven = Array.from({ length: 11 }, () => long(6000));

  expect(() => policiesOf('store-dev-apply', eleven)).toThrow('needs 11 policies');
});
