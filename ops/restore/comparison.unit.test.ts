import type { Inspection } from '../../service/database/inspection.ts';
import { compare, unusable } from './comparison.ts';

const NOW: Inspection = {
  schema: { build: 3, minimumBuild: 1 },
  rows: { orders: 120, products: 30 },
  broken: { 'orders whose total is wrong': 0 },
  newest: { order: '2026-11-21T18:40:00.000Z' },
};
const THEN: Inspection = {
  ...NOW,
  rows: { orders: 118, products: 31 },
  newest: { order: '2026-11-21T18:29:58.120Z' },
};

test('what would be lost and what would come back is told beside each other', () => {
  expect(compare({ name: 'store', found: NOW }, { name: 'store-2026', found: THEN })).toEqual([
    '                                                store                store-2026',
    'newest order                 2026-11-21T18:40:00.000Z  2026-11-21T18:29:58.120Z',
    'rows of orders                                    120                       118  -2',
    'rows of products                                   30                        31  +1',
    'orders whose total is wrong                         0                         0',
  ]);
});

test('of one that cannot be asked nothing is told', () => {
  const [, newest, orders] = compare(
    { name: 'store', found: undefined },
    { name: 'store-2026', found: THEN },
  );

  expect(newest).toMatch(/newest order +\? +2026/);
  expect(orders).toMatch(/rows of orders +\? +118$/);
});

test.each([
  ['the ledger is broken', { broken: { 'orders whose total is wrong': 2 } }, '2 orders whose'],
  ['the released image is too old', { schema: { build: 2, minimumBuild: 3 } }, 'needs build 3'],
])('it cannot serve when %s', (_, changed, sentence) => {
  expect(unusable({ ...THEN, ...changed })).toContain(sentence);
});

test('it can when only its schema is too old: that is brought up', () => {
  const schema = { build: 3, minimumBuild: 1, mismatch: 'the schema lacks 0003_api_keys' };

  expect(unusable({ ...THEN, schema })).toBeUndefined();
});
