import { functionNameOfArn, looksLikeRegion, parseStreamArn } from '../aws/arn.js';
import { isJsonObject } from '../model/json-object.js';
import { isSequenceNumber } from '../model/sequence-number.js';
import type { Failure, FailureMessage, StreamBatch } from './failure-message.js';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads the body of a message, or an object of an S3 destination: a Lambda failure message, the same in an SNS
 * envelope, and the message of an EventBridge pipe (FACTS B.5). Whatever is none of them is foreign; nothing throws.
 */
export function decodeFailure(body: string): FailureMessage {
  const document = parseObject(body);
  if (document === undefined) return foreign('it is not a JSON object');
  const inner = snsMessage(document);
  if (inner === undefined) return decodeDocument(document, false);
  const unwrapped = parseObject(inner);
  if (unwrapped === undefined) return foreign('it is an SNS notification without a JSON object in it');
  return decodeDocument(unwrapped, true);
}

function decodeDocument(document: JsonObject, wrapped: boolean): FailureMessage {
  const failure = failureOf(document);
  const kinesis = document['KinesisBatchInfo'];
  if (isJsonObject(kinesis)) {
    return {
      kind: 'kinesis-batch',
      streamArn: text(kinesis['streamArn']) ?? '',
      consumerName: failure?.consumerName ?? '',
    };
  }
  const info = document['DDBStreamBatchInfo'];
  if (!isJsonObject(info)) return foreign('it has no DDBStreamBatchInfo');
  if (failure === undefined) return foreign('it names neither a function nor a pipe');
  const batch = batchOf(info);
  if (typeof batch === 'string') return foreign(`its DDBStreamBatchInfo ${batch}`);
  return { kind: 'stream-batch', batch, failure, wrapped, records: payloadRecords(document['payload']) };
}

/** The text in an SNS envelope; undefined when the document is none. */
function snsMessage(document: JsonObject): string | undefined {
  return document['Type'] === 'Notification' && typeof document['TopicArn'] === 'string'
    ? text(document['Message'])
    : undefined;
}

function failureOf(document: JsonObject): Failure | undefined {
  const context = objectOf(document['requestContext']);
  const pipe = objectOf(document['context']);
  const response = objectOf(document['responseContext']);
  const functionArn = text(context['functionArn']);
  const pipeArn = text(pipe['partnerResourceArn']);
  const consumerArn = functionArn ?? pipeArn;
  if (consumerArn === undefined) return undefined;
  return {
    consumer: functionArn === undefined ? 'pipe' : 'function',
    consumerArn,
    consumerName: functionArn === undefined ? pipeName(consumerArn) : functionNameOfArn(functionArn),
    condition: text(context['condition']) ?? text(pipe['condition']) ?? 'unknown',
    attempts: count(context['approximateInvokeCount']),
    functionError: text(response['functionError']),
    requestId: text(context['requestId']),
    failedAtMs: instant(document['timestamp']),
  };
}

/** @returns the batch, or what is wrong with it, said of the info */
function batchOf(info: JsonObject): StreamBatch | string {
  const streamArn = text(info['streamArn']) ?? '';
  const shardId = text(info['shardId']) ?? '';
  const startSequenceNumber = text(info['startSequenceNumber']) ?? '';
  const endSequenceNumber = text(info['endSequenceNumber']) ?? '';
  const stream = parseStreamArn(streamArn);
  if (stream === undefined) return 'names no DynamoDB stream';
  if (shardId === '') return 'names no shard';
  if (!isSequenceNumber(startSequenceNumber) || !isSequenceNumber(endSequenceNumber)) {
    return 'names no range of sequence numbers';
  }
  if (BigInt(endSequenceNumber) < BigInt(startSequenceNumber)) return 'ends before it starts';
  return {
    streamArn,
    tableName: stream.tableName,
    region: looksLikeRegion(stream.region) ? stream.region : undefined,
    shardId,
    startSequenceNumber,
    endSequenceNumber,
    firstArrivalMs: instant(info['approximateArrivalOfFirstRecord']),
    lastArrivalMs: instant(info['approximateArrivalOfLastRecord']),
    batchSize: count(info['batchSize']),
  };
}

/** The records of a payload, which comes as text or as an object (FACTS B.5); undefined where it holds none. */
function payloadRecords(payload: unknown): readonly unknown[] | undefined {
  const event = typeof payload === 'string' ? parseObject(payload) : payload;
  const records = isJsonObject(event) ? event['Records'] : undefined;
  return Array.isArray(records) && records.length > 0 ? records : undefined;
}

function pipeName(arn: string): string {
  return /^arn:[^:]+:pipes:[^:]*:\d*:pipe\/(.+)$/.exec(arn)?.[1] ?? arn;
}

function parseObject(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function instant(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function foreign(reason: string): FailureMessage {
  return { kind: 'foreign', reason };
}
