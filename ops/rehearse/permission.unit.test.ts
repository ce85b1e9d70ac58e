import { withoutAction } from './permission.ts';

const policy = (...actions: (string | string[])[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })),
  });

test('one permission goes, the others of its statement stay', () => {
  const before = policy(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], ['logs:PutLogEvents']);

  expect(JSON.parse(withoutAction(before, 'ecr:BatchGetImage'))).toEqual(
    JSON.parse(policy(['ecr:GetDownloadUrlForLayer'], ['logs:PutLogEvents'])),
  );
});

test('a statement that granted nothing else goes with it', () => {
  const before = policy('secretsmanager:GetSecretValue', ['kms:Decrypt']);

  expect(JSON.parse(withoutAction(before, 'secretsmanager:GetSecretValue'))).toEqual(
    JSON.parse(policy(['kms:Decrypt'])),
  );
});

test.each([[['kms:Decrypt']], ['kms:Decrypt']])(
  'a permission that %j does not grant cannot be taken away',
  (actions) => {
    expect(() => withoutAction(policy(actions), 's3:GetObject')).toThrow(
      's3:GetObject is not granted',
    );
  },
);
