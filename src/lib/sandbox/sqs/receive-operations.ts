import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalInteger, optionalList } from '../members.js';
import { settle } from '../state.js';
import { batchEntries, runBatch } from './batch.js';
import { findQueue } from './find-queue.js';
import { md5OfAttributes, selectAttributes } from './message-attributes.js';
import { countMessages, numericAttribute, type Queue, type QueueMessage } from './queue.js';
import { parseReceiptHandle } from './receipt-handle.js';
import { invalidParameter, missingParameter, required, unsupported } from './sqs-error.js';
import { nextVisibleAtMs, takeMessages } from './take.js';

const MAX_MESSAGES = 10;
const MAX_WAIT_SECONDS = 20;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_IN_FLIGHT = 120_000;
/** A long poll looks again at least so often, for what is due on the timeline and what nobody announces. */
const LOOK_AGAIN_MS = 1_000;

/** The operations that take messages out of queues. */
export const receiveOperations: Readonly<Record<string, Operation>> = {
  ReceiveMessage: receiveMessage,
  DeleteMessage: (input, call) => {
    const queue = findQueue(input, call);
    deleteMessage(required(input, 'ReceiptHandle'), queue, call);
    return {};
  },
  DeleteMessageBatch: (input, call) => {
    const queue = findQueue(input, call);
    return runBatch(batchEntries(input, 'DeleteMessageBatchRequestEntry'), entry => {
      deleteMessage(required(entry, 'ReceiptHandle'), queue, call);
      return {};
    });
  },
  ChangeMessageVisibility: (input, call) => {
    changeVisibility(input, findQueue(input, call), call);
    return {};
  },
  ChangeMessageVisibilityBatch: (input, call) => {
    const queue = findQueue(input, call);
    return runBatch(batchEntries(input, 'ChangeMessageVisibilityBatchRequestEntry'), entry => {
      changeVisibility(entry, queue, call);
      return {};
    });
  },
};

async function receiveMessage(input: Members, call: Call): Promise<unknown> {
  const queue = findQueue(input, call);
  if (input['ReceiveRequestAttemptId'] !== undefined) throw unsupported('ReceiveMessage', 'ReceiveRequestAttemptId');
  const count = within(input, 'MaxNumberOfMessages', 1, MAX_MESSAGES, 'Must be between 1 and 10, if provided.') ?? 1;
  const visibilitySeconds =
    within(input, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS, 'Must be >= 0 and <= 43200, if provided.') ??
    numericAttribute(queue, 'VisibilityTimeout');
  const waitSeconds =
    within(input, 'WaitTimeSeconds', 0, MAX_WAIT_SECONDS, 'Must be >= 0 and <= 20, if provided.') ??
    numericAttribute(queue, 'ReceiveMessageWaitTimeSeconds');
  const wanted = parseWanted(input);
  if (waitSeconds === 0) refuseOverLimit(queue, call);
  const messages = await poll(queue, call, {
    count,
    visibilityMs: visibilitySeconds * 1000,
    waitMs: waitSeconds * 1000,
  });
  return messages.length === 0 ? {} : { Messages: messages.map(message => describeMessage(message, wanted)) };
}

/** Looks until there is something, the wait is over, the queue or the client is gone, or the sandbox closes. */
async function poll(
  queue: Queue,
  { state, region, request }: Call,
  { count, visibilityMs, waitMs }: { readonly count: number; readonly visibilityMs: number; readonly waitMs: number },
): Promise<readonly QueueMessage[]> {
  const untilMs = state.clock.now() + waitMs;
  const ended = AbortSignal.any([state.closing, request.gone]);
  for (;;) {
    const messages = ended.aborted ? [] : takeMessages(state, region, queue, { count, visibilityMs });
    const nowMs = state.clock.now();
    if (messages.length > 0 || nowMs >= untilMs || ended.aborted) return messages;
    const arrived = new AbortController();
    const forget = state.arrivals.next(queue.arn, () => arrived.abort());
    const dueMs = state.timeline.nextDueMs() ?? Number.POSITIVE_INFINITY;
    const wakeMs = Math.min(untilMs, nextVisibleAtMs(queue, nowMs), dueMs, nowMs + LOOK_AGAIN_MS);
    await state.clock.waitUntil(wakeMs, AbortSignal.any([ended, arrived.signal]));
    forget();
    settle(state);
  }
}

