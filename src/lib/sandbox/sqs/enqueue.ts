import type { SandboxState } from '../state.js';
import type { MessageAttributes } from './message-attributes.js';
import { numericAttribute, type Queue, type QueueMessage } from './queue.js';

/** What is sent to a queue. */
export interface Letter {
  readonly body: string;
  readonly senderId: string;
  readonly attributes?: MessageAttributes;
  readonly systemAttributes?: MessageAttributes;
  /** The queue's own delay when left out. */
  readonly delaySeconds?: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

const DEDUPLICATION_MS = 5 * 60_000;
/** Sequence numbers have twenty digits and grow; where they begin is as good as anywhere. */
const FIRST_SEQUENCE = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;

/** Puts a message into a queue and wakes who waits for it; a FIFO queue answers a duplicate with what it has already. */
export function enqueue(
  state: SandboxState,
  queue: Queue,
  letter: Letter,
): { readonly id: string; readonly sequenceNumber: string | undefined } {
  const nowMs = state.clock.now();
  const known = duplicateOf(queue, letter, nowMs);
  if (known !== undefined) return known;
  const id = state.ids.uuid();
  const sequenceNumber = queue.isFifo ? nextSequenceNumber(queue) : undefined;
  const delaySeconds = letter.delaySeconds ?? numericAttribute(queue, 'DelaySeconds');
  addMessage(state, queue, {
    id,
    body: letter.body,
    attributes: letter.attributes ?? {},
    systemAttributes: letter.systemAttributes ?? {},
    senderId: letter.senderId,
    sentAtMs: nowMs,
    groupId: letter.groupId,
    deduplicationId: letter.deduplicationId,
    sequenceNumber,
    deadLetterSourceArn: undefined,
    visibleAtMs: nowMs + delaySeconds * 1000,
    receiveCount: 0,
    firstReceivedAtMs: undefined,
    receiptHandle: undefined,
  });
  if (sequenceNumber !== undefined) {
    queue.sent.set(deduplicationKey(queue, letter), { untilMs: nowMs + DEDUPLICATION_MS, id, sequenceNumber });
  }
  return { id, sequenceNumber };
}

/** Hands a message on to the dead-letter queue of the queue that gave it up. */
export function moveToDeadLetterQueue(state: SandboxState, source: Queue, target: Queue, message: QueueMessage): void {
  source.messages.delete(message.id);
  addMessage(state, target, {
    ...message,
    // FACTS C: a standard queue keeps the time of sending, so retention keeps running; a FIFO queue begins anew.
    sentAtMs: target.isFifo ? state.clock.now() : message.sentAtMs,
    sequenceNumber: target.isFifo ? nextSequenceNumber(target) : undefined,
    deadLetterSourceArn: source.arn,
    visibleAtMs: state.clock.now(),
    receiptHandle: undefined,
  });
}

function addMessage(state: SandboxState, queue: Queue, message: QueueMessage): void {
  queue.messages.set(message.id, message);
  queue.oldestSentAtMs = Math.min(queue.oldestSentAtMs, message.sentAtMs);
  state.arrivals.announce(queue.arn);
}

function nextSequenceNumber(queue: Queue): string {
  queue.numbered += 1;
  return String(FIRST_SEQUENCE + BigInt(queue.numbered) * SEQUENCE_STEP);
}

function duplicateOf(queue: Queue, letter: Letter, nowMs: number) {
  if (!queue.isFifo) return undefined;
  for (const [key, { untilMs }] of queue.sent) {
    if (untilMs > nowMs) break;
    queue.sent.delete(key);
  }
  return queue.sent.get(deduplicationKey(queue, letter));
}

function deduplicationKey(queue: Queue, { groupId = '', deduplicationId = '' }: Letter): string {
  const isByGroup = queue.attributes.get('DeduplicationScope') === 'messageGroup';
  return JSON.stringify(isByGroup ? [groupId, deduplicationId] : [deduplicationId]);
}
