import { afterAll } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/lib/sandbox/sandbox.js';
import { testEndpoint } from '../endpoint/suite.js';

let sandbox: Sandbox | undefined;
afterAll(() => sandbox?.close());

testEndpoint('the sandbox', async () => {
  sandbox = await startSandbox({ statusDelayMs: 100 });
  return { url: sandbox.url, region: 'us-east-1' };
});
