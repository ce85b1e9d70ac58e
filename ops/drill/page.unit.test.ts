import { readFileSync } from 'node:fs';
import type { Result } from './conduct.ts';
import { DRILLS } from './drills.ts';
import { withResults } from './page.ts';

const PAGE = readFileSync('docs/reliability.md', 'utf8');
const circumstances = { date: '2026-11-22', machine: '2 × a processor' };

function aResult(outcome: Partial<Result['outcome']> = {}): Result {
  return {
    drill: {
      name: 'no-oversell',
      breaks: 'the server is killed',
      promise: 'stock is never below zero',
      seconds: 60,
      run: () => Promise.reject(new Error('not here')),
    },
    outcome: {
      figures: [
        ['orders', '9,000'],
        ['kills', '5'],
      ],
      broken: [],
      ...outcome,
    },
    seconds: 30,
  };
}

test("the drill's row is exchanged, and nothing else", () => {
  const rows = (page: string) => page.split('\n').filter((line) => !line.includes('`no-oversell`'));

  const page = withResults(PAGE, [aResult()], circumstances);

  expect(rows(page)).toEqual(rows(PAGE));
  expect(page).toContain(
    '| `no-oversell` | the server is killed | stock is never below zero | 1 of 1 | orders: 9,000; kills: 5 | 2026-11-22, 2 × a processor |',
  );
});

test('a drill that has no row yet gets its own, in the order of drills', () => {
  const without = PAGE.replace(/^\| `no-oversell`.*\n/m, '');

  const page = withResults(without, [aResult()], circumstances);

  expect(page.indexOf('`no-oversell` |')).toBeGreaterThan(page.indexOf('| --- |'));
  expect(page.indexOf('`no-oversell` |')).toBeLessThan(page.indexOf('`one-order-per-key` |'));
});

test('how often it held is counted', () => {
  const results = [aResult({ broken: ['an order is gone'] }), aResult(), aResult()];

  expect(withResults(PAGE, results, circumstances)).toContain('| 2 of 3 |');
});

test('what was not tried says why', () => {
  const results = [aResult({ figures: [], skipped: 'no container engine' })];

  expect(withResults(PAGE, results, circumstances)).toContain(
    '| - | not tried: no container engine |',
  );
});

test('docs/reliability.md promises what is tried, and nothing else', () => {
  const [, part = ''] = /<!-- npm run drill[^]*?-->([^]*)<!-- to here/.exec(PAGE) ?? [];
  const rows = part.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|/gm);

  const told = Array.from(rows, ([, name, breaks, promise]) => ({ name, breaks, promise }));

  expect(told).toEqual(DRILLS.map(({ name, breaks, promise }) => ({ name, breaks, promise })));
});
