import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
import { Construct } from 'constructs';
import { HEALTH_PATH, SERVICE_PORT } from '../../contract.ts';
import type { Place } from '../place.ts';

/** Seconds in which requests to a task that goes away may end; the service answers within 30. */
const DEREGISTRATION_DELAY = 30;

interface TargetGroupProps {
  readonly place: Place;
  readonly vpcId: string;
}

/** The tasks, as a load balancer sees them: asked for their health, and left alone in time. */
export class TargetGroup extends Construct {
  readonly arn: string;
  /** Its part of a metric's name. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, { place, vpcId }: TargetGroupProps) {
    super(scope, id);
    const group = new LbTargetGroup(this, 'group', {
      // A fixed name would be taken when a successor is made; AWS allows six characters here.
      namePrefix: 'tasks-',
      tags: { Name: `${place.prefix}-tasks` },
      vpcId,
      targetType: 'ip',
      protocol: 'HTTP',
      port: SERVICE_PORT,
      deregistrationDelay: String(DEREGISTRATION_DELAY),
      // A task that is slow, or new and still cold, gets less instead of a queue.
      loadBalancingAlgorithmType: 'least_outstanding_requests',
      healthCheck: {
        path: HEALTH_PATH,
        protocol: 'HTTP',
        matcher: '200',
        // Seconds, and answers in a row: half a minute until a task is trusted, or is not any more.
        interval: 10,
        timeout: 5,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
