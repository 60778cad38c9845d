import { decodeFailure } from '../../../src/lib/dlq/decode.js';
import type { Delivery } from '../../../src/lib/dlq/drain-sink.js';
import { recordFromWire } from '../../../src/lib/streams/stream-record.js';
import { fakeRecord } from '../../support/fake-record.js';
import { failureBody } from './samples.js';

export const STREAM_ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123';
export const SHARD_ID = 'shardId-00000001573689847184-864758bb';

/** A delivery of records `from` to `from + records - 1`. */
export function aDelivery(from: number, records: number, bytesEach = 0): Delivery {
  const number = (index: number): string => String(800_000_000_000_000_000_000n + BigInt(index));
  const body = failureBody({ start: number(from), end: number(from + records - 1), batchSize: records });
  const message = decodeFailure(body);
  if (message.kind !== 'stream-batch') throw new Error('no batch');
  return {
    messageId: `m-${from}`,
    message,
    records: Array.from({ length: records }, (_, index) => ({
      record: recordFromWire(fakeRecord(from + index, number(from + index), 1_795_306_399, bytesEach)),
      eventSourceArn: STREAM_ARN,
    })),
  };
}
