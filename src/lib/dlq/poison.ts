import { toPlainObject } from '../model/attribute-value.js';
import { lambdaEvent } from '../streams/lambda-event.js';
import type { DrainEvent } from './drain-events.js';
import type { Delivery, PoisonRecord } from './drain-sink.js';

/** Tells of a record that a sink does not take, with the record as Lambda would get it. */
export function poisonEvent(
  { record, reason }: PoisonRecord,
  { messageId, message }: Delivery,
  sink: string,
): DrainEvent {
  const event: unknown = JSON.parse(lambdaEvent([record]).toString('utf8'));
  const [shown] = recordsOf(event);
  return {
    type: 'poison-record',
    messageId,
    sink,
    shardId: message.batch.shardId,
    sequenceNumber: record.record.sequenceNumber,
    eventName: record.record.eventName,
    keys: toPlainObject(record.record.parsed().dynamodb.Keys ?? {}),
    reason,
    record: shown,
  };
}

function recordsOf(event: unknown): readonly unknown[] {
  const records: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'Records') : undefined;
  return Array.isArray(records) ? records : [];
}