/** FACTS C: a standard queue with 120,000 messages in flight answers a short poll with OverLimit. */
function refuseOverLimit(queue: Queue, { state }: Call): void {
  if (queue.isFifo || queue.messages.size < MAX_IN_FLIGHT) return;
  if (countMessages(queue, state.clock.now()).inFlight < MAX_IN_FLIGHT) return;
  throw new AwsError('OverLimit', 'The maximum number of in flight messages is reached.', 403);
}

function within(input: Members, name: string, min: number, max: number, reason: string): number | undefined {
  const value = optionalInteger(input, name);
  if (value !== undefined && (value < min || value > max)) throw invalidParameter(value, name, reason);
  return value;
}

interface Wanted {
  readonly system: ReadonlySet<string>;
  readonly attributes: readonly string[];
}

/** What of a message is to be shown; AttributeNames is the older name of MessageSystemAttributeNames. */
function parseWanted(input: Members): Wanted {
  const names = (member: string): readonly string[] => (optionalList(input, member) ?? []).map(String);
  return {
    system: new Set([...names('MessageSystemAttributeNames'), ...names('AttributeNames')]),
    attributes: names('MessageAttributeNames'),
  };
}

function describeMessage(message: QueueMessage, wanted: Wanted): unknown {
  const system = Object.entries(systemAttributesOf(message)).filter(
    ([name, value]) => value !== undefined && (wanted.system.has('All') || wanted.system.has(name)),
  );
  const attributes = selectAttributes(message.attributes, wanted.attributes);
  const md5 = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(md5 === undefined ? {} : { MD5OfMessageAttributes: md5, MessageAttributes: attributes }),
  };
}

function systemAttributesOf(message: QueueMessage): Readonly<Record<string, string | undefined>> {
  return {
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAtMs),
    SequenceNumber: message.sequenceNumber,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    AWSTraceHeader: message.systemAttributes['AWSTraceHeader']?.StringValue,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
}

/** Deletes by the newest handle; an older one deletes nothing and is not refused, but by a FIFO queue. */
function deleteMessage(handle: string, queue: Queue, { state }: Call): void {
  const { messageId } = parseReceiptHandle(queue, handle);
  const message = queue.messages.get(messageId);
  if (message === undefined) return;
  const isCurrent = message.receiptHandle === handle;
  if (queue.isFifo && (!isCurrent || message.visibleAtMs <= state.clock.now())) {
    throw invalidParameter(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  if (!isCurrent) return;
  queue.messages.delete(messageId);
  // The next of its group can be received now.
  if (queue.isFifo) state.arrivals.announce(queue.arn);
}

function changeVisibility(input: Members, queue: Queue, { state }: Call): void {
  const handle = required(input, 'ReceiptHandle');
  const seconds = optionalInteger(input, 'VisibilityTimeout');
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
    throw invalidParameter(seconds, 'VisibilityTimeout', `Must be between 0 and ${MAX_VISIBILITY_SECONDS}.`);
  }
  const { messageId, receivedAtMs } = parseReceiptHandle(queue, handle);
  const message = queue.messages.get(messageId);
  if (message?.receiptHandle !== handle) {
    throw invalidParameter(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  const nowMs = state.clock.now();
  if (nowMs + seconds * 1000 > receivedAtMs + MAX_VISIBILITY_SECONDS * 1000) {
    throw invalidParameter(
      seconds,
      'VisibilityTimeout',
      `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds]`,
    );
  }
  message.visibleAtMs = nowMs + seconds * 1000;
  state.arrivals.announce(queue.arn);
}
