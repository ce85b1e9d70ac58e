/** Releases: another image, the first one, and one with which something else comes along. */
import type { Files, Scene } from '../plan-between.ts';

const REPOSITORY = '111111111111.dkr.ecr.eu-central-1.amazonaws.com/store';
const OLD = `${REPOSITORY}@sha256:${'a'.repeat(64)}`;
const NEW = `${REPOSITORY}@sha256:${'b'.repeat(64)}`;
const NONE = `${REPOSITORY}:none`;
const SERVICE = 'service/store/store-service';

interface Released {
  readonly image: string;
  /** @default 2 */
  readonly tasks?: number;
  /** @default 5 */
  readonly poolSize?: number;
}

export const SCENES: Readonly<Record<string, Scene>> = {
  release: { before: service({ image: OLD }), after: service({ image: NEW }) },
  'first-release': {
    before: service({ image: NONE, tasks: 0 }),
    after: service({ image: NEW }),
  },
  'release-and-variable': {
    before: service({ image: OLD }),
    after: service({ image: NEW, poolSize: 50 }),
  },
  'other-repository': {
    before: service({ image: OLD }),
    after: service({ image: 'example.com/store:latest' }),
  },
  'new-service': { before: { 'main.tf.json': {} }, after: service({ image: NEW }) },
  'new-home': { before: { 'main.tf.json': {} }, after: service({ image: NONE, tasks: 0 }) },
};

function service({ image, tasks = 2, poolSize = 5 }: Released): Files {
  const resource = {
    aws_ecs_task_definition: { service: definition(image, poolSize) },
    aws_ecs_service: {
      service: {
        name: 'store-service',
        cluster: 'store',
        task_definition: '${aws_ecs_task_definition.service.arn}',
        desired_count: tasks,
        wait_for_steady_state: tasks > 0,
      },
    },
    aws_appautoscaling_target: {
      target: {
        service_namespace: 'ecs',
        scalable_dimension: 'ecs:service:DesiredCount',
        resource_id: SERVICE,
        min_capacity: tasks,
        max_capacity: tasks * 3,
      },
    },
    aws_scheduler_schedule: { rotation: schedule(tasks > 0) },
  };
  return { 'main.tf.json': { resource } };
}

function definition(image: string, poolSize: number): object {
  const variable = { name: 'DATABASE_POOL_SIZE', value: String(poolSize) };
  return {
    family: 'store-service',
    requires_compatibilities: ['FARGATE'],
    network_mode: 'awsvpc',
    cpu: '256',
    memory: '512',
    container_definitions: JSON.stringify([
      { name: 'store', image, essential: true, environment: [variable] },
    ]),
    lifecycle: { create_before_destroy: true },
  };
}

function schedule(isOn: boolean): object {
  return {
    name: 'rotation',
    schedule_expression: 'rate(30 days)',
    state: isOn ? 'ENABLED' : 'DISABLED',
    flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 60 },
    target: {
      arn: 'arn:aws:ecs:eu-central-1:111111111111:cluster/store',
      role_arn: 'arn:aws:iam::111111111111:role/rotation',
      input: '{}',
      ecs_parameters: {
        task_definition_arn: 'arn:aws:ecs:eu-central-1:111111111111:task-definition/store-rotate',
        launch_type: 'FARGATE',
        // The provider writes these into its state, and the state here is what was planned.
        enable_ecs_managed_tags: false,
        enable_execute_command: false,
        group: 'store',
        platform_version: '1.4.0',
        propagate_tags: 'TASK_DEFINITION',
        reference_id: 'rotation',
        task_count: 1,
      },
    },
  };
}
