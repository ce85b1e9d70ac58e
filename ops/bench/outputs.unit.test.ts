import { garbageShare } from './garbage.ts';
import { GARBAGE_MARK } from './garbage-mark.ts';
import { read as readPgbench } from './pgbench.ts';
import { scannedBy } from './plans.ts';
import { read as readWrk } from './wrk.ts';

test('of pgbench the rate without connecting counts', () => {
  const output = `number of transactions actually processed: 98765
number of failed transactions: 0 (0.000%)
latency average = 0.202 ms
initial connection time = 24.071 ms
tps = 49382.716049 (without initial connection time)
`;
  expect(readPgbench(output)).toEqual({ perSecond: 49_382.716049, failures: {} });
});

test('transactions of pgbench that failed are told', () => {
  const output = `number of transactions actually processed: 90
number of failed transactions: 10 (10.000%)
tps = 45.0 (without initial connection time)
`;
  expect(readPgbench(output).failures).toEqual({ 'failed transactions': 10 });
});

test('pgbench that got nothing done has a rate of nothing', () => {
  const output = 'number of transactions actually processed: 0\n';

  expect(readPgbench(output).perSecond).toBe(0);
});

test('another output of pgbench is not taken for a figure', () => {
  expect(() => readPgbench('pgbench: fatal')).toThrow('pgbench told no figure');
});

test('of wrk the rate counts, and what was not good', () => {
  const output = `Running 4s test @ http://127.0.0.1:3000
  1 threads and 50 connections
  Socket errors: connect 0, read 3, write 0, timeout 0
  Non-2xx or 3xx responses: 12
Requests/sec:  24712.33
Transfer/sec:      9.11MB
`;
  expect(readWrk(output)).toEqual({
    perSecond: 24_712.33,
    failures: {
      'answer that is not 2xx': 12,
      'socket errors (connect 0, read 3, write 0, timeout 0)': 1,
    },
  });
});

test('garbage is a share of the time at the end of the log, between other lines', () => {
  const log = `${GARBAGE_MARK} 1000.5 40
{"msg":"request"}
${GARBAGE_MARK} 2000.5 100
{"msg":"request"}
${GARBAGE_MARK} 3000.5 150`;

  expect(garbageShare(log, 1000)).toBeCloseTo(0.05);
  expect(garbageShare(log, 2000)).toBeCloseTo(0.055);
  expect(garbageShare('{"msg":"request"}', 1000)).toBeNaN();
});

test('a table that is read from end to end is found in a plan, one that is read by index is not', () => {
  const plan = `Nested Loop
  ->  Parallel Seq Scan on products p
        Filter: (archived_at IS NULL)
  ->  Index Scan using orders_pkey on orders
  ->  CTE Scan on found`;

  expect(scannedBy(plan)).toEqual(['products']);
});
