import { small } from '../testing/small.ts';
import { noOversell } from './no-oversell.ts';

test('no piece is sold twice, whatever breaks meanwhile', async () => {
  const { figures, broken } = await small(noOversell);

  const figure = Object.fromEntries(figures);
  expect(broken).toEqual([]);
  expect(Number(figure['confirmed'])).toBeGreaterThan(0);
  expect(Number(figure['sold out'])).toBeGreaterThan(0);
  expect(Number(figure['backends terminated'])).toBeGreaterThan(0);
  expect(Number(figure['connections lost, asked again'])).toBeGreaterThan(0);
}, 90_000);
