import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startHarness } from '../harness.js';

/** What a client may do with a queue, and time with all. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), delaySeconds: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('receive' as const), count: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('give-back' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 4_000 }) }),
);

interface Answer {
  readonly QueueUrl?: string;
  readonly MessageId?: string;
  readonly Messages?: readonly { readonly MessageId: string; readonly ReceiptHandle: string }[];
  readonly Attributes?: Readonly<Record<string, string>>;
}

describe('a queue, whatever is done with it', () => {
  it('loses nothing: what was sent is there until it is deleted by its newest handle, and counted once', async () => {
    const harness = await startHarness();
    let queues = 0;
    const call = async (operation: string, body: object): Promise<Answer> => {
      const answer = await harness.raw(`AmazonSQS.${operation}`, body);
      expect(answer.status).toBe(200);
      const answered: Answer = JSON.parse(await answer.text());
      return answered;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.boolean(), async (steps, isFifo) => {
        queues += 1;
        const { QueueUrl } = await call('CreateQueue', {
          QueueName: `queue-${queues}${isFifo ? '.fifo' : ''}`,
          Attributes: { VisibilityTimeout: '2', ...(isFifo ? { FifoQueue: 'true' } : {}) },
        });
        const kept = new Set<string>();
        const newestHandle = new Map<string, string>();
        const inHand = (which: number) => [...newestHandle][which % Math.max(1, newestHandle.size)];
        let sent = 0;
        for (const each of steps) {
          if (each.kind === 'send') {
            sent += 1;
            const ids = { MessageGroupId: `g${sent % 2}`, MessageDeduplicationId: String(sent) };
            const input = isFifo ? ids : { DelaySeconds: each.delaySeconds };
            const { MessageId = '' } = await call('SendMessage', { QueueUrl, MessageBody: 'x', ...input });
            kept.add(MessageId);
          } else if (each.kind === 'receive') {
            const { Messages = [] } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: each.count });
            for (const { MessageId, ReceiptHandle } of Messages) newestHandle.set(MessageId, ReceiptHandle);
          } else if (each.kind === 'pass') {
            harness.sandbox.control.advanceClock({ ms: each.ms });
            // A FIFO queue refuses handles whose time is over.
            if (isFifo && each.ms > 0) newestHandle.clear();
          } else {
            const [id, ReceiptHandle] = inHand(each.which) ?? [];
            if (id === undefined) continue;
            newestHandle.delete(id);
            if (each.kind === 'give-back') {
              await call('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
            } else {
              await call('DeleteMessage', { QueueUrl, ReceiptHandle });
              kept.delete(id);
            }
          }
        }
        const { Attributes = {} } = await call('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
        const counts = ['', 'NotVisible', 'Delayed'].map(kind =>
          Number(Attributes[`ApproximateNumberOfMessages${kind}`]),
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(kept.size);
        harness.sandbox.control.advanceClock({ ms: 5_000 });
        const received = new Set<string>();
        for (;;) {
          const { Messages = [] } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
          if (Messages.length === 0) break;
          for (const { MessageId, ReceiptHandle } of Messages) {
            received.add(MessageId);
            await call('DeleteMessage', { QueueUrl, ReceiptHandle });
          }
        }
        expect(received).toEqual(kept);
      }),
      { numRuns: 25 },
    );
    await harness.close();
  });
});
