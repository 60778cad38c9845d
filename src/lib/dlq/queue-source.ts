import type { QueueMessage } from '../aws/queue-values.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import { BATCH_ENTRIES, type FailureSource, inBatches, type TakenMessage } from './failure-source.js';

/** Longest wait of a long poll (FACTS C). */
const LONGEST_WAIT_SECONDS = 20;

/** A queue as the place where failure messages lie. */
export function queueSource(
  gateway: QueuesGateway,
  queue: { readonly queueName: string; readonly queueUrl: string },
  visibilityMs: number,
): FailureSource {
  const { queueUrl } = queue;
  const visibilitySeconds = Math.ceil(visibilityMs / 1_000);
  return {
    name: queue.queueName,
    visibilityMs: visibilitySeconds * 1_000,
    async depth(signal) {
      const attributes = await gateway.attributes(queueUrl, signal);
      return Number(attributes['ApproximateNumberOfMessages'] ?? 0);
    },
    async take(most, waitMs, signal) {
      const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, Math.ceil(waitMs / 1_000));
      const maxMessages = Math.min(BATCH_ENTRIES, most);
      return (await gateway.receive({ queueUrl, maxMessages, waitSeconds, visibilitySeconds }, signal)).map(toTaken);
    },
    extend: (messages, signal) =>
      inBatches(messages, part => gateway.changeVisibilityBatch(queueUrl, part, visibilitySeconds, signal)),
    release: (messages, signal) =>
      inBatches(messages, part => gateway.changeVisibilityBatch(queueUrl, part, 0, signal)),
    remove: (messages, signal) => inBatches(messages, part => gateway.deleteBatch(queueUrl, part, signal)),
  };
}

function toTaken({ messageId, receiptHandle, body, sentAtMs, receiveCount }: QueueMessage): TakenMessage {
  return { id: messageId, receiptHandle, body, sentAtMs, receiveCount };
}
