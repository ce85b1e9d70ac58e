import { small } from '../testing/small.ts';
import { authentication } from './authentication.ts';

test('a bad token is refused everywhere, and an issuer that is away costs no known caller', async () => {
  const { figures, broken } = await small(authentication);

  expect(broken).toEqual([]);
  const figure = Object.fromEntries(figures);
  expect(Number(figure['token faults'])).toBeGreaterThan(50);
  expect(figure['refused as too long (431)']).toBe('2');
  expect(figure['served from cached keys']).toBe('4 of 4');
}, 90_000);
