import { small } from '../testing/small.ts';
import { fuzz } from './fuzz.ts';

test('whatever is asked, the answer is one that the API document knows', async () => {
  const { figures, broken } = await small(fuzz);

  expect(broken).toEqual([]);
  const figure = Object.fromEntries(figures);
  expect(Number(figure['kinds of valid requests that succeeded'])).toBeGreaterThan(15);
  expect(Number(figure['valid, 2xx/3xx/4xx/503']?.split('/')[0])).toBeGreaterThan(50);
  expect(Number(figure['hostile, 2xx/3xx/4xx/503']?.split('/')[2])).toBeGreaterThan(30);
}, 90_000);
