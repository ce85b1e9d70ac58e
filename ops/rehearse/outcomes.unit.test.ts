import { describeFailures, type Outcome, tally } from './outcomes.ts';

const at = (seconds: number, failure?: string): Outcome => ({
  at: Date.UTC(2026, 0, 1, 12, 0, seconds),
  method: 'GET',
  path: '/v1/products',
  ...(failure !== undefined && { failure }),
});

test('requests count for the time in which they were sent', () => {
  const outcomes = [at(1), at(2, 'answered 502'), at(3), at(4, 'answered 503')];

  const counted = tally(outcomes, at(2).at, at(3).at);

  expect(counted.requests).toBe(2);
  expect(counted.failed).toEqual([at(2, 'answered 502')]);
});

test('failures are told with time and reason, the first of many', () => {
  const failed = Array.from({ length: 7 }, (_, second) => at(second, 'answered 502'));

  const text = describeFailures({ requests: 100, failed }, 2);

  expect(text.split('\n')).toEqual([
    '7 of 100 requests failed',
    '12:00:00.000 GET /v1/products: answered 502',
    '12:00:01.000 GET /v1/products: answered 502',
    'and 5 more',
  ]);
});
