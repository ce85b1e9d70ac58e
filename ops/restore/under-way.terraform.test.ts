import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { type RestoreRecord, writeRestore } from './record.ts';
import { requireNoRestore, restoreFindings } from './under-way.ts';

const RECORD: RestoreRecord = {
  phase: 'adopting',
  source: { at: '2026-11-21T18:30:00.000Z' },
  from: 'store-dev',
  to: 'store-dev-202611211845',
  undoes: false,
  begun: '2026-11-21T18:45:00.000Z',
  steps: [],
};

let dev: EmulatedDev;

beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});

afterAll(() => dev.emulator.stop());

test('nobody releases while a restore is between two databases', async () => {
  await writeRestore(dev.environment, RECORD);

  await expect(requireNoRestore(dev.environment)).rejects.toThrow(
    /has not come to its end.*npm run restore -- dev --at 2026-11-21T18:30:00.000Z/,
  );
  const [finding] = await restoreFindings(dev.environment);
  expect(finding).toMatchObject({ isWell: false });
});

test('a database that is only kept is told, and stops nobody', async () => {
  await writeRestore(dev.environment, { ...RECORD, phase: 'kept' });

  await requireNoRestore(dev.environment);

  const [finding] = await restoreFindings(dev.environment);
  expect(finding).toMatchObject({ isWell: true, text: expect.stringContaining('--drop-old') });
});
