import { readRecords, type ReleaseRecord, writeRecord } from '../running/records.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Refusal } from '../deployment/refusal.ts';
import { lockKey, withReleaseLock } from './lock.ts';

let dev: EmulatedDev;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});

afterAll(async () => {
  await dev.emulator.stop();
});

test('of two releases at once one is refused, and told who is at work', async () => {
  const { environment } = dev;
  const second = withReleaseLock(environment, 'arn:anna', () =>
    withReleaseLock(environment, 'arn:ben', async () => undefined),
  );

  await expect(second).rejects.toThrow(/another release is at work: arn:anna/);
});

test('of two that begin in the same moment exactly one works', async () => {
  // Whoever works goes on until the other one has its answer.
  const { promise: answered, resolve: nowAnswered } = Promise.withResolvers<void>();
  const works = import.meta.jest.fn(() => answered);

  const attempts = ['arn:anna', 'arn:ben'].map((who) =>
    withReleaseLock(dev.environment, who, works).catch((error: Error) => {
      nowAnswered();
      return error.message;
    }),
  );
  const outcomes = await Promise.all(attempts);

  expect(works).toHaveBeenCalledTimes(1);
  expect(outcomes.filter((outcome) => outcome !== undefined)).toHaveLength(1);
});

test('the lock is free again after a failure', async () => {
  const failing = withReleaseLock(dev.environment, 'arn:anna', async () => {
    throw new Refusal('the migration failed');
  });
  await expect(failing).rejects.toThrow('the migration failed');

  await expect(withReleaseLock(dev.environment, 'arn:ben', async () => 'done')).resolves.toBe(
    'done',
  );
});

test('the lock of a killed release is named, with the command that frees it', async () => {
  const { environment } = dev;
  await dev.putObject(lockKey(environment), JSON.stringify({ who: 'arn:anna' }));

  await expect(withReleaseLock(environment, 'arn:ben', async () => 0)).rejects.toThrow(
    'npm run unlock -- dev-release',
  );
});

test('records come back newest first, and the lock is none', async () => {
  const { environment } = dev;
  const record = (begun: string): ReleaseRecord => ({
    kind: 'release',
    begun,
    ended: begun,
    who: 'arn:anna',
    digest: 'sha256:a',
    commit: 'c',
    checkout: 'c',
    outcome: 'succeeded',
    plans: {},
  });
  await writeRecord(environment, record('2026-01-01T00:00:00.000Z'));
  await writeRecord(environment, record('2026-01-02T00:00:00.000Z'));
  await dev.putObject(lockKey(environment), '{}');

  const found = await readRecords(environment);

  expect(found.map(({ begun }) => begun)).toEqual([
    '2026-01-02T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
  ]);
});
