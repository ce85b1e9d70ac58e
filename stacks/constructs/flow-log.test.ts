import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { FlowLog as AwsFlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { Testing } from 'cdktf';
import { anEnvironment } from '../testing/places.ts';
import { FlowLog } from './flow-log.ts';

const synthesised = Testing.synthScope(
  (scope) => new FlowLog(scope, 'flow-log', { place: anEnvironment(), vpcId: 'vpc-1', days: 30 }),
);

test('records accepted and refused traffic of the whole VPC', () => {
  expect(synthesised).toHaveResourceWithProperties(AwsFlowLog, {
    vpc_id: 'vpc-1',
    traffic_type: 'ALL',
    log_destination_type: 'cloud-watch-logs',
    log_destination: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.arn\}$/),
    max_aggregation_interval: 600,
  });
});

test('keeps records as long as the environment says', () => {
  expect(synthesised).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: '/fargate-store-dev/flow-log',
    retention_in_days: 30,
  });
});

test('AWS may write to that log group for this account, find it, and do nothing else', () => {
  expect(synthesised).toHaveResourceWithProperties(IamRole, {
    name: 'fargate-store-dev-flow-log',
    assume_role_policy: expect.stringContaining('"vpc-flow-logs.amazonaws.com"'),
  });
  expect(synthesised).toHaveResourceWithProperties(IamRolePolicy, {
    policy: expect.stringMatching(
      /"Action":\["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"\],"Resource":\["\$\{aws_cloudwatch_log_group\.[^}]*\.arn\}:\*"\]\},\{"Effect":"Allow","Action":\["logs:DescribeLogGroups"\],"Resource":\["\*"\]\}\]/,
    ),
  });
});
