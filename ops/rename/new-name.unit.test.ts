import { expectedName } from './new-name.ts';

const surroundings = { labels: ['dev', 'staging', 'prod-copy'], dependencies: ['fastify'] };

test.each(['abc', 'acme-shop', 'shop24', 'exactly-14-ch'])('%s can be the name', (name) => {
  expect(expectedName(name, surroundings)).toBeUndefined();
});

test.each([
  ['Shop', 'a to z'],
  ['2shop', 'beginning with a letter'],
  ['my_shop', 'a to z'],
  ['my--shop', 'single -'],
  ['-shop', 'beginning with a letter'],
  ['shop-', 'a to z'],
  ['', 'a to z'],
  ['ab', '3 to 14 characters'],
  ['exactly-15-char', '3 to 14 characters'],
  ['amazon-shop', "without 'aws', 'amazon' and 'cognito'"],
  ['my-awsome', "without 'aws', 'amazon' and 'cognito'"],
  ['ssmith', "begin with 'ssm'"],
  ['sg-shop', "begin with 'sg-'"],
  ['internal-shop', "begin with 'internal-'"],
  ['sthree-shop', "S3's own"],
  ['dev', 'no environment has'],
  ['fastify', 'no dependency has'],
])('%p is refused: %s', (name, expected) => {
  expect(expectedName(name, surroundings)).toContain(expected);
});

test('there is room for a copy of an environment, also where there is none', () => {
  const small = { labels: ['dev'], dependencies: [] };

  expect(expectedName('a'.repeat(15), small)).toBeUndefined();
  expect(expectedName('a'.repeat(16), small)).toContain('3 to 15 characters');
});
