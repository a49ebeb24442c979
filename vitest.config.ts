import { defineConfig } from 'vitest/config';

/** The suite of `npm test`; what takes minutes has a configuration of its own (`npm run test:all`). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
