import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFailure } from '../../../src/lib/dlq/decode.js';
import { failureBody, sampleBody, sampleObject } from './samples.js';

const batch = {
  streamArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/2026-11-20T10:11:12.123',
  tableName: 'orders',
  region: 'us-east-1',
  shardId: 'shardId-00000001573689847184-864758bb',
  startSequenceNumber: '800000000003126276362',
  endSequenceNumber: '800000000003126276362',
  firstArrivalMs: Date.parse('2026-11-22T00:13:19Z'),
  lastArrivalMs: Date.parse('2026-11-22T00:13:19Z'),
  batchSize: 1,
};
const failure = {
  consumer: 'function',
  consumerArn: 'arn:aws:lambda:us-east-1:111122223333:function:orders-consumer',
  consumerName: 'orders-consumer',
  condition: 'RetryAttemptsExhausted',
  attempts: 2,
  functionError: 'Unhandled',
  requestId: '316aa6d0-8154-4bb9-9af7-85d5f4a6bc81',
  failedAtMs: Date.parse('2026-11-22T00:13:49.717Z'),
};

describe('a message of a failure queue', () => {
  it('of a function that failed', () => {
    expect(decodeFailure(sampleBody('sqs-body'))).toEqual({
      kind: 'stream-batch',
      batch,
      failure,
      wrapped: false,
      records: undefined,
    });
  });

  it('of a partial batch failure, which has no function error', () => {
    expect(decodeFailure(sampleBody('sqs-body.partial-batch'))).toMatchObject({
      kind: 'stream-batch',
      failure: { functionError: undefined, attempts: 2 },
    });
  });

  it('of records that grew too old, with and without an invocation', () => {
    expect(decodeFailure(sampleBody('sqs-body.record-age'))).toMatchObject({
      failure: { condition: 'RecordAgeExceeded', attempts: 1, functionError: 'Unhandled' },
    });
    expect(decodeFailure(sampleBody('sqs-body.no-invocation'))).toMatchObject({
      kind: 'stream-batch',
      failure: { condition: 'RecordAgeExceeded', attempts: 0, functionError: undefined },
    });
  });

  it('in the envelope of SNS, and delivered raw', () => {
    expect(decodeFailure(sampleBody('sns-notification'))).toEqual({
      kind: 'stream-batch',
      batch,
      failure,
      wrapped: true,
      records: undefined,
    });
    const raw: unknown = sampleObject('sns-notification')['Message'];
    expect(decodeFailure(String(raw))).toMatchObject({ kind: 'stream-batch', wrapped: false });
  });

  it('of an EventBridge pipe', () => {
    expect(decodeFailure(sampleBody('pipe'))).toMatchObject({
      kind: 'stream-batch',
      batch: { batchSize: 10, endSequenceNumber: '800000000003126276371' },
      failure: {
        consumer: 'pipe',
        consumerName: 'orders-audit',
        condition: 'RetryAttemptsExhausted',
        attempts: undefined,
      },
    });
  });

  it.each(['s3-object.documented-string-payload', 's3-object.object-payload-variant'])(
    'with its records in it: %s',
    name => {
      const decoded = decodeFailure(sampleBody(name));
      expect(decoded).toMatchObject({ kind: 'stream-batch', batch, failure });
      if (decoded.kind !== 'stream-batch') throw new Error('no batch');
      expect(decoded.records).toMatchObject([
        { eventName: 'INSERT', dynamodb: { SequenceNumber: '800000000003126276362' } },
      ]);
    },
  );

  it('whose payload is torn still points to its records', () => {
    for (const payload of ['{"Records": [', 7, null, { Records: 'none' }, { Records: [] }]) {
      const body = JSON.stringify({ ...sampleObject('sqs-body'), payload });
      expect(decodeFailure(body)).toMatchObject({ kind: 'stream-batch', records: undefined });
    }
  });

  it('of a Kinesis stream is named', () => {
    expect(decodeFailure(sampleBody('kinesis'))).toEqual({
      kind: 'kinesis-batch',
      streamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/clicks',
      consumerName: 'clicks-consumer',
    });
  });

  it.each([
    ['', 'it is not a JSON object'],
    ['order 17 failed', 'it is not a JSON object'],
    ['[1]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['{"id": 17}', 'it has no DDBStreamBatchInfo'],
    ['{"DDBStreamBatchInfo": {}}', 'it names neither a function nor a pipe'],
    ['{"Type": "Notification", "TopicArn": "arn:t", "Message": "hello"}', 'it is an SNS notification without'],
    [failureBody({ streamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/s' }), 'names no DynamoDB stream'],
    [failureBody({ shardId: '' }), 'names no shard'],
    [failureBody({ start: 'x' }), 'names no range of sequence numbers'],
    [failureBody({ start: '12', end: '11' }), 'ends before it starts'],
  ])('that is something else is foreign: %s', (body, reason) => {
    const decoded = decodeFailure(body);
    expect(decoded.kind).toBe('foreign');
    if (decoded.kind === 'foreign') expect(decoded.reason).toContain(reason);
  });

  it('leaves the Region out where an emulator made the ARN up', () => {
    const streamArn = 'arn:aws:dynamodb:ddblocal:000000000000:table/Orders/stream/2026-11-20T10:11:12.123';
    expect(decodeFailure(failureBody({ streamArn }))).toMatchObject({ batch: { region: undefined } });
  });

  it('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), body => decodeFailure(body).kind.length > 0));
    const names = ['requestContext', 'responseContext', 'context', 'DDBStreamBatchInfo', 'payload', 'Type', 'Message'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const kind = decodeFailure(JSON.stringify({ ...sampleObject('sqs-body'), [name]: value })).kind;
        expect(['stream-batch', 'foreign']).toContain(kind);
      }),
    );
  });
});
