/** Results of a run that never was; tests take what differs. */
import type { Sample } from '../measure.ts';
import { LIMIT, type Results, SILENT, STORE } from '../results.ts';
import type { Measured, Series } from '../rounds.ts';
import { QUICK } from '../scale.ts';

export function aSample(sample: Partial<Sample> = {}): Sample {
  return {
    perSecond: 1000,
    latency: { p50: 1, p99: 2, p999: 3 },
    processor: 0.05,
    memory: 100,
    failures: {},
    ...sample,
  };
}

/** @param rates a round for each */
export function aSeries(
  { id, name }: Pick<Series, 'id' | 'name'>,
  rates: readonly number[],
): Series {
  return { id, name, samples: rates.map((perSecond) => aSample({ perSecond })) };
}

/** The store at 4,000 requests/s: all goals are met. */
export function aMeasured(operation: Measured['operation']): Measured {
  return {
    operation,
    series: [
      aSeries(STORE, [4000, 4100, 3900]),
      aSeries(SILENT, [4400, 4500, 4300]),
      aSeries({ id: 'express', name: 'Express 5 + pg' }, [1000, 1000, 950]),
      aSeries(LIMIT, [6500, 6500, 6500]),
    ],
  };
}

export function someResults(results: Partial<Results> = {}): Results {
  return {
    date: new Date('2026-01-02T03:04:05Z'),
    command: 'npm run bench',
    minutes: 25,
    scale: { ...QUICK, name: 'full' },
    machine: [['Processor', 'one of a kind, 2 cores']],
    measured: [aMeasured('by-id'), aMeasured('list'), aMeasured('order')],
    starts: [{ name: STORE.name, firstAnswer: [300, 310, 900], ready: [400, 410, 1000] }],
    garbage: [{ operation: 'by-id', share: 0.04 }],
    ...results,
  };
}
