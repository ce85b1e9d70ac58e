import { Testing } from 'cdktf';
import { RouteNotFound } from '../service/errors.ts';
import { problemDetails } from '../service/problem.ts';
import { HiddenPaths } from '../stacks/constructs/hidden-paths.ts';

test('the load balancer says of a hidden path what the service says of an unknown route', () => {
  const synthesised = Testing.synthScope((scope) => {
    new HiddenPaths(scope, 'hidden', { listenerArn: 'arn' });
  });
  const bodies = synthesised.match(/(?<="message_body": ").*(?=")/g) ?? [];

  expect(bodies).toHaveLength(3);
  for (const body of bodies) {
    const answer = JSON.parse(JSON.parse(`"${body}"`) as string) as { instance: string };
    expect(answer).toEqual(
      problemDetails(new RouteNotFound(), { url: answer.instance, id: 'none' }),
    );
  }
});
