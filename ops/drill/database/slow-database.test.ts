import { small } from '../testing/small.ts';
import { slowDatabase } from './slow-database.ts';

test('a slow database delays those who need what is slow, and nobody for long', async () => {
  const { figures, broken } = await small(slowDatabase);

  expect(broken).toEqual([]);
  expect(Object.fromEntries(figures)).toMatchObject({
    'orders for a row that is held': expect.stringMatching(/[1-9]\d* with 503/),
    'an order whose statement hangs': expect.stringMatching(/^0 well, 1 with 503/),
    'all others meanwhile': expect.stringMatching(/^[1-9][\d,]* well, 0 with 503/),
    'requests while a table is held': expect.stringMatching(/[1-9]\d* with 503/),
  });
}, 90_000);
