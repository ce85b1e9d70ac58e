import { Refusal } from '../deployment/refusal.ts';
import { readPlan } from './plan-document.ts';
import { document, text } from './testing/engine/plans.ts';

const HOW = 'terraform show -json saved.tfplan > plan.json';

test.each([
  ['an empty file', '', 'is empty'],
  ['a saved plan', 'PK\u0003\u0004…', 'is the saved plan itself'],
  ['broken JSON', '{"format_version":"1.2",', 'is no JSON object'],
  ['a list', '[]', 'is no JSON object'],
  [
    'the log of a plan',
    '{"@level":"info"}\n{"@level":"info"}',
    'the log of `terraform plan -json`',
  ],
  ['a state as it is shown', '{"format_version":"1.0","values":{}}', 'is a state, not a plan'],
  ['a state as it is kept', '{"version":4,"lineage":"x","resources":[]}', 'is a state, not a plan'],
  ['something else', '{"name":"shop"}', 'is no plan of Terraform'],
  ['another format', '{"format_version":"2.0","planned_values":{}}', 'of format "2.0", and 1.x'],
  ['no format', '{"planned_values":{}}', 'and 1.x is read here'],
])('%s is refused in one line, which says what is expected', (_, content, reason) => {
  const read = () => readPlan(content, 'dev-network.json');

  expect(read).toThrow(Refusal);
  expect(read).toThrow(reason);
  expect(read).toThrow(/^dev-network\.json .*$/);
  expect(read).toThrow(HOW);
});

test('a plan that ended with an error is refused, since it does not say all', () => {
  const failed = { ...document('plans/engine'), errored: true };

  expect(() => readPlan(JSON.stringify(failed), 'a.json')).toThrow(/ended with an error/);
});

test.each(['1.0', '1.1', '1.2', '1.9'])('format %s is read', (format) => {
  const plan = { ...document('plans/engine'), format_version: format };

  expect(readPlan(JSON.stringify(plan), 'a.json').changes.length).toBeGreaterThan(10);
});

test('a plan without changes is read', () => {
  expect(readPlan('{"format_version":"1.2","planned_values":{}}', 'a.json').changes).toEqual([]);
});

test('what Terraform does in a way that is not known is refused, never left out', () => {
  const plan = document('plans/pull-request');
  const [first, ...others] = plan.resource_changes;
  const strange = { ...first, change: { ...first?.change, actions: ['freeze'] } };
  const changed = JSON.stringify({ ...plan, resource_changes: [strange, ...others] });

  expect(() => readPlan(changed, 'a.json')).toThrow("Terraform will 'freeze'");
});

test('a plan that was cut short is no plan without changes', () => {
  const planned = '{"root_module":{"resources":[{"address":"a.b"}]}}';

  expect(() => readPlan(`{"format_version":"1.2","planned_values":${planned}}`, 'a.json')).toThrow(
    'not what changes',
  );
});

test('outputs and actions of another form are refused', () => {
  for (const part of ['"output_changes":{"a":1}', '"action_invocations":[1]']) {
    const plan = `{"format_version":"1.2","planned_values":{},${part}}`;
    expect(() => readPlan(plan, 'a.json')).toThrow('in another form');
  }
});

test('lists of another form are refused', () => {
  const plan = '{"format_version":"1.2","resource_changes":[{"address":"a"}]}';

  expect(() => readPlan(plan, 'a.json')).toThrow('in another form');
});

test('modules, indices, orders of replacement, and what is forgotten are known', () => {
  const { changes, moves, stack } = readPlan(text('plans/engine'), 'plans/engine.json');
  const told = changes.map(({ address, action, isGapless }) => [address, action, isGapless]);

  expect(stack).toBe('engine');
  expect(told).toEqual(
    expect.arrayContaining([
      ['module.shop.terraform_data.shelf["a"]', 'destroy', false],
      ['module.branch["south"].terraform_data.till[0]', 'create', false],
      ['terraform_data.replaced', 'replace', false],
      ['terraform_data.replaced_gapless', 'replace', true],
      ['terraform_data.forgotten', 'forget', false],
    ]),
  );
  expect(moves).toContainEqual(expect.objectContaining({ from: 'terraform_data.old_name' }));
});

test('a sensitive value is not even in what rules see, but that it changes is', () => {
  const plan = readPlan(text('plans/engine'), 'engine.json');
  const secretive = plan.changes.find(({ address }) => address === 'terraform_data.secretive');

  expect(JSON.stringify(plan)).not.toMatch(/hunter2|swordfish/);
  expect(secretive?.before['input']).toEqual({ user: 'ada', password: '(sensitive)' });
  expect(secretive?.after['input']).toEqual({ user: 'grace', password: '(sensitive, changed)' });
});
