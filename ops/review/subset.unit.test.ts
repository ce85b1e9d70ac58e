import type { Finding } from './finding.ts';
import { type Plan, readPlan } from './plan-document.ts';
import { review } from './review.ts';
import { unreviewed } from './subset.ts';
import { document, text } from './testing/engine/plans.ts';

const findingsOf = (plan: Plan) => review([plan]).findings;
const read = (name: string) => findingsOf(readPlan(text(name), 'dev-service.json'));
const subjects = (findings: readonly Finding[]) => findings.map(({ address }) => address);

type Values = Record<string, unknown>;

/** A plan whose change of an address is otherwise. */
function altered(name: string, address: string, after: Values, unknown: Values = {}): Plan {
  const plan = document(name);
  const changes = plan.resource_changes.map((one) => {
    if (one.address !== address) return one;
    const { change } = one;
    const values = { ...(change.after as Values), ...after };
    const open = { ...(change.after_unknown as Values), ...unknown };
    return { ...one, change: { ...change, after: values, after_unknown: open } };
  });
  return readPlan(JSON.stringify({ ...plan, resource_changes: changes }), 'dev-service.json');
}

test.each(['plans/pull-request', 'plans/engine', 'engine/new-home'])(
  'nothing in %s is new to who has seen it',
  (name) => {
    expect(unreviewed(read(name), read(name))).toEqual([]);
  },
);

test('all of a plan is new to who has seen nothing', () => {
  const findings = read('plans/pull-request');

  expect(unreviewed(findings, [])).toEqual(findings);
});

test('a plan that does less than was seen may go on', () => {
  const [, ...less] = read('plans/pull-request');

  expect(unreviewed(less, read('plans/pull-request'))).toEqual([]);
});

test.each(['engine/release', 'engine/first-release'])('%s needs no review of its own', (name) => {
  expect(unreviewed(read(name), [])).toEqual([]);
});

test('a variable that comes with the image is new', () => {
  const found = unreviewed(read('engine/release-and-variable'), read('engine/release'));

  expect(subjects(found)).toContain('aws_ecs_task_definition.service');
});

test('a variable that was seen is not, whichever image comes with it', () => {
  const reviewed = read('engine/release-and-variable');
  const image = document('engine/release-and-variable').resource_changes.map((one) =>
    JSON.stringify(one).replaceAll(/sha256:b{64}/g, `sha256:${'c'.repeat(64)}`),
  );
  const binding = `{"format_version":"1.2","terraform_version":"1","resource_changes":[${image.join(',')}]}`;

  expect(unreviewed(findingsOf(readPlan(binding, 'dev-service.json')), reviewed)).toEqual([]);
});

test('an empty home that was seen may be made with the first image', () => {
  const found = unreviewed(read('engine/new-service'), read('engine/new-home'));

  expect(subjects(found)).toEqual([]);
});

test('another value than the one that was seen is new, also where no rule looks', () => {
  const address = 'aws_vpc_security_group_ingress_rule.shell';
  const binding = findingsOf(altered('plans/pull-request', address, { description: 'other' }));

  const found = unreviewed(binding, read('plans/pull-request'));

  expect(new Set(subjects(found))).toEqual(new Set([address]));
});

test('what could not be known when it was seen may be anything', () => {
  const address = 'aws_vpc_security_group_ingress_rule.shell';
  const id = 'security_group_id';
  const open = altered('plans/pull-request', address, { [id]: null }, { [id]: true });

  expect(unreviewed(read('plans/pull-request'), findingsOf(open))).toEqual([]);
});

test('what was known and is not any more is new', () => {
  const address = 'aws_vpc_security_group_ingress_rule.shell';
  const id = 'security_group_id';
  const open = altered('plans/pull-request', address, { [id]: null }, { [id]: true });

  expect(unreviewed(findingsOf(open), read('plans/pull-request'))).not.toEqual([]);
});

const policy = (...resources: string[]) =>
  JSON.stringify({
    Statement: [{ Action: ['s3:GetObject'], Effect: 'Allow', Resource: resources }],
  });

/** The policy of a task, planned on a bucket that is not there yet. */
function onStandIn(policyText: string, provisional: boolean): readonly Finding[] {
  const plan = altered('plans/pull-request', 'aws_iam_role_policy.task', { policy: policyText });
  return findingsOf(provisional ? { ...plan, provisional: ['dev-network'] } : plan);
}

test('a stand-in of a provisional plan may become one value', () => {
  const reviewed = onStandIn(policy('arn:aws:s3:::stand-in-1/*'), true);

  expect(unreviewed(onStandIn(policy('arn:aws:s3:::images/*'), false), reviewed)).toEqual([]);
});

test('a stand-in does not let anything else in', () => {
  const reviewed = onStandIn(policy('arn:aws:s3:::stand-in-1/*'), true);
  const more = onStandIn(policy('arn:aws:s3:::images/*', 'arn:aws:s3:::others/*'), false);

  expect(subjects(unreviewed(more, reviewed))).toContain('aws_iam_role_policy.task');
});

test('what looks like a stand-in is one in provisional plans only', () => {
  const reviewed = onStandIn(policy('arn:aws:s3:::stand-in-1/*'), false);
  const found = unreviewed(onStandIn(policy('arn:aws:s3:::images/*'), false), reviewed);

  expect(subjects(found)).toContain('aws_iam_role_policy.task');
});

test('another stack, action or rule is new', () => {
  const seen = read('plans/pull-request');
  const [finding] = seen;
  const others = [{ stack: 'prod' }, { action: 'destroy' }, { rule: 'x' }] as const;

  for (const other of others) {
    const changed = { ...finding, ...other } as Finding;
    expect(unreviewed([changed], seen)).toEqual([changed]);
  }
});
