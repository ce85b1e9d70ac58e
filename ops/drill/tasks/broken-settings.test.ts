import { small } from '../testing/small.ts';
import { brokenSettings } from './broken-settings.ts';

test('however the settings are ruined, the last good ones stay and no request fails', async () => {
  const { figures, broken } = await small(brokenSettings);

  expect(broken).toEqual([]);
  const { 'ways to ruin them': ways, requests } = Object.fromEntries(figures);
  expect(Number(ways)).toBeGreaterThan(5);
  expect(Number(requests?.replace(',', ''))).toBeGreaterThan(20);
}, 90_000);
