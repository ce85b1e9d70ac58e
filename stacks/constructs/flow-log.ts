import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { FlowLog as AwsFlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { Role } from './role.ts';

interface FlowLogProps {
  readonly place: Place;
  readonly vpcId: string;
  readonly days: number;
}

/** Who talked to whom, accepted or refused, in CloudWatch. No contents. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, { place, vpcId, days }: FlowLogProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: `/${place.prefix}/flow-log`,
      retentionInDays: days,
    });
    const role = new Role(this, 'role', {
      place,
      name: 'flow-log',
      description: 'VPC flow logs are written with it',
      service: 'vpc-flow-logs.amazonaws.com',
      statements: [
        {
          // Not CreateLogGroup: late records must not bring a destroyed group back.
          actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [`${group.arn}:*`],
        },
        // AWS looks for the group before it writes, and knows no resource for that.
        { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
      ],
    });
    new AwsFlowLog(this, 'flow-log', {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      // Seconds in one record. Read after the fact; 60 would be up to ten times the lines to pay.
      maxAggregationInterval: 600,
      tags: { Name: `${place.prefix}-flow-log` },
      dependsOn: [role.policy],
    });
  }
}
