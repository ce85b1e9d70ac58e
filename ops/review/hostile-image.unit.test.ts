/** What somebody could pass off as another image. */
import { onlyImage } from './only-image.ts';
import { review } from './review.ts';
import type { Rule } from './rule.ts';
import type { Plan } from './plan-document.ts';
import { unreviewed } from './subset.ts';
import { planOf } from './testing/engine/one-change.ts';

const findingsOf = (plan: Plan) => review([plan]).findings;

const TASK = 'arn:aws:ecs:eu-central-1:111111111111:task-definition/store';

const service = (before: object, after: object, unknown: object = {}) =>
  planOf([
    {
      address: 'aws_ecs_service.service',
      before: { task_definition: `${TASK}:7`, desired_count: 2, ...before },
      after: { desired_count: 2, ...after },
      unknown: { task_definition: true, ...unknown },
    },
  ]);

const RULE_ON_TASK: Rule = {
  id: 'task',
  rank: 'downtime',
  types: 'every',
  judge: () => [{ what: 'runs another task', why: '', path: ['task_definition'] }],
};

test('what changes beside the image is not covered by a finding on the image', () => {
  const plan = service({ propagate_tags: 'NONE' }, { propagate_tags: 'SERVICE' });
  const { findings } = review([plan], [RULE_ON_TASK]);

  expect(unreviewed(findings, [])).not.toEqual([]);
});

const schedule = (before: object, after: object, unknown: object = {}) =>
  planOf([
    {
      address: 'aws_scheduler_schedule.job',
      before: { target: [{ arn: TASK, ...before }] },
      after: { target: [{ arn: TASK, ...after }] },
      unknown: { target: [unknown] },
    },
  ]);

const DIGEST = `@sha256:${'a'.repeat(64)}`;
const NEXT = `@sha256:${'b'.repeat(64)}`;

const task = (name: string, was: string, is: string) => ({
  address: `aws_ecs_task_definition.${name}`,
  actions: ['create', 'delete'],
  before: { family: name, container_definitions: `[{"image":"repo${was}"}]` },
  after: { family: name, container_definitions: `[{"image":"repo${is}"}]` },
});

/** A release of two tasks, of which the service has run `store`. */
const released = (from: string, of: object = {}, references?: readonly string[]) =>
  planOf(
    [
      task('store', from, NEXT),
      task('migrate', from, NEXT),
      {
        address: 'aws_ecs_service.service',
        before: { task_definition: `${TASK}:7`, desired_count: 0 },
        after: { desired_count: 0, ...of },
        unknown: { task_definition: true },
      },
    ],
    references && {
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_ecs_service.service',
              expressions: { task_definition: { references } },
            },
          ],
        },
      },
    },
  );

const refersTo = (name: string) => [
  `aws_ecs_task_definition.${name}.arn`,
  `aws_ecs_task_definition.${name}`,
];

test.each([
  ['its own task', released(DIGEST, {}, refersTo('store'))],
  ['a task of its family', released(DIGEST)],
  ['more tasks with the first image', released(':none', { desired_count: 3 }, refersTo('store'))],
])('a service with %s follows from the image', (_, plan) => {
  expect(onlyImage([plan]).others).toEqual([]);
  expect(unreviewed(findingsOf(plan), [])).toEqual([]);
});

test.each([
  ["another task's next revision", released(DIGEST, {}, refersTo('migrate'))],
  ['one task or another', released(DIGEST, {}, [...refersTo('store'), ...refersTo('migrate')])],
  ['a task that is named elsewhere', released(DIGEST, {}, ['var.task'])],
  ['a task that the plan does not make', service({}, {})],
  ['tasks where there were none, without the first image', released(DIGEST, { desired_count: 3 })],
  ['an input that is not known yet', schedule({ input: null }, {}, { input: true })],
  ['no revision at all', schedule({ ecs: `${TASK}:7` }, { ecs: TASK })],
  [
    'an update in which nothing is seen to differ',
    planOf([{ address: 'aws_db_instance.a', before: { a: 1 }, after: { a: 1 } }]),
  ],
  [
    'a replacement in which nothing is seen to differ',
    planOf([
      {
        address: 'aws_instance.a',
        actions: ['delete', 'create'],
        before: { a: 1 },
        after: { a: 1 },
      },
    ]),
  ],
  [
    'a tag instead of a digest',
    planOf([
      {
        address: 'aws_ecs_task_definition.task',
        actions: ['delete', 'create'],
        before: { container_definitions: `[{"image":"repo@sha256:${'a'.repeat(64)}"}]` },
        after: { container_definitions: '[{"image":"repo:latest"}]' },
      },
    ]),
  ],
  [
    'an output that is not sensitive any more',
    planOf([], {
      output_changes: {
        password: {
          actions: ['update'],
          before: 'a',
          after: 'a',
          before_sensitive: true,
          after_sensitive: false,
        },
      },
    }),
  ],
  [
    'a moved resource that is changed too',
    planOf([
      {
        address: 'aws_ecs_service.b',
        from: 'aws_ecs_service.a',
        before: { task_definition: `${TASK}:7` },
        after: { task_definition: `${TASK}:8` },
      },
    ]),
  ],
])('%s does not follow from an image', (_, plan) => {
  expect(onlyImage([plan]).others).not.toEqual([]);
  expect(unreviewed(findingsOf(plan), [])).not.toEqual([]);
});
