import type { SandboxState } from '../state.js';
import type { MessageAttributes } from './message-attributes.js';
import type { MoveTask } from './move-task.js';

/** A message in a queue. All times are in milliseconds since the epoch, by the sandbox's clock. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** Such as AWSTraceHeader. */
  readonly systemAttributes: MessageAttributes;
  readonly senderId: string;
  readonly sentAtMs: number;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Of FIFO queues alone. */
  readonly sequenceNumber: string | undefined;
  /** The queue that gave the message up, in a dead-letter queue. */
  readonly deadLetterSourceArn: string | undefined;
  /** From when on it can be received. */
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedAtMs: number | undefined;
  /** The newest handle, the only one that deletes; there is none before the message was received here. */
  receiptHandle: string | undefined;
}

/** What a FIFO queue remembers of a message for five minutes, to know its duplicates. */
export interface SentMessage {
  readonly untilMs: number;
  readonly id: string;
  readonly sequenceNumber: string;
}

/** A queue. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  /** The attributes that can be set, as texts, defaults included; those without a value are absent. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** By id, in the order in which they came in; those of a standard queue that were received stand behind. */
  readonly messages: Map<string, QueueMessage>;
  /** No message was sent before this instant; nothing can have expired sooner than one retention period after it. */
  oldestSentAtMs: number;
  purgedAtMs: number | undefined;
  /** How many messages a FIFO queue has numbered. */
  numbered: number;
  /** What a FIFO queue was sent lately, by deduplication scope and id. */
  readonly sent: Map<string, SentMessage>;
}

/** The queues of a Region. */
export interface SqsState {
  readonly queues: Map<string, Queue>;
  /** When queues were deleted, by name: for a minute their names cannot be taken again. */
  readonly deletedAtMs: Map<string, number>;
  /** Newest first. */
  readonly moveTasks: MoveTask[];
}

/** A Region without queues. */
export function createSqsState(): SqsState {
  return { queues: new Map(), deletedAtMs: new Map(), moveTasks: [] };
}

/** A queue by its ARN, whatever its Region; `undefined` when there is none. */
export function findQueueByArn(state: SandboxState, arn: string): Queue | undefined {
  const region = state.regions.get(arn.split(':')[3] ?? '');
  const queue = region?.sqs.queues.get(arn.split(':')[5] ?? '');
  return queue?.arn === arn ? queue : undefined;
}

/** An attribute that is a number; every queue has all of these. */
export function numericAttribute(queue: Queue, name: string): number {
  return Number(queue.attributes.get(name) ?? 0);
}

/** Forgets messages that are older than the queue's retention period. */
export function expireMessages(queue: Queue, nowMs: number): void {
  const retentionMs = numericAttribute(queue, 'MessageRetentionPeriod') * 1000;
  if (queue.oldestSentAtMs + retentionMs > nowMs) return;
  let oldestMs = Number.POSITIVE_INFINITY;
  for (const message of queue.messages.values()) {
    if (message.sentAtMs + retentionMs <= nowMs) queue.messages.delete(message.id);
    else oldestMs = Math.min(oldestMs, message.sentAtMs);
  }
  queue.oldestSentAtMs = oldestMs;
}

/** How many messages can be received, were received and not deleted, and are not to be received yet. */
export function countMessages(
  queue: Queue,
  nowMs: number,
): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
  expireMessages(queue, nowMs);
  let visible = 0;
  let inFlight = 0;
  let delayed = 0;
  for (const message of queue.messages.values()) {
    if (message.visibleAtMs <= nowMs) visible += 1;
    else if (message.receiptHandle === undefined) delayed += 1;
    else inFlight += 1;
  }
  return { visible, inFlight, delayed };
}
