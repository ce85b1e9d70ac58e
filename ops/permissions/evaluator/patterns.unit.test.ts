import { actionMatches, resourceMatches } from './patterns.ts';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
test.each([
  ['sqs:SendMessage', 'sqs:SendMessage', true],
  ['SQS:sendmessage', 'sqs:SendMessage', true],
  ['iam:*AccessKey*', 'iam:CreateAccessKey', true],
  ['iam:*AccessKey*', 'iam:CreateUser', false],
  ['s3:Get?bject', 's3:GetObject', true],
  ['s3:Get', 's3:GetObject', false],
  ['s3:*', 's3express:GetObject', false],
  ['*', 's3:GetObject', true],
])('the action %s names %s: %s', (pattern, action, expected) => {
  expect(actionMatches(pattern, action)).toBe(expected);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
test.each([
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/1/test/object.jpg', true],
  ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
  ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1/2/test/3/object.jpg', true],
  ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1/test/.jpg', true],
  ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/1-test/object.jpg', false],
  ['arn:aws:s3:::bucket/*/test/*', 'arn:aws:s3:::bucket/test/object.jpg', false],
  ['arn:aws:s3:::Bucket/*', 'arn:aws:s3:::bucket/a', false],
  ['arn:aws:sqs:*:123456789012:queue1', 'arn:aws:sqs:us-east-1:123456789012:queue1', true],
  ['arn:aws:sqs:us-????-1:1:q', 'arn:aws:sqs:us-east-1:1:q', true],
  ['arn:aws:sqs:us-???-1:1:q', 'arn:aws:sqs:us-east-1:1:q', false],
  // A wildcard within a segment does not go on beyond the colon, one at its end may.
  ['arn:aws:sqs:*:queue1', 'arn:aws:sqs:us-east-1:123456789012:queue1', true],
  ['arn:aws:sqs:u*1:queue1', 'arn:aws:sqs:us-east-1:123456789012:queue1', false],
  ['arn:aws:sqs:?:1:q', 'arn:aws:sqs:::1:q', false],
  ['arn:aws:s3:::bucket/*.csv', 'arn:aws:s3:::bucket/2026-01-01T10:00:00.csv', true],
  ['arn:aws:logs:r:1:log-group:/a:*', 'arn:aws:logs:r:1:log-group:/a:log-stream:s', true],
  ['arn:aws:logs:r:1:log-group:/a', 'arn:aws:logs:r:1:log-group:/a:log-stream:s', false],
  ['arn:aws:logs:*', 'arn:aws:logs:r:1:log-group:/a', true],
  ['arn:aws:s3:::a.b', 'arn:aws:s3:::axb', false],
  ['arn:aws:sqs:r:1:rotate', 'arn:aws:sqs:r:1:rotate2', false],
  ['*', '*', true],
  ['arn:aws:s3:::bucket/*', '*', false],
  // Without knowing which: a pattern names itself.
  [
    'arn:aws:secretsmanager:r:1:secret:a-??????',
    'arn:aws:secretsmanager:r:1:secret:a-??????',
    true,
  ],
])('the resource %s names %s: %s', (pattern, resource, expected) => {
  expect(resourceMatches(pattern, resource)).toBe(expected);
});
