import { afterAll, beforeAll, describe, it } from 'vitest';
import { type Harness, startHarness } from '../harness.js';
import { openStore, type Store } from './store.js';
import { storeRules } from './store-rules.js';

describe('the rules of DynamoDB and its streams, in the sandbox', () => {
  let harness: Harness;
  let store: Store;

  beforeAll(async () => {
    harness = await startHarness({ shardsPerTable: 1 });
    store = openStore(harness.sandbox.url);
  });
  afterAll(async () => {
    await store.close();
    await harness.close();
  });

  for (const { name, check } of storeRules) it(name, () => check(store));
});
