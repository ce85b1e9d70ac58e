import { small } from '../testing/small.ts';
import { readOnlyDatabase } from './read-only-database.ts';

test('a store whose database is a standby sells nothing, shows everything, and comes back', async () => {
  const { figures, broken } = await small(readOnlyDatabase);

  expect(broken).toEqual([]);
  expect(Object.fromEntries(figures)).toMatchObject({
    'reads meanwhile': expect.stringMatching(/^[1-9][\d,]* well, 0 with 503$/),
    'orders meanwhile': expect.stringMatching(/^0 well, [1-9][\d,]* with 503$/),
  });
}, 90_000);
