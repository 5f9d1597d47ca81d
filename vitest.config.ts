import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One less than there are processors, as it would be else, leaves half of a small machine idle: much of the suite waits for processes.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/setup.ts'],
    globalSetup: ['test/support/postgres-global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
