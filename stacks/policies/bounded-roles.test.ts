import { App } from 'cdktf';
import { PROJECT } from '../../contract.ts';
import { boundaryArn, rolePath } from '../constructs/boundary.ts';
import { PIPELINES_PATH } from '../pipelines/pipeline-role.ts';
import type { Place } from '../place.ts';
import { StoreStack } from '../store-stack.ts';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { add, refusalIn } from '../testing/refusal.ts';
import { boundedRoles } from './bounded-roles.ts';

class AnyStack extends StoreStack {
  constructor(place: Place) {
    super(new App(), place, 'any');
  }
}

const dev = anEnvironment('dev');
const staging = anEnvironment('staging');
const bounded = { permissions_boundary: boundaryArn(dev), path: rolePath(dev) };

function refusal(place: Place, attributes: Readonly<Record<string, unknown>>): string {
  const stack = new AnyStack(place);
  add(stack, 'aws_iam_role', 'it', attributes);
  return refusalIn(stack, boundedRoles);
}

test.each([
  ['no boundary', { path: bounded.path }],
  ["another environment's", { ...bounded, permissions_boundary: boundaryArn(staging) }],
  ['one of AWS', { ...bounded, permissions_boundary: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
])('refuses a role of an environment with %s', (_, attributes) => {
  expect(refusal(dev, attributes)).toContain(
    '[dev-any/it] aws_iam_role is not held by the boundary of its environment: make it with the construct Role',
  );
});

test.each([undefined, '/', rolePath(staging), PIPELINES_PATH])(
  'refuses a role of an environment on the path %s',
  (path) => {
    const { permissions_boundary } = bounded;

    expect(refusal(dev, { permissions_boundary, path })).toContain(
      `[dev-any/it] aws_iam_role is not on the path /${PROJECT}/dev/: `,
    );
  },
);

test('keeps a role with the boundary and on the path of its environment', () => {
  expect(refusal(dev, bounded)).not.toContain('bounded-roles');
});

test('a role of an account is not where a pipeline could change it', () => {
  expect(refusal(anAccount(), { path: rolePath(dev) })).toContain(
    'aws_iam_role of an account has a path of its own: leave it out',
  );
  expect(refusal(anAccount(), { path: PIPELINES_PATH })).not.toContain('bounded-roles');
  expect(refusal(anAccount(), {})).not.toContain('bounded-roles');
});
