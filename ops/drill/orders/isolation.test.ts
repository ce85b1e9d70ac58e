import { small } from '../testing/small.ts';
import { isolation } from './isolation.ts';

test('the login reaches the rows of the store alone, and text stays text', async () => {
  const { figures, broken } = await small(isolation);

  const figure = Object.fromEntries(figures);
  expect(broken).toEqual([]);
  expect(Number(figure['places that take text'])).toBeGreaterThan(80);
  expect(Number(figure['let in, kept as they were'])).toBeGreaterThan(40);
  expect(Number(figure['statements tried as the login'])).toBeGreaterThan(100);
}, 90_000);
