import { readFileSync } from 'node:fs';
import { isJsonObject } from '../../../src/lib/model/json-object.js';

/** What an on-failure message is made of; what is not given is as AWS documents it (FACTS B.5). */
export interface BodyParts {
  readonly shardId?: string;
  readonly start?: string;
  readonly end?: string;
  readonly batchSize?: number;
  readonly streamArn?: string;
  readonly functionName?: string;
  readonly condition?: string;
  readonly writtenAtMs?: number;
  readonly failedAtMs?: number;
}

const seconds = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** The body of the message that Lambda sends when it gives a batch up. */
export function failureBody(parts: BodyParts = {}): string {
  const {
    shardId = 'shardId-00000001573689847184-864758bb',
    start = '800000000003126276362',
    end = start,
    batchSize = 1,
    streamArn = 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123',
    functionName = 'orders-indexer',
    condition = 'RetryAttemptsExhausted',
    writtenAtMs = Date.UTC(2026, 10, 22, 0, 13, 19),
    failedAtMs = writtenAtMs + 30_717,
  } = parts;
  return JSON.stringify({
    requestContext: {
      requestId: '316aa6d0-8154-4bb9-9af7-85d5f4a6bc81',
      functionArn: `arn:aws:lambda:us-east-1:111122223333:function:${functionName}`,
      condition,
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(failedAtMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: start,
      endSequenceNumber: end,
      approximateArrivalOfFirstRecord: seconds(writtenAtMs),
      approximateArrivalOfLastRecord: seconds(writtenAtMs),
      batchSize,
      streamArn,
    },
  });
}

/** A message of `test/lib/dlq/messages`, one for each form that AWS sends. */
export function sampleBody(name: string): string {
  return readFileSync(new URL(`messages/${name}.json`, import.meta.url), 'utf8');
}

/** A sample as an object to be changed. */
export function sampleObject(name: string): Record<string, unknown> {
  const value: unknown = JSON.parse(sampleBody(name));
  if (!isJsonObject(value)) throw new Error(`${name} is no object`);
  return { ...value };
}
