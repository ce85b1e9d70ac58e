import { Testing } from 'cdktf';
import { resourcesOf } from '../testing/synthesise.ts';
import { HiddenPaths } from './hidden-paths.ts';

interface Rule {
  readonly priority: number;
  readonly listener_arn: string;
  readonly condition: readonly unknown[];
  readonly action: readonly [
    {
      readonly type: string;
      readonly fixed_response: Readonly<
        Record<'content_type' | 'status_code' | 'message_body', string>
      >;
    },
  ];
}

const synthesised = Testing.synthScope(
  (scope) => new HiddenPaths(scope, 'hidden', { listenerArn: 'arn:listener' }),
);
const rules = resourcesOf(JSON.parse(synthesised), 'aws_lb_listener_rule') as unknown as Rule[];
const inOrder = rules.toSorted((a, b) => a.priority - b.priority);

test("answers 404 for the operations' paths, before anything else is looked at", () => {
  const asked = inOrder.map(
    ({ priority, listener_arn, condition, action: [{ type, ...rest }] }) => ({
      priority,
      listener_arn,
      condition,
      type,
      status: rest.fixed_response.status_code,
      contentType: rest.fixed_response.content_type,
    }),
  );

  const answer = {
    listener_arn: 'arn:listener',
    type: 'fixed-response',
    status: '404',
    contentType: 'application/json',
  };
  expect(asked).toEqual([
    { priority: 1, condition: [{ path_pattern: { values: ['/livez'] } }], ...answer },
    { priority: 2, condition: [{ path_pattern: { values: ['/readyz'] } }], ...answer },
    { priority: 3, condition: [{ path_pattern: { values: ['/health'] } }], ...answer },
  ]);
});

test('the answer has the members of any other problem, and fits into a rule', () => {
  const bodies = inOrder.map(({ action: [{ fixed_response }] }) => fixed_response.message_body);

  expect(bodies.map((body) => JSON.parse(body))).toEqual(
    ['/livez', '/readyz', '/health'].map((instance) => ({
      type: '/problems/route-not-found',
      title: 'No such route',
      status: 404,
      detail: 'The API document lists every route and method.',
      instance,
      code: 'ROUTE_NOT_FOUND',
      requestId: 'none',
    })),
  );
  // AWS takes 1,024 bytes.
  expect(Math.max(...bodies.map((body) => body.length))).toBeLessThanOrEqual(1024);
});
