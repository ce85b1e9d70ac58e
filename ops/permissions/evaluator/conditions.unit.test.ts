import { type Context, holds, readConditions } from './conditions.ts';

/** Operator, key and values of the policy, what the request says, whether it holds. */
type Case = readonly [string, string | readonly string[], Context, boolean];

const KEY = 'aws:Key';
const has = (...values: readonly string[]): Context => ({ [KEY]: values });
const NOTHING: Context = {};

function outcome(operator: string, values: string | readonly string[], context: Context): boolean {
  return readConditions({ [operator]: { [KEY]: values } }).every((each) => holds(each, context));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const ONE_VALUE: readonly Case[] = [
  ['StringEquals', 'blue', has('blue'), true],
  ['StringEquals', 'blue', has('Blue'), false],
  ['StringEquals', 'b*', has('blue'), false],
  ['StringEquals', ['red', 'blue'], has('blue'), true],
  ['StringEquals', 'blue', NOTHING, false],
  ['StringNotEquals', 'blue', has('red'), true],
  ['StringNotEquals', ['red', 'blue'], has('blue'), false],
  ['StringNotEquals', ['red', 'blue'], has('green'), true],
  ['StringNotEquals', 'blue', NOTHING, true],
  ['StringEqualsIgnoreCase', 'blue', has('BLUE'), true],
  ['StringNotEqualsIgnoreCase', 'blue', has('BLUE'), false],
  ['StringLike', 'home/*', has('home/a/b'), true],
  ['StringLike', 'home/?', has('home/ab'), false],
  ['StringLike', 'a*c', has('a:b/c'), true],
  ['StringLike', 'Home/*', has('home/a'), false],
  ['StringLike', 'a.c', has('abc'), false],
  ['StringNotLike', 'home/*', has('etc/a'), true],
  ['StringNotLike', ['etc/*', 'home/*'], has('home/a'), false],
  ['StringNotLike', 'home/*', NOTHING, true],
  ['NumericEquals', '10', has('10.0'), true],
  ['NumericNotEquals', '10', has('11'), true],
  ['NumericLessThan', '10', has('9'), true],
  ['NumericLessThan', '10', has('10'), false],
  ['NumericLessThanEquals', '10', has('10'), true],
  ['NumericLessThanEquals', '10', NOTHING, false],
  ['NumericGreaterThan', '9', has('10'), true],
  ['NumericGreaterThanEquals', '10', has('9'), false],
  ['DateLessThan', '2026-06-30T00:00:00Z', has('2026-06-29T23:59:59Z'), true],
  ['DateGreaterThan', '2026-06-30T00:00:00Z', has('1782777600'), false],
  ['DateEquals', '2026-06-30T00:00:00Z', has('1782777600'), true],
  ['DateGreaterThanEquals', '2026-06-30T00:00:00Z', has('1782777600'), true],
  ['DateLessThanEquals', '2026-06-30T00:00:00Z', has('2026-07-01T00:00:00Z'), false],
  ['DateNotEquals', '2026-06-30T00:00:00Z', NOTHING, true],
  ['Bool', 'true', has('true'), true],
  ['Bool', 'False', has('false'), true],
  ['Bool', 'false', has('true'), false],
  ['Bool', 'false', NOTHING, false],
  ['IpAddress', '203.0.113.0/24', has('203.0.113.7'), true],
  ['IpAddress', '203.0.113.0/24', has('198.51.100.7'), false],
  ['IpAddress', '2001:db8::/32', has('203.0.113.7'), false],
  ['NotIpAddress', '203.0.113.7', has('203.0.113.7'), false],
  [
    'ArnEquals',
    'arn:aws:sns:eu-central-1:123456789012:a',
    has('arn:aws:sns:eu-central-1:123456789012:a'),
    true,
  ],
  [
    'ArnEquals',
    'arn:aws:sns:*:123456789012:a*',
    has('arn:aws:sns:eu-central-1:123456789012:ab'),
    true,
  ],
  // The colon-delimited parts are looked at one by one.
  ['ArnLike', 'arn:aws:*:*:a:*', has('arn:aws:sns:eu-central-1:123456789012:a'), false],
  ['ArnLike', 'arn:aws:s3:::one/*', has('arn:aws:s3:::one/a:b'), true],
  ['ArnLike', 'arn:aws:ecs:*:*:cluster/?', has('arn:aws:ecs:x:1:cluster/ab'), false],
  ['ArnNotEquals', 'arn:aws:s3:::one', has('arn:aws:s3:::two'), true],
  ['ArnNotLike', 'arn:aws:s3:::*', has('arn:aws:s3:::two'), false],
  ['ArnNotLike', 'arn:aws:s3:::*', NOTHING, true],
  ['Null', 'true', NOTHING, true],
  ['Null', 'true', has('a'), false],
  ['Null', 'false', has('a'), true],
  ['Null', 'false', NOTHING, false],
  ['Null', 'true', has(), true],
];

const IF_EXISTS: readonly Case[] = [
  ['StringEqualsIfExists', 'blue', NOTHING, true],
  ['StringEqualsIfExists', 'blue', has('red'), false],
  ['StringLikeIfExists', 'b*', has('blue'), true],
  ['BoolIfExists', 'false', NOTHING, true],
  ['BoolIfExists', 'false', has('true'), false],
  ['StringNotEqualsIfExists', 'blue', NOTHING, true],
  ['StringNotEqualsIfExists', 'blue', has('blue'), false],
  ['NumericLessThanIfExists', '10', has('11'), false],
];

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition_examples-multi-valued-context-keys.html
const MANY_VALUES: readonly Case[] = [
  ['ForAllValues:StringEquals', ['a', 'b'], has('a', 'b'), true],
  ['ForAllValues:StringEquals', ['a', 'b'], has('a', 'c'), false],
  ['ForAllValues:StringEquals', ['a', 'b'], NOTHING, true],
  ['ForAllValues:StringEquals', ['a', 'b'], has(), true],
  ['ForAllValues:StringNotEquals', ['a', 'b'], has('c', 'd'), true],
  ['ForAllValues:StringNotEquals', ['a', 'b'], has('a', 'd'), false],
  ['ForAnyValue:StringEquals', ['a', 'b'], has('b', 'c'), true],
  ['ForAnyValue:StringEquals', ['a', 'b'], has('c', 'd'), false],
  ['ForAnyValue:StringEquals', ['a', 'b'], NOTHING, false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], has('a', 'c'), true],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], has('a', 'b'), false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], NOTHING, false],
  ['ForAnyValue:StringLikeIfExists', ['a*'], NOTHING, true],
];

