import { readPolicy } from './policy.ts';

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::one/*' };

function reading(statement: object, kind: 'identity' | 'resource' = 'identity') {
  return () => readPolicy('mine', { Version: '2012-10-17', Statement: statement }, kind);
}

test('one statement or several, text or object', () => {
  const one = JSON.stringify({ Version: '2012-10-17', Statement: STATEMENT });
  const several = { Version: '2012-10-17', Id: 'a', Statement: [{ Sid: 'b', ...STATEMENT }] };

  expect(readPolicy('mine', one, 'identity')).toEqual(readPolicy('mine', several, 'identity'));
});

test.each([
  ['an unknown element', { ...STATEMENT, Unless: {} }, 'Unless is not supported'],
  ['NotPrincipal', { ...STATEMENT, NotPrincipal: '*' }, 'NotPrincipal is not supported'],
  ['an effect in another case', { ...STATEMENT, Effect: 'allow' }, 'neither Allow nor Deny'],
  ['a principal of a role', { ...STATEMENT, Principal: '*' }, 'a role has a Principal'],
  ['no action', { ...STATEMENT, Action: undefined }, 'no Action'],
  ['no resource', { ...STATEMENT, Resource: undefined }, 'no Resource'],
  ['two kinds of actions', { ...STATEMENT, NotAction: 's3:*' }, 'both Action and NotAction'],
  ['no actions', { ...STATEMENT, Action: [] }, 'a list is empty'],
  ['a wildcard for the service', { ...STATEMENT, Action: 's*:Get' }, "'s*:Get' is no Action"],
  ['such an ARN', { ...STATEMENT, Resource: 'arn:aws:*:::one' }, 'is no Resource'],
  ['a name alone', { ...STATEMENT, Resource: 'one' }, "'one' is no Resource"],
  ['a variable', { ...STATEMENT, Resource: 'arn:aws:s3:::${aws:username}' }, 'variables are not'],
  ['an unknown operator', { ...STATEMENT, Condition: { Similar: { a: 'b' } } }, 'Similar is not'],
  ['a condition without values', { ...STATEMENT, Condition: { Bool: 'a' } }, 'is an object'],
])('%s is refused with the name of the policy', (_, statement, message) => {
  expect(reading(statement)).toThrow(message);
  expect(reading(statement)).toThrow(/^policy mine: /);
});

test.each([
  ['no principal', undefined, 'no Principal'],
  ['part of a name', { AWS: 'arn:aws:iam::123456789012:role/a*' }, 'nor all of a name'],
  ['all services', { Service: '*' }, 'Service * is not supported'],
  ['an unknown kind', { CanonicalUser: 'abc' }, 'CanonicalUser abc is not supported'],
  ['a list', ['*'], 'Principal is ["*"]'],
])('of a resource, %s is refused', (_, Principal, message) => {
  expect(reading({ ...STATEMENT, Principal }, 'resource')).toThrow(message);
});

test('an older language is refused: it means other things by the same words', () => {
  const older = { Version: '2008-10-17', Statement: STATEMENT };

  expect(() => readPolicy('mine', older, 'identity')).toThrow('its Version is "2008-10-17"');
});
