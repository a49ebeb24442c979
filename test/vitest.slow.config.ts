import { defineConfig } from 'vitest/config';

/** What takes minutes: sessions of a hundred megabytes in a browser, long fuzzing. */
export default defineConfig({
  test: {
    include: ['test/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', 'test/package/**'],
    fileParallelism: false,
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
