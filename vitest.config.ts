import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', exclude: ['tests/e2e/**', 'tests/crash/**', 'node_modules/**'], pool: 'threads', isolate: false },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts', 'tests/crash/**/*.test.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
