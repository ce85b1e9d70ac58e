import { asJson } from './as-json.ts';
import { asMarkdown } from './markdown.ts';
import { readPlan } from './plan-document.ts';
import type { RawChange } from './raw-change.ts';
import { approvalsNeeded, review } from './review.ts';
import type { Rule } from './rule.ts';
import { asTerminal } from './terminal.ts';
import { document, multiplied, text } from './testing/engine/plans.ts';

const PULL_REQUEST = readPlan(text('plans/pull-request'), 'dev-store.json');
const ENGINE = readPlan(text('plans/engine'), 'engine.json');

test('a pull request names the database, the subnet, the port and the policy, in this order', () => {
  const [first = ''] = asMarkdown(review([PULL_REQUEST])).split('<details>');
  const named = [...first.matchAll(/\*\*`(\w+)\./g)].map(([, type]) => type);

  expect([...new Set(named)]).toEqual([
    'aws_db_instance',
    'aws_subnet',
    'aws_vpc_security_group_ingress_rule',
    'aws_iam_role_policy',
  ]);
  expect(first).not.toContain('aws_ecs_cluster');
  expect(first.split('\n').length).toBeLessThan(40);
});

test('what a person must approve is named by rank, stack, address and rule', () => {
  const [database] = approvalsNeeded(review([PULL_REQUEST]));

  expect(database).toMatch(/^data-loss dev-store aws_db_instance\.postgres \([a-z-]+\)$/);
});

const LOUD: Rule = {
  id: 'loud',
  rank: 'money',
  types: 'every',
  judge: ({ before, after }) => [
    {
      what: `says ${JSON.stringify(before)}`,
      why: JSON.stringify(after),
      path: ['input'],
      after: JSON.stringify(after),
    },
  ],
};

const CANARY = 'canary-5d41402abc';

/** A real plan, with the same secret in the place of each text and number. */
function everythingSensitive(): string {
  const plan = document('plans/engine');
  const hide = (changes: readonly RawChange[]) =>
    changes.map((one) => Object.assign(one, { change: sensitive(one.change) }));
  const outputs = Object.entries(plan['output_changes'] as Record<string, object>);
  return JSON.stringify({
    ...plan,
    resource_changes: hide(plan.resource_changes),
    resource_drift: hide(plan['resource_drift'] as readonly RawChange[]),
    output_changes: Object.fromEntries(outputs.map(([name, one]) => [name, sensitive(one)])),
  });
}

function sensitive(change: object): object {
  const { before, after } = change as { before: unknown; after: unknown };
  const marks = { before_sensitive: marked(before), after_sensitive: marked(after) };
  return { ...change, before: secret(before), after: secret(after), ...marks };
}

function secret(value: unknown): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map(secret);
  if (typeof value !== 'object') return JSON.stringify({ inside: CANARY });
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, secret(item)]));
}

function marked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.map(marked);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, marked(item)]));
}

test('no form shows what is sensitive, whatever a rule says', () => {
  const plan = readPlan(everythingSensitive(), 'engine.json');
  const reviewed = review([plan], [LOUD]);
  const forms = [asJson, asMarkdown, asTerminal].map((form) => form(reviewed)).join('\n');

  expect(forms).toContain('(sensitive)');
  expect(forms).not.toContain(CANARY);
});

test('each change is found at least once, also where no rule has anything to say', () => {
  const { findings } = review([ENGINE], []);
  const found = new Set(findings.map(({ address }) => address));

  expect(ENGINE.changes.filter(({ address }) => !found.has(address))).toEqual([]);
  expect(findings.filter(({ action }) => action === 'output').length).toBe(ENGINE.outputs.length);
});

test('drift is found once, as the change where the plan takes it back', () => {
  const { findings } = review([ENGINE], []);
  const drift = findings.filter(({ address }) => address.endsWith('.shortened'));

  expect(drift).toEqual([
    expect.objectContaining({ rank: 'drift', rule: 'drift-undone', action: 'update' }),
  ]);
});

test('drift that a plan leaves alone is found too', () => {
  const plan = { ...ENGINE, changes: [] };
  const { findings } = review([plan], []);
  const drift = findings.find(({ address }) => address.endsWith('.shortened'));

  expect(drift).toMatchObject({ action: 'drift', rule: 'changed-outside' });
  expect(drift?.what).toContain('retention_in_days');
});

test('a sensitive output is found, and not told', () => {
  const { findings } = review([ENGINE], []);
  const output = findings.find(({ address }) => address === 'output.password');

  expect(output).toMatchObject({ before: '(sensitive)', after: '(sensitive, changed)' });
});

test('findings come by rank, then in the order of the plans, then by address', () => {
  const rule: Rule = {
    id: 'shelves',
    rank: 'downtime',
    types: new Set(['terraform_data']),
    judge: ({ address }) => (address.includes('shelf') ? [{ what: 'shelf', why: '' }] : []),
  };
  const other = readPlan(text('plans/engine'), 'a-later-one.json');
  const { findings } = review([ENGINE, other], [rule]);
  const shelves = findings.slice(0, 2 * 4).map(({ stack, rank }) => `${stack} ${rank}`);

  expect(new Set(shelves.slice(0, 4))).toEqual(new Set(['engine downtime']));
  expect(new Set(shelves.slice(4))).toEqual(new Set(['a-later-one downtime']));
});

test('each rule is asked once for each change of its types, however many there are', () => {
  const asked: string[] = [];
  const rule: Rule = {
    id: 'counting',
    rank: 'other',
    types: new Set(['aws_subnet']),
    judge: ({ address }) => {
      asked.push(address);
      return [];
    },
  };
  const many = readPlan(multiplied('plans/pull-request', 'aws_subnet.private', 500), 'many.json');

  review([many, PULL_REQUEST], [rule]);

  expect(asked.length).toBe(501);
});
