import type { ReleaseRecord } from '../running/records.ts';
import { asText } from './listing.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

function record(differences: Partial<ReleaseRecord>): ReleaseRecord {
  return {
    kind: 'release',
    begun: '2026-11-20T18:00:00.000Z',
    ended: '2026-11-20T18:06:05.000Z',
    who: 'arn:aws:iam::123456789012:user/ada',
    digest: digest('a'),
    commit: '0123abcd',
    checkout: '0123abcd',
    outcome: 'succeeded',
    plans: { network: 'no changes', service: '1 to update' },
    ...differences,
  };
}

test('a release is told whole: when, who, image, plans', () => {
  expect(asText([record({})], 'dev', digest('a')).split('\n')).toEqual([
    '* 2026-11-20T18:00:00.000Z  release succeeded, 6:05 min',
    '    by      arn:aws:iam::123456789012:user/ada',
    `    image   ${digest('a')}, commit 0123abcd`,
    '    plans   network: no changes',
    '            service: 1 to update',
  ]);
});

test('the image that serves is marked, not one that failed after it', () => {
  const failed = record({
    digest: digest('b'),
    outcome: 'failed',
    reason: 'the tasks did not start\nlast lines',
  });

  const [first, second] = asText([failed, record({})], 'dev', digest('a')).split('\n\n');

  expect(first).toMatch(/^ {2}2026.* release failed/);
  expect(first).toMatch(/ {4}why {5}the tasks did not start$/);
  expect(second).toMatch(/^\* 2026/);
});

test('a rollback names the code of the image and that of the stacks', () => {
  const rollback = record({
    kind: 'rollback',
    commit: '0123abcd',
    checkout: '4567ef01',
    plans: {},
  });

  expect(asText([rollback], 'dev')).toContain('commit 0123abcd, stacks of 4567ef01');
});

test('a promoted image names where it came from, and every release the schema that it left', () => {
  const promoted = record({ from: 'staging', schema: { build: 12, minimumBuild: 10 }, plans: {} });

  expect(asText([promoted], 'prod').split('\n').slice(2)).toEqual([
    `    image   ${digest('a')}, commit 0123abcd, from staging`,
    '    schema  build 12; images from build 10 on work',
  ]);
});

test('where nothing was released it says what to do', () => {
  expect(asText([], 'dev')).toBe('dev was never released: npm run release -- dev');
});
