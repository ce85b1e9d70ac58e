import type { Config } from 'jest';

/** Node runs TypeScript itself, so nothing is transformed. */
const project = (displayName: string, testMatch: string): Config => ({
  displayName,
  testMatch: [`<rootDir>/${testMatch}`],
  transform: {},
  // Another checkout or an installed package inside the tree is not ours to test.
  modulePathIgnorePatterns: ['<rootDir>/.data/'],
});

export default {
  // Tests wait for the database as much as they compute: two at a time, also on two cores.
  maxWorkers: 2,
  // Milliseconds; some tests start processes, and machines can be busy.
  testTimeout: 30_000,
  globalSetup: '<rootDir>/ops/testing/global-setup.ts',
  globalTeardown: '<rootDir>/ops/testing/global-teardown.ts',
  projects: [
    // No database, no process: part of `npm run check`.
    project('unit', '{service,ops}/**/*.unit.test.ts'),
    // What the stacks synthesise; the same.
    {
      ...project('stacks', 'stacks/**/*.test.ts'),
      setupFilesAfterEnv: ['<rootDir>/stacks/testing/jest-matchers.ts'],
    },
    {
      ...project('database', '{service,ops}/**/!(*.unit|*.terraform).test.ts'),
      globalSetup: '<rootDir>/service/testing/global-setup.ts',
      globalTeardown: '<rootDir>/service/testing/global-teardown.ts',
    },
    // Real Terraform and an emulated AWS, which take minutes: `npm run test:terraform`.
    {
      ...project('terraform', 'ops/**/*.terraform.test.ts'),
      globalSetup: '<rootDir>/ops/terraform/testing/global-setup.ts',
      setupFilesAfterEnv: ['<rootDir>/ops/terraform/testing/each-file.ts'],
    },
  ],
} satisfies Config;
