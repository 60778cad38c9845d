import { defineConfig } from 'vitest/config';
import { leaveTheOutsideWorld, testEnv } from './scripts/test-environment.js';

leaveTheOutsideWorld(process.env);

/** The part of the tests that any endpoint has to pass: `npm run test:endpoint`, which names it in DDBX_TEST_ENDPOINT. */
export default defineConfig({
  test: {
    env: testEnv,
    include: ['test/endpoint/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
