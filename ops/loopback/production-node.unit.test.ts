import { PROGRAMS } from '../../contract.ts';
import { imageArguments } from './production-node.ts';

test('drills and the benchmark run what the image runs', () => {
  expect(imageArguments().at(-1)).toBe(PROGRAMS.server);
  expect(imageArguments()).toContain('--max-semi-space-size=16');
});

test.each(['FROM scratch', 'CMD ["sh", "-c", "node service/server.js"]'])('not: %s', (image) => {
  expect(() => imageArguments(image)).toThrow('does not run node');
});
