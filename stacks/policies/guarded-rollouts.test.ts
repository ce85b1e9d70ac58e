import { add, refusalOf } from '../testing/refusal.ts';
import { guardedRollouts } from './guarded-rollouts.ts';

const breaker = { deployment_circuit_breaker: { enable: true, rollback: true } };

function refusal(attributes: Readonly<Record<string, unknown>>): string {
  return refusalOf(guardedRollouts, (stack) => add(stack, 'aws_ecs_service', 'it', attributes));
}

test.each([
  {},
  { deployment_circuit_breaker: { enable: false, rollback: true } },
  { deployment_circuit_breaker: [{ enable: true, rollback: false }] },
])('refuses a service that goes on with tasks that do not start: %j', (service) => {
  expect(refusal(service)).toContain(
    '[stack/it] aws_ecs_service goes on with tasks that do not start: set deploymentCircuitBreaker',
  );
});

test('refuses to take tasks away before there are others', () => {
  expect(refusal({ ...breaker, deployment_minimum_healthy_percent: 50 })).toContain(
    'fewer tasks than wanted while it is deployed (50 %): set deploymentMinimumHealthyPercent: 100',
  );
});

test.each([
  breaker,
  { ...breaker, deployment_minimum_healthy_percent: 100 },
  { deployment_controller: { type: 'CODE_DEPLOY' } },
])('keeps %j', (service) => {
  expect(refusal(service)).toBe('');
});
