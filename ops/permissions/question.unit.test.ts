import { readQuestion } from './question.ts';

const ASKED = ['service', 'kms:Decrypt', 'arn:aws:kms:r:1:key/a'];

test('a role, an action and a resource, then what is known of the request', () => {
  const words = [...ASKED, 'kms:ViaService=a.b', 'aws:TagKeys=x', 'aws:TagKeys=y=z'];

  expect(readQuestion(words, true)).toEqual({
    role: 'service',
    request: {
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:r:1:key/a',
      context: { 'kms:ViaService': ['a.b'], 'aws:TagKeys': ['x', 'y=z'] },
    },
  });
});

test.each([
  ['a missing resource', ASKED.slice(0, 2), false, 'a role, an action and a resource'],
  ['keys without --with', [...ASKED, 'a=b'], false, 'followed by nothing, or by --with'],
  ['--with without keys', ASKED, true, 'followed by nothing, or by --with'],
  ['a key without a value', [...ASKED, 'a'], true, "'a' is no <key>=<value>"],
])('%s is wrong use', (_, words, hasContext, message) => {
  expect(() => readQuestion(words, hasContext)).toThrow(message);
});
