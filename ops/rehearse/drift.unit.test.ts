import { describeDifference, differencesOf, type ShownPlan, unexplained } from './drift.ts';

function planWith(
  change: Partial<NonNullable<ShownPlan['resource_changes']>[number]['change']>,
): ShownPlan {
  const whole = { actions: ['update'], before: {}, after: {}, ...change };
  return { resource_changes: [{ address: 'aws_lb.door', mode: 'managed', change: whole }] };
}

test('a changed attribute is told with both values, an equal one is not', () => {
  const plan = planWith({
    before: { name: 'door', idle_timeout: 60 },
    after: { name: 'door', idle_timeout: 30 },
  });

  const differences = differencesOf(plan);

  expect(differences).toEqual([
    { address: 'aws_lb.door', action: 'update', attribute: 'idle_timeout', before: 60, after: 30 },
  ]);
  expect(differences.map(describeDifference)).toEqual([
    'aws_lb.door (update), idle_timeout:\n  60\n  -> 30',
  ]);
});

test('what is known only after the apply is a change too', () => {
  const plan = planWith({
    before: { arn: 'a', tags: [{ key: 'x' }] },
    after: { tags: [{}] },
    after_unknown: { arn: true, tags: [{ key: true }] },
  });

  expect(differencesOf(plan)).toMatchObject([
    { attribute: 'arn', before: 'a', after: '(known after apply)' },
    { attribute: 'tags', after: '(known after apply)' },
  ]);
});

test('what is only read, or stays, is no change', () => {
  const plan: ShownPlan = {
    resource_changes: [
      {
        address: 'data.aws_ssm_parameter.digest',
        mode: 'data',
        change: { actions: ['read'], before: null, after: { value: 'x' } },
      },
      ...(planWith({ actions: ['no-op'], before: { a: 1 }, after: { a: 2 } }).resource_changes ??
        []),
    ],
    output_changes: { url: { actions: ['no-op'], before: 'a', after: 'a' } },
  };

  expect(differencesOf(plan)).toEqual([]);
});

test('a changed output is a change', () => {
  const plan = { output_changes: { url: { actions: ['update'], before: 'a', after: 'b' } } };

  expect(differencesOf(plan)).toMatchObject([{ address: 'output.url', before: 'a', after: 'b' }]);
});

test('the list excuses one attribute of one resource, and nothing beside it', () => {
  const differences = differencesOf(
    planWith({ before: { one: 1, two: 1 }, after: { one: 2, two: 2 } }),
  );
  const allowed = [{ address: 'aws_lb.door', attribute: 'one', reason: 'it is not kept' }];

  expect(unexplained(differences, allowed)).toMatchObject([{ attribute: 'two' }]);
});
