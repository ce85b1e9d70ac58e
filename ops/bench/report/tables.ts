/** The report's tables: a row for each of those that were measured. */
import { rateRatio } from '../goals.ts';
import type { Operation } from '../operations.ts';
import { type Results, SILENT, STORE } from '../results.ts';
import type { Measured, Series } from '../rounds.ts';
import { middle, NONE, table, withSpread } from './markdown.ts';

const COLUMNS = [
  '',
  'requests/s [min–max]',
  'p50 ms',
  'p99 ms',
  'p99.9 ms',
  'processor ms per 1,000',
  'memory MB',
] as const;

/** @param operation that is compared with the store's own figures */
export function comparison(measured: Measured): string {
  const [first, second, ...rest] = COLUMNS;
  const rows = measured.series.map((series) => {
    const [name, rate, ...others] = rowOf(series);
    const times = rateRatio([measured], measured.operation, series.id);
    const isStore = series.id === STORE.id || times === undefined;
    return [name, rate, isStore ? NONE : `${times.toFixed(2)}×`, ...others];
  });
  return table([first, second, 'the store has', ...rest], rows);
}

/** The same without a ratio to the store: all of them are the store. */
export function plain({ series }: Measured): string {
  return table(COLUMNS, series.map(rowOf));
}

function rowOf({ name, samples }: Series): [string, string, ...string[]] {
  return [
    name,
    withSpread(samples.map(({ perSecond }) => perSecond)),
    middle(samples.map(({ latency }) => latency?.p50)),
    middle(samples.map(({ latency }) => latency?.p99)),
    middle(samples.map(({ latency }) => latency?.p999)),
    middle(samples.map(({ processor }) => processor && processor * 1000)),
    middle(samples.map(({ memory }) => memory)),
  ];
}

/** Requests a second alone: what another generator found. */
export function rates(measured: readonly Measured[], nameOf: (id: Operation['id']) => string) {
  const names = measured[0]?.series.map(({ name }) => name) ?? [];
  return table(
    ['requests/s', ...names],
    measured.map(({ operation, series }) => [
      nameOf(operation),
      ...series.map(({ samples }) => withSpread(samples.map(({ perSecond }) => perSecond))),
    ]),
  );
}

export function logCost({ measured }: Results, nameOf: (id: Operation['id']) => string): string {
  return table(
    ['', 'requests/s with', 'without', 'cost'],
    measured.map(({ operation, series }) => {
      const rate = (id: string) =>
        middle(
          series.find((one) => one.id === id)?.samples.map(({ perSecond }) => perSecond) ?? [],
        );
      const share = rateRatio(measured, operation, SILENT.id);
      const cost = share === undefined ? NONE : `${((1 - share) * 100).toFixed(1)} %`;
      return [nameOf(operation), rate(STORE.id), rate(SILENT.id), cost];
    }),
  );
}

export function garbage(results: Results, nameOf: (id: Operation['id']) => string): string {
  return table(
    ['', 'share of the time'],
    results.garbage.map(({ operation, share }) => [
      nameOf(operation),
      Number.isNaN(share) ? NONE : `${(share * 100).toFixed(1)} %`,
    ]),
  );
}

export function starts(results: Results): string {
  return table(
    ['', 'first answer, ms [min–max]', 'ready, ms [min–max]'],
    results.starts.map(({ name, firstAnswer, ready }) => [
      name,
      withSpread(firstAnswer),
      ready === undefined ? NONE : withSpread(ready),
    ]),
  );
}
