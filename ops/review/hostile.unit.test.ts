/** What somebody could try, so that a plan is reviewed as harmless. */
import { onlyImage } from './only-image.ts';
import type { Plan } from './plan-document.ts';
import { approvalsNeeded, review } from './review.ts';
import type { Rule } from './rule.ts';
import { planOf } from './testing/engine/one-change.ts';

const findingsOf = (plan: Plan) => review([plan]).findings;

const OPEN = '0.0.0.0/0';

const INGRESS = 'aws_vpc_security_group_ingress_rule.shell';
const ingress = (cidr: string, others: object = {}) =>
  planOf([
    {
      address: INGRESS,
      actions: ['create'],
      before: null,
      after: { cidr_ipv4: cidr, from_port: 22, to_port: 22, ip_protocol: 'tcp' },
      ...others,
    },
  ]);

test('a way in that is marked as sensitive is found, and not told', () => {
  const reviewed = review([ingress(OPEN, { sensitive: { cidr_ipv4: true } })]);
  const [worst] = reviewed.findings;

  expect(worst).toMatchObject({ rank: 'exposure', address: INGRESS });
  expect(JSON.stringify(reviewed)).not.toContain(OPEN);
});

test('a sensitive text beside it does not hide a way in', () => {
  const after = { cidr_ipv4: OPEN, from_port: 22, to_port: 22, tags: { of: OPEN } };
  const reviewed = review([ingress(OPEN, { after, sensitive: { tags: { of: true } } })]);

  expect(approvalsNeeded(reviewed).join()).toContain('exposure');
  expect(JSON.stringify(reviewed)).not.toContain(OPEN);
});

test('a rule that cannot judge a change says so, and does not end the review', () => {
  const rule: Rule = {
    id: 'fragile',
    rank: 'power',
    types: 'every',
    judge: () => {
      throw new TypeError('canary');
    },
  };
  const { findings } = review([ingress(OPEN)], [rule]);

  expect(findings).toMatchObject([{ rank: 'power', rule: 'fragile', address: INGRESS }]);
  expect(JSON.stringify(findings)).not.toContain('canary');
});

test('an action of a provider needs a yes, and is more than an image', () => {
  const action_invocations = [
    {
      address: 'action.aws_ec2_stop_instance.all',
      type: 'aws_ec2_stop_instance',
      config_values: { token: 'canary' },
      config_sensitive: { token: true },
    },
  ];
  const plan = planOf([], { action_invocations });

  expect(approvalsNeeded(review([plan]))).toEqual([
    'downtime dev-store action.aws_ec2_stop_instance.all (action-invoked)',
  ]);
  expect(onlyImage([plan]).others.length).toBe(1);
  expect(JSON.stringify(review([plan]))).not.toContain('canary');
});

test('a plan that leaves something out says so', () => {
  const plan = planOf([], { complete: false });

  expect(findingsOf(plan)).toMatchObject([{ rule: 'not-whole' }]);
  expect(onlyImage([plan]).others.length).toBe(1);
});
