import { failuresOf, inRounds } from './rounds.ts';
import { aSample } from './testing/results.ts';

async function run(names: readonly string[], rounds: number) {
  const order: string[] = [];
  const variants = names.map((name) => ({
    id: name,
    name,
    measure: () => Promise.resolve(aSample({ perSecond: order.push(name) })),
  }));
  const series = await inRounds(variants, rounds, () => undefined);
  return { order: order.join(''), series };
}

test('variants are measured in turns, and each round begins with another one', async () => {
  expect((await run(['a', 'b', 'c'], 2)).order).toBe('abcbcacab');
});

test('the round that warms up is in no figure', async () => {
  const { series } = await run(['a', 'b'], 2);

  expect(series.map(({ samples }) => samples.map(({ perSecond }) => perSecond))).toEqual([
    [4, 5],
    [3, 6],
  ]);
});

test('whoever asks to stop is heard before the next measurement', async () => {
  const measure = import.meta.jest.fn(() => Promise.resolve(aSample()));

  const stopped = inRounds([{ id: 'a', name: 'a', measure }], 2, (round) => {
    if (round === 1) throw new Error('stopped');
  });

  await expect(stopped).rejects.toThrow('stopped');
  expect(measure).toHaveBeenCalledTimes(1);
});

test('a single answer that is not good makes a run void, and says where', () => {
  const samples = [aSample(), aSample({ failures: { 503: 1200 } })];

  expect(failuresOf([{ operation: 'list', series: [{ id: 'a', name: 'A', samples }] }])).toEqual([
    'list, A, round 2: 1,200 × 503',
  ]);
});

test('a server that answers nothing has failed too', () => {
  const samples = [aSample({ perSecond: 0 })];

  expect(failuresOf([{ operation: 'list', series: [{ id: 'a', name: 'A', samples }] }])).toEqual([
    'list, A, round 1: no answer',
  ]);
});
