import { connectedTwoAtOnce, twoAtOnce } from './two-at-once.ts';

test('never more than two at once, and the results in order', async () => {
  let running = 0;
  let most = 0;

  const results = await twoAtOnce([1, 2, 3, 4, 5], async (number) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return number * 10;
  });

  expect(results).toEqual([10, 20, 30, 40, 50]);
  expect(most).toBe(2);
});

test('when one fails the other one ends first, and none is begun', async () => {
  const ended: string[] = [];
  const other = Promise.withResolvers<undefined>();

  const all = twoAtOnce(['bad', 'other', 'never'], async (name) => {
    if (name === 'bad') throw new Error('it is bad');
    await other.promise;
    ended.push(name);
  });
  setImmediate(() => other.resolve(undefined));

  await expect(all).rejects.toThrow('it is bad');
  expect(ended).toEqual(['other']);
});

test('the first stack is connected alone: two would fill the cache of providers at once', async () => {
  const told: string[] = [];
  const connected = Promise.withResolvers<undefined>();
  const stacks = {
    network: {
      connect: async () => {
        told.push('network begins');
        await connected.promise;
        told.push('network is connected');
      },
    },
    identity: { connect: () => Promise.reject(new Error('it connects by itself')) },
  };

  const all = connectedTwoAtOnce(['network', 'identity'], stacks, (name) => {
    told.push(`work on ${name}`);
    return Promise.resolve();
  });
  setImmediate(() => connected.resolve(undefined));
  await all;

  expect(told).toEqual([
    'network begins',
    'network is connected',
    'work on network',
    'work on identity',
  ]);
});
