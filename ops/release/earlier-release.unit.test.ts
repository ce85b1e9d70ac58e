import { lastGood, type ReleaseRecord } from '../running/records.ts';
import { earlierRelease } from './earlier-release.ts';

/** Newest first, as they are read; each a minute after the one before. */
function records(...history: readonly Partial<ReleaseRecord>[]): ReleaseRecord[] {
  return history.map((record, minute) => aRecord(minute, record)).toReversed();
}

function aRecord(minute: number, record: Partial<ReleaseRecord>): ReleaseRecord {
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return {
    kind: 'release',
    begun: at,
    ended: at,
    who: 'arn:somebody',
    digest: 'sha256:a',
    commit: 'c',
    checkout: 'c',
    outcome: 'succeeded',
    plans: {},
    ...record,
  };
}

const [a, b, c] = ['sha256:a', 'sha256:b', 'sha256:c'] as const;

test('goes back to the release before the present one', () => {
  const history = records({ digest: a }, { digest: b }, { digest: c });

  expect(earlierRelease(history, c).digest).toBe(b);
});

test('releases that failed are never gone back to', () => {
  const history = records({ digest: a }, { digest: b, outcome: 'failed' }, { digest: c });

  expect(earlierRelease(history, c).digest).toBe(a);
});

test('a second rollback goes back one more, not forth again', () => {
  const history = records(
    { digest: a },
    { digest: b },
    { digest: c },
    { digest: b, kind: 'rollback' },
  );

  expect(earlierRelease(history, b).digest).toBe(a);
});

test('without an earlier release there is a sentence', () => {
  expect(() => earlierRelease(records({ digest: a }), a)).toThrow('no earlier release');
});

test('a named digest must have been released here', () => {
  const history = records({ digest: a }, { digest: b });

  expect(earlierRelease(history, b, a).digest).toBe(a);
  expect(() => earlierRelease(history, b, c)).toThrow(`there are ${a}`);
});

test('is refused across a migration that took away what the old build needs', () => {
  const old = { digest: a, schema: { build: 3, minimumBuild: 0 } };
  const contracting = { digest: b, schema: { build: 4, minimumBuild: 4 } };

  expect(() => earlierRelease(records(old, contracting), b)).toThrow('needs build 4 or newer');
});

test('a release that failed after such a migration counts too', () => {
  const old = { digest: a, schema: { build: 3, minimumBuild: 0 } };
  const next = { digest: b, schema: { build: 4, minimumBuild: 0 } };
  const failed = { digest: c, outcome: 'failed', schema: { build: 5, minimumBuild: 4 } } as const;

  expect(() => earlierRelease(records(old, next, failed), b)).toThrow('needs build 4 or newer');
});

test('a rollback that was broken off is finished, not taken one further', () => {
  for (const outcome of ['begun', 'interrupted', 'failed'] as const) {
    const rollback = { digest: b, kind: 'rollback', outcome } as const;
    const history = records({ digest: a }, { digest: b }, { digest: c }, rollback);
    // The parameter names it already.
    const present = lastGood(history, b) ?? '';

    expect(earlierRelease(history, present).digest).toBe(b);
  }
});

test('what was only tried is not what one goes back to', () => {
  const killed = records({ digest: a }, { digest: b, outcome: 'begun' });

  expect(lastGood(killed, b)).toBe(a);
  expect(lastGood(records({ digest: b, outcome: 'begun' }), b)).toBeUndefined();
});

test('an environment that was released by hand has its parameter only', () => {
  expect(lastGood([], a)).toBe(a);
});
