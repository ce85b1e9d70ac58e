import { small } from '../testing/small.ts';
import { oneOrderPerKey } from './one-order-per-key.ts';

test('one order for each key, wherever connections are cut', async () => {
  const { figures, broken } = await small(oneOrderPerKey);

  const figure = Object.fromEntries(figures);
  expect(broken).toEqual([]);
  expect(Number(figure['confirmations'])).toBe(20 * 11);
  expect(Number(figure['cut in the request'])).toBeGreaterThan(0);
  expect(Number(figure['cut in the answer'])).toBeGreaterThan(0);
}, 90_000);
