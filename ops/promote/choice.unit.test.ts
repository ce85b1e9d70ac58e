import type { ReleaseRecord } from '../running/records.ts';
import { servedWell } from './choice.ts';

const dev = { name: 'dev' };
const [a, b] = ['sha256:a', 'sha256:b'] as const;

/** Newest first. */
function records(...differences: readonly Partial<ReleaseRecord>[]): ReleaseRecord[] {
  return differences.map(record);
}

function record(differences: Partial<ReleaseRecord>): ReleaseRecord {
  return {
    kind: 'release',
    begun: '2026-11-20T18:00:00.000Z',
    ended: '2026-11-20T18:06:05.000Z',
    who: 'arn:somebody',
    digest: a,
    commit: 'c',
    checkout: 'c',
    outcome: 'succeeded',
    plans: {},
    ...differences,
  };
}

test('the image of the last release that ended well is promoted, also of a rollback', () => {
  const history = records({ digest: b, kind: 'rollback' }, { digest: a });

  expect(servedWell(history, dev).digest).toBe(b);
});

test('after a release that failed nothing is promoted by itself, and what can be is named', () => {
  const history = records({ digest: b, outcome: 'failed' }, { digest: a });

  expect(() => servedWell(history, dev)).toThrow(
    `the last release of dev, of 2026-11-20T18:00:00.000Z, ended as failed: what serves there is not sure. Release it anew, or name an image with --digest; seen serving well were ${a}`,
  );
  expect(servedWell(history, dev, a).digest).toBe(a);
});

test('nothing is promoted while a release is at work there, or was killed', () => {
  expect(() => servedWell(records({ outcome: 'begun' }), dev)).toThrow(
    'has not ended, or was killed',
  );
});

test('where nothing ever served well that is said', () => {
  expect(() => servedWell(records({ outcome: 'failed' }), dev)).toThrow(
    'none was seen serving well there',
  );
});

test('an image that failed there is not promoted by its digest either', () => {
  const history = records({ digest: b, outcome: 'failed' }, { digest: a });

  expect(() => servedWell(history, dev, b)).toThrow(`${b} was never seen serving well in dev`);
});

test('where nothing was released it says what to do', () => {
  expect(() => servedWell([], dev)).toThrow('dev was never released: npm run release -- dev');
});
