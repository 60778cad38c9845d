import { isAwsError } from '../aws/aws-error.js';
import type { BatchFailure, BatchOutcome } from '../aws/batch-outcome.js';
import type { MessageToSend } from '../aws/queue-values.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import { defaultRetryPolicy, fullJitterDelayMs } from '../aws/retry.js';
import type { TopicsGateway } from '../aws/topics-gateway.js';
import type { Clock } from '../model/clock.js';
import { type EventRecord, lambdaEvent } from '../streams/lambda-event.js';
import { type Delivery, DELIVERED, type DeliveryOutcome, type DrainSink } from './drain-sink.js';
import { BATCH_ENTRIES } from './failure-source.js';

/** What repeating a batch needs. */
interface Repeating {
  readonly clock: Clock;
  readonly random: () => number;
}

/** A record as a message, and the delivery that it belongs to. */
interface RecordMessage extends MessageToSend {
  readonly delivery: Delivery;
  readonly bytes: number;
}

type Send = (entries: readonly RecordMessage[], signal: AbortSignal) => Promise<BatchOutcome<RecordMessage>>;

/** All messages of one SendMessageBatch together (FACTS C). */
const SQS_BATCH_BYTES = 1_048_576;
/** All messages of one PublishBatch together: 256 KiB. */
const SNS_BATCH_BYTES = 262_144;
const MOST_ATTEMPTS = 6;

/** One message a record in another queue: the record as Lambda gets it. */
export function queueSink(
  gateway: QueuesGateway,
  queue: { readonly queueName: string; readonly queueUrl: string },
  repeating: Repeating,
): DrainSink {
  const isFifo = queue.queueName.endsWith('.fifo');
  const send: Send = (entries, signal) => gateway.sendBatch(queue.queueUrl, entries, signal);
  return messageSink(`sqs:${queue.queueName}`, send, { isFifo, mostBytes: SQS_BATCH_BYTES }, repeating);
}

/** One notification a record on a topic. */
export function topicSink(gateway: TopicsGateway, topicArn: string, repeating: Repeating): DrainSink {
  const isFifo = topicArn.endsWith('.fifo');
  const send: Send = (entries, signal) => gateway.publishBatch(topicArn, entries, signal);
  const name = topicArn.slice(topicArn.lastIndexOf(':') + 1);
  return messageSink(`sns:${name}`, send, { isFifo, mostBytes: SNS_BATCH_BYTES }, repeating);
}

function messageSink(
  name: string,
  send: Send,
  { isFifo, mostBytes }: { readonly isFifo: boolean; readonly mostBytes: number },
  repeating: Repeating,
): DrainSink {
  return {
    name,
    open: async () => {},
    async deliver(deliveries, signal) {
      const failures = new Map<Delivery, string>();
      const messages = deliveries.flatMap(delivery =>
        delivery.records.map(record => messageOf(delivery, record, isFifo)),
      );
      for (const batch of batchesOf(messages, mostBytes)) {
        // A delivery of which a part has failed is not done whatever becomes of its rest.
        const entries = batch.filter(entry => !failures.has(entry.delivery));
        for (const { entry, message } of await sendAll(entries, send, repeating, signal)) {
          failures.set(entry.delivery, message);
        }
      }
      return deliveries.map((delivery): DeliveryOutcome => {
        const reason = failures.get(delivery);
        return reason === undefined ? DELIVERED : { done: false, reason, poison: [] };
      });
    },
    close: async () => {},
  };
}

/** Sends a batch, and again what AWS did not take of it. @returns what it will not take */
async function sendAll(
  batch: readonly RecordMessage[],
  send: Send,
  { clock, random }: Repeating,
  signal: AbortSignal,
): Promise<readonly BatchFailure<RecordMessage>[]> {
  const forGood: BatchFailure<RecordMessage>[] = [];
  let left = batch;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const { failed } = await sendOrRefuse(left, send, signal);
    const isLastAttempt = attempt >= MOST_ATTEMPTS;
    forGood.push(...failed.filter(failure => failure.senderFault || isLastAttempt));
    left = failed.filter(failure => !failure.senderFault && !isLastAttempt).map(failure => failure.entry);
    if (left.length > 0) await clock.sleep(fullJitterDelayMs(attempt, defaultRetryPolicy, random), signal);
  }
  return forGood;
}

/** A batch that AWS refuses as a whole, as one with a message that is too long, is one whose entries are at fault. */
async function sendOrRefuse(
  batch: readonly RecordMessage[],
  send: Send,
  signal: AbortSignal,
): Promise<BatchOutcome<RecordMessage>> {
  try {
    return await send(batch, signal);
  } catch (error) {
    if (!isAwsError(error, 'validation')) throw error;
    const { code, message } = error;
    return { done: [], failed: batch.map(entry => ({ entry, code, message, senderFault: true })) };
  }
}

/** In a FIFO queue a shard's records keep their order, and a change that is sent twice arrives once. */
function messageOf(delivery: Delivery, record: EventRecord, isFifo: boolean): RecordMessage {
  const body = recordText(record);
  const { shardId } = delivery.message.batch;
  const eventId = record.record.parsed().eventID ?? record.record.sequenceNumber;
  return {
    delivery,
    body,
    bytes: Buffer.byteLength(body),
    ...(isFifo ? { groupId: shardId, deduplicationId: eventId } : {}),
  };
}

/** The record alone, out of the event that holds nothing else. */
function recordText(record: EventRecord): string {
  const event = lambdaEvent([record]).toString('utf8');
  return event.slice('{"Records":['.length, -']}'.length);
}

/** Batches of ten and of the bytes that a call may have; a message that is too long by itself goes alone, and is refused. */
function batchesOf(messages: readonly RecordMessage[], mostBytes: number): readonly (readonly RecordMessage[])[] {
  const batches: RecordMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const batch = batches.at(-1);
    if (batch === undefined || batch.length >= BATCH_ENTRIES || bytes + message.bytes > mostBytes) {
      batches.push([message]);
      bytes = message.bytes;
    } else {
      batch.push(message);
      bytes += message.bytes;
    }
  }
  return batches;
}
