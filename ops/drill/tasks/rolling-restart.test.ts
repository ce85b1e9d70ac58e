import { small } from '../testing/small.ts';
import { rollingRestart } from './rolling-restart.ts';

test('while tasks come and go behind a load balancer no request fails', async () => {
  const { figures, broken } = await small(rollingRestart);

  expect(broken).toEqual([]);
  const { 'tasks replaced': tasks, requests } = Object.fromEntries(figures);
  expect(tasks).toBe('2');
  expect(Number(requests?.replace(',', ''))).toBeGreaterThan(100);
}, 90_000);
