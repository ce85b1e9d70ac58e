import { small } from '../testing/small.ts';
import { secretStoreAway } from './secret-store-away.ts';

test('without the secret store the login that was read serves on, and nobody waits for ever', async () => {
  const { figures, broken } = await small(secretStoreAway);

  expect(broken).toEqual([]);
  const { 'silent: connections broken off': brokenOff, ...others } = Object.fromEntries(figures);
  expect(Number(brokenOff)).toBeGreaterThan(0);
  expect(Number(others['erring after a rotation: requests refused'])).toBeGreaterThan(0);
}, 60_000);
