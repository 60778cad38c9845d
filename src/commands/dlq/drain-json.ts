import type { SettledMessage } from '../../lib/dlq/drain-events.js';
import type { StreamBatchMessage } from '../../lib/dlq/failure-message.js';

/** A settled message as a JSON event. */
export function settledEvent(event: SettledMessage) {
  const { type, messageId, outcome, message, records, leftOut, loss, fate, archived, reason } = event;
  return {
    type,
    messageId,
    outcome,
    fate,
    ...(message === undefined ? {} : messageJson(message)),
    delivered: records,
    leftOut,
    lost: loss === undefined ? null : { all: loss.all, why: loss.why, leftFrom: loss.leftFrom ?? null },
    archived,
    reason: reason ?? null,
  };
}

/** What a message points to, flat. */
export function messageJson({ batch, failure }: StreamBatchMessage) {
  return {
    function: failure.consumerName,
    condition: failure.condition,
    table: batch.tableName,
    streamArn: batch.streamArn,
    shardId: batch.shardId,
    startSequenceNumber: batch.startSequenceNumber,
    endSequenceNumber: batch.endSequenceNumber,
    records: batch.batchSize ?? null,
  };
}
