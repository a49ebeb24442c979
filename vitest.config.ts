import { defineConfig } from 'vitest/config';

/** The suite of `npm test`; what takes minutes has a configuration of its own (`npm run test:all`). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
    // A machine that is busy with other things is slower by an order of magnitude; nothing is wrong then.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
