import {
  AppautoscalingPolicy,
  type AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification as Metric,
} from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../place.ts';
import type { ReleasedImage } from './released-image.ts';

/** Percent of what a task may use: above it another one is started. */
const BUSY = 70;

/** Seconds to wait after a change: soon for more, slowly for less, so that the number does not swing. */
const OUT_COOLDOWN = 60;
const IN_COOLDOWN = 300;

interface ServiceScalingProps {
  readonly environment: Environment;
  readonly image: ReleasedImage;
  readonly clusterName: string;
  readonly serviceName: string;
  /** The door's name for its requests. */
  readonly requestCountLabel: string;
}

/** As many tasks as the load needs; the metric that asks for most decides. */
export class ServiceScaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceScalingProps) {
    super(scope, id);
    const { environment, image, clusterName, serviceName, requestCountLabel } = props;
    const { minTasks, maxTasks, requestsPerTask } = environment.service;
    const target = new AppautoscalingTarget(this, 'target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${clusterName}/${serviceName}`,
      // With the first release the minimum rises from 0, and AWS starts the tasks.
      minCapacity: image.whenReleased(minTasks, 0),
      maxCapacity: image.whenReleased(maxTasks, 0),
    });
    const follow = (name: string, targetValue: number, predefinedMetricSpecification: Metric) =>
      new AppautoscalingPolicy(this, name, {
        name: `${environment.prefix}-${name}`,
        policyType: 'TargetTrackingScaling',
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification,
          scaleOutCooldown: OUT_COOLDOWN,
          scaleInCooldown: IN_COOLDOWN,
        },
      });
    follow('cpu', BUSY, { predefinedMetricType: 'ECSServiceAverageCPUUtilization' });
    follow('memory', BUSY, { predefinedMetricType: 'ECSServiceAverageMemoryUtilization' });
    // Requests a minute for each task.
    follow('requests', requestsPerTask, {
      predefinedMetricType: 'ALBRequestCountPerTarget',
      resourceLabel: requestCountLabel,
    });
  }
}
