import { SQSClient } from '@aws-sdk/client-sqs';
import { createSqsServer } from 'local-aws-sqs';
import { describe, expect, it } from 'vitest';
import { queuesOf, type SqsRule, sqsRules } from './sqs-rules.js';

/** Where the other implementation is of another opinion; docs/sandbox.md says who is right, and why. */
const DIFFERENCES: readonly string[] = [
  'model: creating a queue again gives its URL; with other attributes it is refused',
  'model: the name of a FIFO queue ends in .fifo',
  'C: retention is 60 s to 14 d, visibility up to 43,200 s; a value outside is InvalidAttributeValue',
  'C: the attributes of the system come by MessageSystemAttributeNames, and by the older AttributeNames',
  'C: a redrive policy names a queue of the same kind that is there, and 1 to 1,000 receives',
  'model: what XML cannot hold is InvalidMessageContents, and no body is none',
];

/** More of them, which hang on that server's own timers, so that it may agree on a slow day: they are not asked. */
const ON_ITS_TIMERS: readonly string[] = [
  'model: the counts tell what can be received, what is in flight and what is delayed',
  'model: visibility 0 gives a message back, and only the newest handle deletes it',
  'C: a message that was received maxReceiveCount times goes to the dead-letter queue, which tells from where',
  'C: a queue is purged once in 60 s',
  'C: a FIFO queue keeps the order of a group, and a group waits for the message in flight',
];

describe('a second opinion on the rules of SQS, local-aws-sqs', () => {
  it('agrees on all rules but those that are known, and differs on those', async () => {
    expect(sqsRules.map(({ name }) => name)).toEqual(expect.arrayContaining([...DIFFERENCES, ...ON_ITS_TIMERS]));
    const differences: { readonly name: string; readonly difference: string }[] = [];
    for (const rule of sqsRules.filter(({ name }) => !ON_ITS_TIMERS.includes(name))) {
      const difference = await differenceOf(rule);
      if (difference !== undefined) differences.push({ name: rule.name, difference });
    }
    expect(differences.map(({ name }) => name).sort(), JSON.stringify(differences)).toEqual([...DIFFERENCES].sort());
  });
});

/** What the other implementation does against a rule; each rule has a server of its own. */
async function differenceOf(rule: SqsRule): Promise<string | undefined> {
  const server = await createSqsServer({ port: 0, hostname: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new SQSClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  try {
    await rule.check(queuesOf(client));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    client.destroy();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}
