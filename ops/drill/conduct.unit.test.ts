import { conduct, isHeld, type Result } from './conduct.ts';
import type { Drill, Outcome } from './drill.ts';

const fine: Outcome = { figures: [['requests', '40,000']], broken: [] };

function aDrill(name: string, run: Drill['run'], seconds = 10): Drill {
  return { name, breaks: 'something breaks', promise: 'nothing is lost', seconds, run };
}

async function results(...drills: Drill[]) {
  const said: string[] = [];
  const all: Result[] = [];
  const way = {
    size: 'small' as const,
    say: (line: string) => void said.push(line),
    signal: new AbortController().signal,
  };
  for await (const result of conduct(drills, way)) all.push(result);
  return { all, said: said.join('\n') };
}

test('what was measured is said, and what did not hold', async () => {
  const held = aDrill('one', async () => fine);
  const broken = aDrill('two', async () => ({ ...fine, broken: ['an order is gone'] }));

  const { all, said } = await results(held, broken);

  expect(all.map(isHeld)).toEqual([true, false]);
  expect(said).toMatch(/ok +one .*\n +requests: 40,000/);
  expect(said).toMatch(/FAILED +two .*\n.*\n +NOT HELD: an order is gone/);
});

test('a drill that throws has failed, and the next one runs', async () => {
  const broken = aDrill('one', () => Promise.reject(new Error('no port is free')));
  const held = aDrill('two', async () => fine);

  const { all, said } = await results(broken, held);

  expect(all.map(isHeld)).toEqual([false, true]);
  expect(said).toContain('NOT HELD: Error: no port is free');
});

test('a drill that takes longer than its time is told to end, and has failed', async () => {
  const slow = aDrill(
    'slow',
    ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(fine))),
    0.05,
  );

  const { all } = await results(slow);

  expect(all[0]?.outcome.broken).toEqual(['it took more than its 0 s']);
});

test('what could not be tried is no failure, and its reason is said', async () => {
  const skipped = aDrill('disk', async () => ({ ...fine, skipped: 'no container engine' }));

  const { said } = await results(skipped);

  expect(said).toContain('skipped  disk: no container engine');
});

test('a person who stops it is obeyed between two drills', async () => {
  const stop = new AbortController();
  const drills = [aDrill('one', async () => (stop.abort(new Error('stopped')), fine))];
  const all = conduct(drills, { size: 'small', say: () => undefined, signal: stop.signal });

  await expect(all.next()).rejects.toThrow('stopped');
});
