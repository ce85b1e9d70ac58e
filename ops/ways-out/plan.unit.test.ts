import { readPlan } from './plan.ts';

const change = (address: string, actions: string[], mode = 'managed') => ({
  address,
  mode,
  change: { actions },
});

test('what is read is no resource, and whatever is not only made stands out', () => {
  const plan = {
    resource_changes: [
      change('aws_vpc.vpc', ['create']),
      change('data.aws_iam_policy.ours', ['read'], 'data'),
      change('aws_lb.door', ['delete', 'create']),
      change('aws_subnet.public', ['no-op']),
    ],
  };

  expect(readPlan(JSON.stringify(plan))).toEqual({
    creates: 1,
    others: ['aws_lb.door', 'aws_subnet.public'],
  });
});

test('a plan without changes creates nothing', () => {
  expect(readPlan('{}')).toEqual({ creates: 0, others: [] });
});
