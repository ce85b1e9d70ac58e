import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { resourcesOf } from '../testing/synthesise.ts';
import { AccessLogs } from './access-logs.ts';

const logsOf = (environment: 'dev' | 'prod') =>
  Testing.synthScope(
    (scope) => new AccessLogs(scope, 'logs', { place: anEnvironment(environment), days: 90 }),
  );

const prod = logsOf('prod');
const partOf = (type: string) => resourcesOf(JSON.parse(prod), type)[0] ?? {};

test('the bucket has a name of its own, and goes with its logs only where data may be lost', () => {
  expect(prod).toHaveResourceWithProperties(S3Bucket, {
    bucket: 'fargate-store-prod-logs-123456789012-eu-central-1',
    force_destroy: false,
  });
  expect(logsOf('dev')).toHaveResourceWithProperties(S3Bucket, { force_destroy: true });
});

test('is encrypted with the key that load balancers can write with', () => {
  expect(partOf('aws_s3_bucket_server_side_encryption_configuration')['rule']).toMatchObject([
    { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } },
  ]);
});

test('a log is deleted in time, and a day later for good', () => {
  expect(partOf('aws_s3_bucket_lifecycle_configuration')['rule']).toEqual([
    {
      id: 'expire',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      expiration: [{ days: 90 }],
      noncurrent_version_expiration: [{ noncurrent_days: 1 }],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
    },
  ]);
});

test("load balancers write, and only those of this account's number", () => {
  const { Statement: statements } = JSON.parse(String(partOf('aws_s3_bucket_policy')['policy']));

  const allowed = statements.filter(({ Effect: effect }: { Effect: string }) => effect === 'Allow');
  expect(allowed).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [
        expect.stringMatching(/^\$\{aws_s3_bucket\..*\.arn\}\/AWSLogs\/123456789012\/\*$/),
      ],
    },
  ]);
});
