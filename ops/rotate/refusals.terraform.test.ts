import { lockKey, withReleaseLock } from '../release/lock.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { rotate } from './rotate.ts';

let dev: EmulatedDev;

beforeAll(async () => {
  // Its progress, which would hide what fails.
  import.meta.jest.spyOn(console, 'log').mockReturnValue();
  dev = await emulatedDev({ bucket: true });
});

afterAll(() => dev.emulator.stop());

test('before the first release there is nothing to rotate, and the sentence says what is first', async () => {
  await expect(rotate(dev.table, 'dev')).rejects.toThrow(
    'nothing was released to dev yet, so there is no login to rotate: npm run release -- dev',
  );
});

test('a refused rotation leaves no lock', async () => {
  await rotate(dev.table, 'dev').catch(() => undefined);

  await expect(withReleaseLock(dev.environment, 'ada', async () => 'free')).resolves.toBe('free');
});

test('while a release is at work nothing is rotated', async () => {
  await dev.putObject(lockKey(dev.environment), JSON.stringify({ who: 'ada', id: 'hers' }));

  await expect(rotate(dev.table, 'dev')).rejects.toThrow(/another release is at work: ada/);
});

test('an environment that is not in the table is refused', async () => {
  await expect(rotate(dev.table, 'moon')).rejects.toThrow(/moon/);
});
