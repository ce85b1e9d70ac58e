import { small } from '../testing/small.ts';
import { slowLoris } from './slow-loris.ts';

test('slow clients are told so and closed, while others are served', async () => {
  const { broken, figures } = await small(slowLoris);

  expect(broken).toEqual([]);
  expect(figures).toContainEqual(['slow connections', '25 by headers, 25 by body']);
}, 90_000);
