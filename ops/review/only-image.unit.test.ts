import type { RawChange } from './raw-change.ts';
import { onlyImage } from './only-image.ts';
import { readPlan } from './plan-document.ts';
import { document, text } from './testing/engine/plans.ts';

const read = (name: string) => readPlan(text(`engine/${name}`), `${name}.json`);

test.each(['release', 'first-release'])('%s brings the image, and what follows from it', (name) => {
  const { following, others } = onlyImage([read(name)]);

  expect(others).toEqual([]);
  expect(following.join('\n')).toContain('aws_ecs_task_definition.service (replace)');
  expect(following.join('\n')).toContain('aws_ecs_service.service (update)');
});

test.each([
  ['release-and-variable', 'aws_ecs_task_definition.service (replace): container_definitions'],
  ['other-repository', 'aws_ecs_task_definition.service (replace): container_definitions'],
  ['new-service', 'aws_ecs_service.service (create)'],
])('%s is more than the image', (name, other) => {
  expect(onlyImage([read(name)]).others.join('\n')).toContain(other);
});

test('nothing else of a pull request passes', () => {
  const plan = readPlan(text('plans/pull-request'), 'a.json');

  expect(onlyImage([plan]).others.length).toBe(plan.changes.length);
});

type Values = Record<string, unknown>;

/** The release, with one attribute of the change of a type otherwise. */
function altered(type: string, after: Values, unknown: Values = {}): string {
  const plan = document('engine/release');
  const changes = plan.resource_changes.map((one): RawChange => {
    if (one.type !== type) return one;
    const { change } = one;
    return {
      ...one,
      change: {
        ...change,
        after: { ...(change.after as Values), ...after },
        after_unknown: { ...(change.after_unknown as Values), ...unknown },
      },
    };
  });
  return JSON.stringify({ ...plan, resource_changes: changes });
}

test.each([
  ['aws_ecs_task_definition', { cpu: '512' }, {}],
  ['aws_ecs_task_definition', { task_role_arn: 'arn:aws:iam::111111111111:role/admin' }, {}],
  ['aws_ecs_task_definition', { container_definitions: null }, { container_definitions: true }],
  ['aws_ecs_service', { task_definition: 'other:1' }, { task_definition: false }],
  ['aws_ecs_service', { desired_count: 0 }, {}],
  ['aws_ecs_service', { enable_execute_command: true }, {}],
])('%s with %j is more than the image', (type, after, unknown) => {
  const plan = readPlan(altered(type, after, unknown), 'a.json');

  expect(onlyImage([plan]).others.length).toBe(1);
});

test('an output that names the revision of a task follows, another one does not', () => {
  const arn = 'arn:aws:ecs:eu-central-1:111111111111:task-definition/store-service';
  const output = (before: string, after: string | null) => ({
    actions: ['update'],
    before,
    after,
    after_unknown: after === null,
  });
  const plan = {
    ...document('engine/release'),
    output_changes: {
      later: output(`${arn}:7`, null),
      next: output(`run ${arn}:7`, `run ${arn}:8`),
      other: output('a', 'b'),
      unknown: output('a', null),
    },
  };

  const { others } = onlyImage([readPlan(JSON.stringify(plan), 'a.json')]);

  expect(others).toEqual(['a output.other', 'a output.unknown']);
});
