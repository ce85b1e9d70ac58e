import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { CloudwatchLogResourcePolicy } from '@cdktf/provider-aws/lib/cloudwatch-log-resource-policy/index.js';
import { Construct } from 'constructs';
import type { Place } from '../place.ts';
import { policyDocument } from './policy-document.ts';

/** Who writes for a rule of EventBridge. */
const WRITERS = { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] };

interface TaskFailuresProps {
  readonly place: Place;
  readonly clusterArn: string;
  /** Task definitions by name, without the revision. */
  readonly families: readonly string[];
  readonly logDays: number;
}

/**
 * An event for each one-off task that did not do its work, kept in a log. Who must be told of it
 * will be a second target of the rule: the alarms' topic.
 */
export class TaskFailures extends Construct {
  constructor(scope: Construct, id: string, props: TaskFailuresProps) {
    super(scope, id);
    const { place, logDays } = props;
    const name = `${place.prefix}-task-failures`;
    const rule = new CloudwatchEventRule(this, 'rule', {
      name,
      description: 'One-off tasks that failed or did not start',
      eventPattern: JSON.stringify(failurePattern(props)),
    });
    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/events/${name}`,
      retentionInDays: logDays,
    });
    // An account may have ten of these policies in a region.
    const policy = new CloudwatchLogResourcePolicy(this, 'policy', {
      policyName: name,
      policyDocument: policyDocument(
        {
          // Asked without naming the rule.
          principals: WRITERS,
          actions: ['logs:CreateLogStream'],
          resources: [`${log.arn}:*`],
        },
        {
          principals: WRITERS,
          actions: ['logs:PutLogEvents'],
          resources: [`${log.arn}:*`],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.arn } },
        },
      ),
    });
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'log',
      arn: log.arn,
      dependsOn: [policy],
    });
  }
}

/** A task that ends with 0 is none; one that never started, or was lost, has no exit code at all. */
function failurePattern({ clusterArn, families }: TaskFailuresProps) {
  return {
    source: ['aws.ecs'],
    'detail-type': ['ECS Task State Change'],
    detail: {
      clusterArn: [clusterArn],
      group: families.map((family) => `family:${family}`),
      lastStatus: ['STOPPED'],
      $or: [
        { containers: { exitCode: [{ 'anything-but': 0 }, { exists: false }] } },
        { stopCode: ['TaskFailedToStart'] },
      ],
    },
  };
}
