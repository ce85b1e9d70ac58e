/** Of `npm run test:deployed`, which names the store in the environment. */
import type { Config } from 'jest';

export default {
  testMatch: ['<rootDir>/**/*.deployed.ts'],
  transform: {},
  // They wait for the network, not for a processor.
  maxWorkers: 4,
  // Milliseconds; a cold store behind a gateway is slow, a hung one is told from it.
  testTimeout: 15_000,
} satisfies Config;
