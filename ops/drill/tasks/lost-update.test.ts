import { small } from '../testing/small.ts';
import { lostUpdate } from './lost-update.ts';

test('of changes to the same version one is made, all others are refused', async () => {
  const { figures, broken } = await small(lostUpdate);

  expect(broken).toEqual([]);
  const { made, refused } = Object.fromEntries(figures);
  expect(Number(made)).toBeGreaterThan(0);
  expect(Number(refused)).toBeGreaterThan(0);
}, 90_000);
