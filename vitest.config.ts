import { defineConfig } from 'vitest/config';

// One project without isolation, for speed; one with a process of its own per file, for what crashes, listens or browses.
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
        test: { name: 'e2e', include: SEPARATE, pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
