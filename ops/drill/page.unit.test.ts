import { readFileSync } from 'node:fs';
import type { Result } from './conduct.ts';
import { DRILLS } from './drills.ts';
import { withDrills } from './page.ts';

const PAGE = readFileSync('docs/reliability.md', 'utf8');
const circumstances = { command: 'npm run drill', date: '2026-11-22', machine: '2 × a processor' };

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

test('the part between the lines is exchanged, and nothing else', () => {
  const before = PAGE.slice(0, PAGE.indexOf('<!--'));
  const after = PAGE.slice(PAGE.indexOf('<!-- to here -->'));

  const page = withDrills(PAGE, [[aResult()]], circumstances);

  expect(page.startsWith(before)).toBe(true);
  expect(page.endsWith(after)).toBe(true);
  expect(page).toContain(
    '| `no-oversell` | the server is killed | stock is never below zero | 1 of 1 | orders: 9,000; kills: 5 |',
  );
});

test('how often it held is counted over all times', () => {
  const rounds = [[aResult({ broken: ['an order is gone'] })], [aResult()], [aResult()]];

  expect(withDrills(PAGE, rounds, circumstances)).toContain('| 2 of 3 |');
});

test('what was not tried says why', () => {
  const rounds = [[aResult({ figures: [], skipped: 'no container engine' })]];

  expect(withDrills(PAGE, rounds, circumstances)).toContain(
    '| - | not tried: no container engine |',
  );
});

test('docs/reliability.md promises what is tried, and nothing else', () => {
  const [, part = ''] = /<!-- npm run drill[^]*?-->([^]*)<!-- to here/.exec(PAGE) ?? [];
  const rows = part.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \|/gm);

  const told = Array.from(rows, ([, name, breaks, promise]) => ({ name, breaks, promise }));

  expect(told).toEqual(DRILLS.map(({ name, breaks, promise }) => ({ name, breaks, promise })));
});