test.each(ONE_VALUE)('%s %j of %j: %s', (operator, values, context, expected) => {
  expect(outcome(operator, values, context)).toBe(expected);
});

test.each(IF_EXISTS)('%s %j of %j: %s', (operator, values, context, expected) => {
  expect(outcome(operator, values, context)).toBe(expected);
});

test.each(MANY_VALUES)('%s %j of %j: %s', (operator, values, context, expected) => {
  expect(outcome(operator, values, context)).toBe(expected);
});

test('keys are known in whichever case', () => {
  expect(outcome('StringEquals', 'blue', { 'AWS:kEY': 'blue' })).toBe(true);
});

test('all keys and all operators must hold', () => {
  const written = { StringEquals: { a: '1', b: '2' }, StringNotEquals: { c: '3' } };
  const all = (context: Context) => readConditions(written).every((each) => holds(each, context));

  expect(all({ a: '1', b: '2' })).toBe(true);
  expect(all({ a: '1' })).toBe(false);
  expect(all({ a: '1', b: '2', c: '3' })).toBe(false);
});

test.each([
  ['an operator that is not known', 'StringSortOf', 'a', 'StringSortOf is not supported'],
  ['one that is not supported', 'BinaryEquals', 'YQ==', 'BinaryEquals is not supported'],
  ['one in another case', 'stringequals', 'a', 'stringequals is not supported'],
  ['another set', 'ForSomeValues:StringEquals', 'a', 'ForSomeValues:StringEquals is not'],
  ['Null if it exists', 'NullIfExists', 'true', 'NullIfExists is not supported'],
  ['the name of a method', 'toString', 'a', 'toString is not supported'],
  ['a variable', 'StringEquals', '${aws:username}', 'variables are not supported'],
])('%s is refused, whether or not its statement matters', (_, operator, values, message) => {
  expect(() => readConditions({ [operator]: { [KEY]: values } })).toThrow(message);
});

test.each([
  ['StringEquals', 'a', has('a', 'b'), 'needs ForAllValues or ForAnyValue'],
  ['StringNotEquals', 'a', has('b', 'c'), 'needs ForAllValues or ForAnyValue'],
  ['NumericNotEquals', '1', has('one'), "'one' is no number"],
  ['Bool', 'true', has('yes'), 'neither true nor false'],
  ['ArnNotEquals', 'arn:aws:s3:::one', has('two'), "'two' is no ARN"],
  ['DateNotEquals', 'tomorrow', has('2026-06-30T00:00:00Z'), "'tomorrow' is no date"],
  ['NotIpAddress', '203.0.113.0/24', has('home'), 'is no address'],
  ['Null', 'maybe', NOTHING, 'neither true nor false'],
])('%s %j of %j has no answer', (operator, values, context, message) => {
  expect(() => outcome(operator, values, context)).toThrow(message);
});
