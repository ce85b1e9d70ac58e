import { judge } from './goals.ts';
import { LIMIT, STORE } from './results.ts';
import type { Measured, Series } from './rounds.ts';
import { aMeasured, aSample, aSeries, someResults } from './testing/results.ts';

const goal = (what: string, results = someResults()) =>
  judge(results).find((judged) => judged.what.startsWith(what));

test('a ratio is measured against Express and against pgbench', () => {
  expect(goal('product by id, of Express')).toMatchObject({ measured: '4.10×', met: true });
  expect(goal('product by id, of pgbench')).toMatchObject({ measured: '0.62×', met: true });
});

test('a goal that is missed by a hair is missed', () => {
  const [store] = aMeasured('by-id').series;
  const limit = aSeries(LIMIT, [8010, 8210, 7810]);
  const measured: Measured[] = [{ operation: 'by-id', series: [store ?? limit, limit] }];

  const judged = goal('product by id, of pgbench', someResults({ measured }));

  expect(judged).toMatchObject({ goal: 'at least 0.5×', measured: '0.50×', met: false });
});

test('what was not measured is neither met nor missed', () => {
  const results = someResults({
    measured: [{ operation: 'order', series: aMeasured('order').series.slice(0, 1) }],
  });

  expect(goal('place an order, of pgbench', results)).toMatchObject({
    measured: undefined,
    met: undefined,
  });
});

test('the first of ten starts, with nothing in any cache, does not decide', () => {
  expect(goal('process start')).toMatchObject({ measured: '310.0 ms', met: true });
});

test('the request log costs a share of what goes without it', () => {
  expect(goal('cost of request log')).toMatchObject({ measured: '9.1 %', met: true });
});

test('the dearest operation decides on memory', () => {
  const greedy: Series = { ...STORE, samples: [aSample({ memory: 151 })] };
  const measured: Measured[] = [aMeasured('by-id'), { operation: 'list', series: [greedy] }];

  expect(goal('memory', someResults({ measured }))).toMatchObject({
    measured: '151.0 MB',
    met: false,
  });
});
