import { defineConfig } from 'vitest/config';

// One project in threads, for speed; one in processes, for what crashes, listens or browses. Modules are loaded once in each.
const SEPARATE = ['tests/e2e/**/*.test.ts', 'tests/crash/**/*.test.ts'];

export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    // On a machine of two cores the default leaves one of them idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: SEPARATE, pool: 'threads', isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: SEPARATE,
          pool: 'forks',
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
