import { PROGRAMS } from '../../contract.ts';
import { imageArguments } from './production-node.ts';

test('drills and the benchmark run what the image runs', () => {
  const flags = ['--max-semi-space-size=16', '--no-parallel-scavenge'];

  expect(imageArguments()).toEqual([...flags, PROGRAMS.server]);
});

test.each(['FROM scratch', 'CMD ["sh", "-c", "node service/server.js"]'])('not: %s', (image) => {
  expect(() => imageArguments(image)).toThrow('does not run node');
});
