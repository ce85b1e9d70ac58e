import { Alb } from '@cdktf/provider-aws/lib/alb/index.js';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api/index.js';
import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api/index.js';
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { Elb } from '@cdktf/provider-aws/lib/elb/index.js';
import { Instance } from '@cdktf/provider-aws/lib/instance/index.js';
import { LambdaFunctionUrl } from '@cdktf/provider-aws/lib/lambda-function-url/index.js';
import { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Fn, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { add, refusalOf } from '../testing/refusal.ts';
import { FrontDoor } from './front-door.ts';
import { nothingPublic } from './nothing-public.ts';

class Door extends FrontDoor {}

type Build = (scope: Construct, isPublic: boolean) => unknown;

const subnets = ['subnet-1'];
const ecs = (assignPublicIp: boolean) => ({ networkConfiguration: { subnets, assignPublicIp } });

const addresses: readonly (readonly [type: string, argument: string, build: Build])[] = [
  [
    'aws_db_instance',
    'publiclyAccessible',
    (scope, publiclyAccessible) =>
      new DbInstance(scope, 'it', { instanceClass: 'x', publiclyAccessible }),
  ],
  [
    'aws_subnet',
    'mapPublicIpOnLaunch',
    (scope, mapPublicIpOnLaunch) => new Subnet(scope, 'it', { vpcId: 'x', mapPublicIpOnLaunch }),
  ],
  [
    'aws_instance',
    'associatePublicIpAddress',
    (scope, associatePublicIpAddress) => new Instance(scope, 'it', { associatePublicIpAddress }),
  ],
  [
    'aws_ecs_service',
    'assignPublicIp',
    (scope, isPublic) => new EcsService(scope, 'it', { name: 'x', ...ecs(isPublic) }),
  ],
  [
    'aws_scheduler_schedule',
    'assignPublicIp',
    (scope, isPublic) =>
      new SchedulerSchedule(scope, 'it', {
        flexibleTimeWindow: { mode: 'OFF' },
        scheduleExpression: 'rate(1 day)',
        target: {
          arn: 'x',
          roleArn: 'x',
          ecsParameters: { taskDefinitionArn: 'x', ...ecs(isPublic) },
        },
      }),
  ],
];

test.each(addresses)('an %s with a public address is refused', (type, argument, build) => {
  const refusal = refusalOf(nothingPublic, (stack) => build(stack, true));

  expect(refusal).toContain(`[stack/it] ${type} gets a public address: set ${argument}: false`);
});

test.each(addresses)('an %s without a public address is kept', (_type, _argument, build) => {
  expect(refusalOf(nothingPublic, (stack) => build(stack, false))).toBe('');
});

test('an address that may turn out public is refused', () => {
  const refusal = refusalOf(nothingPublic, (stack) => {
    const subnet = new Subnet(stack, 'it', { vpcId: 'x' });
    subnet.mapPublicIpOnLaunch = Fn.tobool(subnet.outpostArn);
  });

  expect(refusal).toContain('[stack/it] aws_subnet gets a public address');
});

test('the front door itself may not give public addresses to others', () => {
  const refusal = refusalOf(nothingPublic, (stack) => {
    new Subnet(new Door(stack, 'door'), 'it', { vpcId: 'x', mapPublicIpOnLaunch: true });
  });

  expect(refusal).toContain('[stack/door/it] aws_subnet gets a public address');
});

const doors: readonly (readonly [type: string, build: (scope: Construct) => unknown])[] = [
  ['aws_lb', (scope) => new Lb(scope, 'it', { name: 'x' })],
  ['aws_alb', (scope) => new Alb(scope, 'it', { name: 'x' })],
  ['aws_elb', (scope) => new Elb(scope, 'it', { listener: [] })],
  ['aws_api_gateway_rest_api', (scope) => new ApiGatewayRestApi(scope, 'it', { name: 'x' })],
  ['aws_lb', (scope) => new Lb(scope, 'it', { name: 'x', internal: false })],
  [
    'aws_apigatewayv2_api',
    (scope) => new Apigatewayv2Api(scope, 'it', { name: 'x', protocolType: 'HTTP' }),
  ],
  [
    'aws_lambda_function_url',
    (scope) => new LambdaFunctionUrl(scope, 'it', { functionName: 'x', authorizationType: 'NONE' }),
  ],
];

test.each(doors)('an %s outside the front door is refused', (type, build) => {
  expect(refusalOf(nothingPublic, build)).toContain(`[stack/it] ${type} faces the internet`);
});

test.each(doors)('an %s inside the front door is kept', (_, build) => {
  expect(refusalOf(nothingPublic, (stack) => build(new Door(stack, 'door')))).toBe('');
});

test.each([
  ['aws_lb', {}, 'make it internal (internal: true), or'],
  ['aws_api_gateway_rest_api', {}, "endpointConfiguration: { types: ['PRIVATE'] }), or"],
  ['aws_apigatewayv2_api', {}, 'internet: make it part of the front door'],
  [
    'aws_lambda_function_url',
    { authorization_type: 'NONE' },
    "(authorizationType: 'AWS_IAM'), or make it part of the front door",
  ],
])('%s with %j is told what closes it', (type, attributes, whatToDo) => {
  expect(refusalOf(nothingPublic, (stack) => add(stack, type, 'it', attributes))).toContain(
    whatToDo,
  );
});

test.each([
  ['aws_api_gateway_rest_api', { endpoint_configuration: { types: ['PRIVATE'] } }],
  ['aws_lambda_function_url', { authorization_type: 'AWS_IAM' }],
])('%s with %j is kept', (type, attributes) => {
  expect(refusalOf(nothingPublic, (stack) => add(stack, type, 'it', attributes))).toBe('');
});

test('an internal load balancer is kept', () => {
  const refusal = refusalOf(nothingPublic, (stack) => new Lb(stack, 'it', { internal: true }));

  expect(refusal).toBe('');
});

test('a construct that is only called door is no front door', () => {
  const refusal = refusalOf(nothingPublic, (stack) => new Lb(stack, 'door', { name: 'x' }));

  expect(refusal).toContain('[stack/door] aws_lb faces the internet');
});

const blocks = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

function addBucket(stack: TerraformStack, id: string, block?: Partial<typeof blocks>): void {
  const bucket = new S3Bucket(stack, id, {});
  if (block) new S3BucketPublicAccessBlock(stack, `${id}-block`, { bucket: bucket.id, ...block });
}

test("a bucket with another bucket's block only is refused", () => {
  const refusal = refusalOf(nothingPublic, (stack) => {
    addBucket(stack, 'blocked', blocks);
    addBucket(stack, 'open');
  });

  expect(refusal).toContain(
    '[stack/open] aws_s3_bucket may be opened: add an aws_s3_bucket_public_',
  );
  expect(refusal).not.toContain('[stack/blocked]');
});

test.each(Object.keys(blocks))('a block without %s is refused', (argument) => {
  const refusal = refusalOf(nothingPublic, (stack) => {
    addBucket(stack, 'it', { ...blocks, [argument]: false });
  });

  expect(refusal).toContain(
    `[stack/it-block] aws_s3_bucket_public_access_block leaves the bucket open: set ${argument}: true`,
  );
});

test('a bucket with a whole block of its own is kept', () => {
  const refusal = refusalOf(nothingPublic, (stack) => {
    addBucket(stack, 'it', blocks);
  });

  expect(refusal).toBe('');
});
