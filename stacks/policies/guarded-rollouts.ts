/** A deployment that does not work out goes back by itself, and takes no task away before. */
import { isTrue, valuesAt } from './attributes.ts';
import type { Attributes } from '../written/written-stack.ts';
import type { Rule } from './policy.ts';

export const guardedRollouts: Rule = {
  name: 'guarded-rollouts',
  check(stack, refuse) {
    for (const resource of stack.resources) {
      if (resource.type !== 'aws_ecs_service') continue;
      for (const wrong of problemsOf(resource.attributes)) {
        refuse(resource, `aws_ecs_service ${wrong}`);
      }
    }
  },
};

function problemsOf(attributes: Attributes): string[] {
  // What another controller deploys, such as CodeDeploy, is guarded there.
  if (!valuesAt(attributes, 'deployment_controller.type').every(isEcs)) return [];
  // ECS's own default is 100; half of a single task is none.
  const least = Number(attributes['deployment_minimum_healthy_percent'] ?? 100);
  return [
    ...(hasBreaker(attributes)
      ? []
      : [
          'goes on with tasks that do not start: set deploymentCircuitBreaker: { enable: true, rollback: true }',
        ]),
    ...(least >= 100
      ? []
      : [
          `has fewer tasks than wanted while it is deployed (${least} %): set deploymentMinimumHealthyPercent: 100`,
        ]),
  ];
}

function isEcs(type: unknown): boolean {
  return type === undefined || type === 'ECS';
}

function hasBreaker(attributes: Attributes): boolean {
  return ['enable', 'rollback'].every((name) =>
    valuesAt(attributes, `deployment_circuit_breaker.${name}`).some(isTrue),
  );
}
