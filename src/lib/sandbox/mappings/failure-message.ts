import type { BatchRecord, Piece } from './batch.js';
import { instant } from './lambda-event.js';

/** Why records were discarded. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** What a failure message is made of. */
export interface Discard {
  readonly piece: Piece;
  readonly condition: DiscardCondition;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  readonly nowMs: number;
  /** Stands in for the id of an invocation when there was none. */
  readonly requestId: string;
}

/**
 * What Lambda sends to the destination on failure: FACTS B.5. There are no records in it, only where they are; without an
 * invocation there is no `responseContext`, and the `approximateInvokeCount` of 0 is then UNVERIFIED.
 */
export function failureMessage(discard: Discard): Readonly<Record<string, unknown>> {
  const { piece, condition, functionArn, streamArn, shardId, nowMs } = discard;
  const { records, last, failures } = piece;
  const first = records[0];
  const end = records.at(-1);
  return {
    requestContext: {
      requestId: last?.requestId ?? discard.requestId,
      functionArn,
      condition,
      approximateInvokeCount: last === undefined ? 0 : Math.max(1, failures),
    },
    ...(last === undefined
      ? {}
      : {
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: last.functionError },
        }),
    version: '1.0',
    timestamp: new Date(nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: end?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(end),
      batchSize: records.length,
      streamArn,
    },
  };
}

function arrival(record: BatchRecord | undefined): string | undefined {
  return record === undefined ? undefined : instant(record.writtenAtMs);
}

/** The key under which S3 gets it: FACTS B.5. */
export function failureObjectKey(uuid: string, shardId: string, nowMs: number, randomUuid: string): string {
  const iso = new Date(nowMs).toISOString();
  const day = iso.slice(0, 10);
  const time = iso.slice(11, 19).replaceAll(':', '.');
  return `aws/lambda/${uuid}/${shardId}/${day.replaceAll('-', '/')}/${day}T${time}-${randomUuid}`;
}
