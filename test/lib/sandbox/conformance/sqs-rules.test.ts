import { afterAll, beforeEach, describe, it } from 'vitest';
import { type Harness, startHarness } from '../harness.js';
import { queuesOf, sqsRules } from './sqs-rules.js';

describe('the rules of SQS, in the sandbox', () => {
  const running: Harness[] = [];
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness();
    running.push(harness);
  });
  afterAll(() => Promise.all(running.map(each => each.close())));

  for (const { name, check } of sqsRules) it(name, () => check(queuesOf(harness.sqs())));
});
