import { defineConfig } from 'vitest/config';

/** The test of the package: slow, needs the network for the dependencies, and `npm ci` in this directory. */
export default defineConfig({
  test: {
    include: ['test/package/*.slow.test.ts'],
    globalSetup: 'test/package/scratch.ts',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
