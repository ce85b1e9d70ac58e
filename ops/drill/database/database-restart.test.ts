import { small } from '../testing/small.ts';
import { databaseRestart } from './database-restart.ts';

test('a store whose database restarts says so, and works again with it', async () => {
  const { figures, broken } = await small(databaseRestart);

  expect(broken).toEqual([]);
  expect(Object.fromEntries(figures)).toMatchObject({
    restarts: '1 orderly, 1 by a crash',
    requests: expect.stringMatching(/^[1-9][\d,]* well, [1-9][\d,]* with 503$/),
  });
}, 90_000);
