import { defineConfig } from 'vitest/config';
import { leaveTheOutsideWorld, testEnv } from './scripts/test-environment.js';

leaveTheOutsideWorld(process.env);

/** Tests that run what is in dist, and so need it to be built; the others must not wait for that. */
const builtTests = ['test/cli/*.test.ts', 'test/cli/!(harness)/**/*.test.ts', 'test/package/**/*.test.ts'];

export default defineConfig({
  test: {
    env: testEnv,
    restoreMocks: true,
    pool: 'forks',
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      thresholds: {
        'src/lib/model/**': { lines: 90, branches: 90, functions: 90, statements: 90 },
        'src/lib/streams/**': { lines: 90, branches: 90, functions: 90, statements: 90 },
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...builtTests, 'test/endpoint/**'],
          // What is under test takes clock, environment and randomness as arguments, so there is nothing to keep apart;
          // a fresh process for each file takes three times as long.
          isolate: false,
          // A limit for what hangs, not a measure of speed: a busy machine may take long.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: builtTests,
          globalSetup: ['test/cli/harness/build-once.mjs'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
