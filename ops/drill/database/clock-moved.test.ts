import { small } from '../testing/small.ts';
import { clockMoved } from './clock-moved.ts';

test('a clock that is set wrong and right again locks nobody out and lets nobody in', async () => {
  const { figures, broken } = await small(clockMoved);

  expect(broken).toEqual([]);
  expect(Object.fromEntries(figures)).toMatchObject({
    'minutes ahead, in turn': '10, 0, -10, 0',
    requests: expect.stringMatching(/^[1-9][\d,]* well/),
  });
}, 90_000);
