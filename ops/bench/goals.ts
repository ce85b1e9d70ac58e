/** What the store is meant to reach, beside what it reached: ratios, for machines differ. */
import type { Operation } from './operations.ts';
import type { Sample } from './measure.ts';
import { LIMIT, type Results, seriesOf, SILENT, STORE } from './results.ts';
import type { Measured } from './rounds.ts';
import { median, ratio } from './statistics.ts';

/** The peer that goals are about. */
const EXPRESS = 'express';

export interface Judged {
  readonly what: string;
  /** With its unit, as the one below. */
  readonly goal: string;
  /** Undefined when it was not measured: then it is neither met nor missed. */
  readonly measured: string | undefined;
  readonly met: boolean | undefined;
}

interface Goal {
  readonly what: string;
  readonly direction: 'at least' | 'at most';
  readonly bound: number;
  readonly unit: Unit;
  readonly value: number | undefined;
}

type Unit = '×' | 'ms' | '%' | 'MB';

type Compared = Extract<Operation['id'], 'by-id' | 'list' | 'order'>;

const NAMES: Readonly<Record<Compared, string>> = {
  'by-id': 'product by id',
  list: 'list of 20',
  order: 'place an order',
};

/** Of Express and of pgbench, and milliseconds at 50 connections. */
const BOUNDS: Readonly<Record<Compared, readonly [number, number, number]>> = {
  'by-id': [4, 0.5, 5],
  list: [2.5, 0.3, 10],
  order: [2.5, 0.6, 30],
};

/** Percent of the requests a second. */
const LOG_MAY_COST = 15;
/** Milliseconds. */
const FIRST_ANSWER = 400;
/** Millions of bytes. */
const MEMORY = 150;

export function judge(results: Results): Judged[] {
  const compared = Object.keys(BOUNDS) as Compared[];
  return [...compared.flatMap((id) => ofOperation(results, id)), ...ofProcess(results)].map(
    verdict,
  );
}

function ofOperation({ measured }: Results, id: Compared): Goal[] {
  const [express, limit, p99] = BOUNDS[id];
  const what = NAMES[id];
  const atLeast = { direction: 'at least', unit: '×' } as const;
  const times = (other: string) => rateRatio(measured, id, other);
  return [
    { ...atLeast, what: `${what}, of Express`, bound: express, value: times(EXPRESS) },
    { ...atLeast, what: `${what}, of pgbench`, bound: limit, value: times(LIMIT.id) },
    {
      what: `${what}, p99`,
      direction: 'at most',
      bound: p99,
      unit: 'ms',
      value: medianOf(measured, id, ({ latency }) => latency?.p99),
    },
  ];
}

function ofProcess({ measured, starts }: Results): Goal[] {
  const atMost = { direction: 'at most' } as const;
  const first = starts[0]?.firstAnswer ?? [];
  const operations = measured.map(({ operation }) => operation);
  const costs = operations.map((id) => rateRatio(measured, id, SILENT.id)).filter(isThere);
  const memory = operations.map((id) => medianOf(measured, id, (sample) => sample.memory));
  return [
    {
      ...atMost,
      what: 'cost of request log and metrics, the dearest operation',
      bound: LOG_MAY_COST,
      unit: '%',
      value: greatest(costs.map((share) => (1 - share) * 100)),
    },
    {
      ...atMost,
      what: 'process start to first answer',
      bound: FIRST_ANSWER,
      unit: 'ms',
      value: first.length === 0 ? undefined : median(first),
    },
    {
      ...atMost,
      what: 'memory (RSS) under load, the dearest operation',
      bound: MEMORY,
      unit: 'MB',
      value: greatest(memory.filter(isThere)),
    },
  ];
}

function verdict({ what, direction, bound, unit, value }: Goal): Judged {
  const goal = `${direction} ${bound}${separated(unit)}`;
  if (value === undefined) return { what, goal, measured: undefined, met: undefined };
  const measured = `${value.toFixed(unit === '×' ? 2 : 1)}${separated(unit)}`;
  return { what, goal, measured, met: direction === 'at least' ? value >= bound : value <= bound };
}

function separated(unit: Unit): string {
  return unit === '×' ? unit : ` ${unit}`;
}

/** How many times as many requests a second as the other one; undefined when one is missing. */
export function rateRatio(
  measured: readonly Measured[],
  operation: Operation['id'],
  other: string,
): number | undefined {
  const [ours, theirs] = [STORE.id, other].map((id) =>
    seriesOf(measured, operation, id)?.samples.map(({ perSecond }) => perSecond),
  );
  return ours === undefined || theirs === undefined ? undefined : ratio(ours, theirs).median;
}

function medianOf(
  measured: readonly Measured[],
  operation: Operation['id'],
  of: (sample: Sample) => number | undefined,
): number | undefined {
  const values = seriesOf(measured, operation, STORE.id)?.samples.map(of).filter(isThere) ?? [];
  return values.length === 0 ? undefined : median(values);
}

function greatest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

function isThere(value: number | undefined): value is number {
  return value !== undefined;
}
