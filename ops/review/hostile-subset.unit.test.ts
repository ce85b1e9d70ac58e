/** What somebody could pass off as reviewed. */
import type { Finding } from './finding.ts';
import type { Plan } from './plan-document.ts';
import { review } from './review.ts';
import { unreviewed } from './subset.ts';
import { planOf } from './testing/engine/one-change.ts';

const UNKNOWN = '(known after apply)';

const findingsOf = (plan: Plan) => review([plan]).findings;
const addresses = (findings: readonly Finding[]) => findings.map(({ address }) => address);

test('another resource that is moved or taken over is new', () => {
  const moved = (from: string) =>
    findingsOf(planOf([{ address: 'aws_db_instance.b', from, actions: ['no-op'] }]));
  const taken = (id: string) =>
    findingsOf(planOf([{ address: 'aws_s3_bucket.b', importing: { id }, actions: ['no-op'] }]));

  expect(unreviewed(moved('aws_db_instance.c'), moved('aws_db_instance.a')).length).toBe(1);
  expect(unreviewed(taken('orders'), taken('images')).length).toBe(1);
  expect(unreviewed(taken('images'), taken('images'))).toEqual([]);
});

test('a resource that is taken over and changed at once is found as both', () => {
  const plan = planOf([
    { address: 'aws_s3_bucket.b', importing: { id: 'x' }, before: { a: 1 }, after: { a: 2 } },
  ]);

  expect(
    findingsOf(plan)
      .map(({ action }) => action)
      .toSorted(),
  ).toEqual(['import', 'update']);
});

test('a replacement that leaves a gap is not covered by one without', () => {
  const replaced = (...actions: string[]) =>
    findingsOf(planOf([{ address: 'aws_x.a', actions, before: { a: 1 }, after: { a: 2 } }]));

  const found = unreviewed(replaced('delete', 'create'), replaced('create', 'delete'));
  expect(new Set(addresses(found))).toEqual(new Set(['aws_x.a']));
});

const policy = (text: string | null, isOpen = false, provisional?: readonly string[]) =>
  findingsOf({
    ...planOf([
      {
        address: 'aws_iam_role_policy.task',
        before: { policy: '{}' },
        after: { policy: text },
        unknown: isOpen ? { policy: true } : {},
      },
    ]),
    ...(provisional && { provisional }),
  });

const allowing = (resource: string, action = 's3:GetObject') =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });

test.each(['*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::a,b/*'])(
  'what was open does not become everything: %s',
  (resource) => {
    const reviewed = policy(allowing('arn:aws:s3:::stand-in-1/*'), false, ['dev-network']);

    expect(unreviewed(policy(allowing(resource)), reviewed)).not.toEqual([]);
  },
);

const IN = 'eu-central-1:111111111111';

test.each([
  ['arn:aws:iam::111111111111:role/stand-in-1', 'arn:aws:iam::111111111111:role/task', 0],
  ['arn:aws:iam::111111111111:role/stand-in-1', 'arn:aws:iam::222222222222:role/task', 1],
  ['arn:aws:iam::111111111111:role/stand-in-1', 'arn:aws:iam::111111111111:root', 1],
  [`arn:aws:sqs:${IN}:stand-in-1`, `arn:aws:sqs:${IN}:orders`, 0],
  [`arn:aws:sqs:${IN}:stand-in-1`, 'arn:aws:sqs:us-east-1:111111111111:orders', 1],
  [`arn:aws:sqs:${IN}:stand-in-1`, `arn:aws:sns:${IN}:orders`, 1],
  [`arn:aws:sfn:${IN}:state_machine/stand-in-1`, `arn:aws:states:${IN}:stateMachine:a`, 0],
  [
    `arn:aws:sfn:${IN}:state_machine/stand-in-1`,
    `arn:aws:logs:eu-central-1:222222222222:log-group:${IN}:a`,
    1,
  ],
])('what took the place of %s is %s', (seen, found, count) => {
  const reviewed = policy(allowing(seen), false, ['dev-network']);
  const whole = policy(seen, false, ['dev-network']);

  expect(Math.sign(unreviewed(policy(allowing(found)), reviewed).length)).toBe(count);
  expect(Math.sign(unreviewed(policy(found), whole).length)).toBe(count);
});

test('a home that was seen without an image gets its tasks with the first one only', () => {
  const home = (image: string, tasks: number) =>
    findingsOf(
      planOf([
        {
          address: 'aws_ecs_task_definition.store',
          actions: ['create'],
          before: null,
          after: { container_definitions: `[{"image":"${image}"}]` },
        },
        {
          address: 'aws_ecs_service.store',
          actions: ['create'],
          before: null,
          after: { desired_count: tasks },
        },
      ]),
    );
  const digest = `repo@sha256:${'a'.repeat(64)}`;

  expect(unreviewed(home(digest, 3), home('repo:none', 0))).toEqual([]);
  expect(addresses(unreviewed(home(digest, 3), home(digest, 0)))).toContain(
    'aws_ecs_service.store',
  );
  expect(addresses(unreviewed(home('repo:none', 3), home('repo:none', 0)))).toContain(
    'aws_ecs_service.store',
  );
});

test('a whole policy that was not known does not become one that allows everything', () => {
  const reviewed = policy(null, true);

  expect(unreviewed(policy(allowing('arn:aws:s3:::images/*', 'iam:*')), reviewed)).not.toEqual([]);
  expect(unreviewed(policy(null, true), reviewed)).toEqual([]);
});

test('a text that only says that it is not known opens nothing', () => {
  const reviewed = policy(allowing(UNKNOWN));

  expect(unreviewed(policy(allowing('arn:aws:s3:::others/*')), reviewed)).not.toEqual([]);
});

test('a text with very many open places is compared in a time that does not double with each', () => {
  const open = 'x '.repeat(2) + `${UNKNOWN}a`.repeat(40);
  const finding = {
    ...policy('{}')[0],
    differences: [{ attribute: 'a', after: JSON.stringify(open) }],
  };
  const found = {
    ...finding,
    differences: [{ attribute: 'a', after: JSON.stringify(`x x ${'a'.repeat(5000)}!`) }],
  };

  // It would never end.
  expect(unreviewed([found as Finding], [finding as Finding]).length).toBe(1);
});
