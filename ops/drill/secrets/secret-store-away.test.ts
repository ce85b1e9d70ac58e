import { small } from '../testing/small.ts';
import { secretStoreAway } from './secret-store-away.ts';

test('without the secret store the login that was read serves on, and nobody waits for ever', async () => {
  const { figures, broken } = await small(secretStoreAway);

  expect(broken).toEqual([]);
  const { 'silent: connections broken off': brokenOff } = Object.fromEntries(figures);
  expect(Number(brokenOff)).toBeGreaterThan(0);
}, 90_000);
