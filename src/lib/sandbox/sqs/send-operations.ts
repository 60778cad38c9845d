import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { CALLER } from '../access/caller.js';
import { type Members, optionalInteger, optionalString } from '../members.js';
import { batchEntries, runBatch } from './batch.js';
import { enqueue, type Letter } from './enqueue.js';
import { findQueue } from './find-queue.js';
import {
  attributesSizeBytes,
  md5OfAttributes,
  parseMessageAttributes,
  parseSystemAttributes,
} from './message-attributes.js';
import { numericAttribute, type Queue } from './queue.js';
import { invalidParameter, invalidValue, missingParameter, required } from './sqs-error.js';

const MAX_DELAY_SECONDS = 900;
/** FACTS C: 1 MiB for a batch as for a message. */
const MAX_BATCH_BYTES = 1_048_576;
const GROUP_OR_DEDUPLICATION_ID = /^[\x21-\x7e]{1,128}$/;
/** The characters that XML 1.0 does not have; SQS takes all others. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** The operations that put messages into queues. */
export const sendOperations: Readonly<Record<string, Operation>> = {
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
};

function sendMessage(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  return send(parseLetter(input, queue, 'SendMessage'), queue, call);
}

function sendMessageBatch(input: Members, call: Call): unknown {
  const queue = findQueue(input, call);
  const entries = batchEntries(input, 'SendMessageBatchRequestEntry');
  if (queue.isFifo) for (const entry of entries) checkFifoEntry(entry, queue);
  const bytes = entries.reduce((sum, entry) => sum + sizeOfEntry(entry), 0);
  if (bytes > MAX_BATCH_BYTES) {
    throw new AwsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  }
  return runBatch(entries, entry => send(parseLetter(entry, queue, 'SendMessageBatch'), queue, call));
}

/** Of a FIFO queue, AWS refuses the whole batch for an entry without its ids. */
function checkFifoEntry(entry: Members, queue: Queue): void {
  if (optionalString(entry, 'MessageGroupId') === undefined) {
    throw invalidValue('The request must contain the parameter MessageGroupId.');
  }
  if (optionalString(entry, 'MessageDeduplicationId') === undefined && !deduplicatesByContent(queue)) {
    throw noDeduplicationId();
  }
}

function sizeOfEntry(entry: Members): number {
  const body = entry['MessageBody'];
  const bodyBytes = typeof body === 'string' ? Buffer.byteLength(body) : 0;
  return bodyBytes + attributesSizeBytes(attributesIfValid(entry));
}

/** An entry whose attributes are wrong fails by itself, later. */
function attributesIfValid(entry: Members) {
  try {
    return parseMessageAttributes(entry, 'SendMessageBatch');
  } catch (error) {
    if (error instanceof AwsError) return {};
    throw error;
  }
}

function send(letter: Letter, queue: Queue, { state }: Call): Readonly<Record<string, unknown>> {
  const { id, sequenceNumber } = enqueue(state, queue, letter);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(letter.body),
    MD5OfMessageAttributes: md5OfAttributes(letter.attributes ?? {}),
    MD5OfMessageSystemAttributes: md5OfAttributes(letter.systemAttributes ?? {}),
    SequenceNumber: sequenceNumber,
  };
}

function parseLetter(input: Members, queue: Queue, operation: string): Letter {
  const body = required(input, 'MessageBody');
  const forbidden = FORBIDDEN.exec(body)?.[0];
  if (forbidden !== undefined) {
    throw new AwsError(
      'InvalidMessageContents',
      `Invalid binary character '#x${forbidden.charCodeAt(0).toString(16).toUpperCase()}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | [#x10000 to #x10FFFF]`,
    );
  }
  const attributes = parseMessageAttributes(input, operation);
  const maxBytes = numericAttribute(queue, 'MaximumMessageSize');
  if (Buffer.byteLength(body) + attributesSizeBytes(attributes) > maxBytes) {
    throw invalidValue(`One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`);
  }
  return {
    body,
    attributes,
    systemAttributes: parseSystemAttributes(input, operation),
    senderId: CALLER.userId,
    ...parseDelay(input, queue),
    ...(queue.isFifo ? parseFifoIds(input, queue, body) : parseStandardIds(input)),
  };
}

function parseDelay(input: Members, queue: Queue): { readonly delaySeconds?: number } {
  const delaySeconds = optionalInteger(input, 'DelaySeconds');
  if (delaySeconds === undefined) return {};
  if (queue.isFifo && delaySeconds !== 0) {
    throw invalidParameter(
      delaySeconds,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  if (delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS) {
    throw invalidParameter(delaySeconds, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  return queue.isFifo ? {} : { delaySeconds };
}

/** A standard queue takes a group, for fair queues, and tells it again; it knows no duplicates. */
function parseStandardIds(input: Members): { readonly groupId?: string } {
  const deduplicationId = optionalString(input, 'MessageDeduplicationId');
  if (deduplicationId !== undefined) {
    throw invalidParameter(
      deduplicationId,
      'MessageDeduplicationId',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  const groupId = checkedId(input, 'MessageGroupId');
  return groupId === undefined ? {} : { groupId };
}

function parseFifoIds(
  input: Members,
  queue: Queue,
  body: string,
): { readonly groupId: string; readonly deduplicationId: string } {
  const groupId = checkedId(input, 'MessageGroupId');
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  const deduplicationId = checkedId(input, 'MessageDeduplicationId');
  if (deduplicationId !== undefined) return { groupId, deduplicationId };
  if (!deduplicatesByContent(queue)) throw noDeduplicationId();
  return { groupId, deduplicationId: createHash('sha256').update(body).digest('hex') };
}

function checkedId(input: Members, name: 'MessageGroupId' | 'MessageDeduplicationId'): string | undefined {
  const id = optionalString(input, name);
  if (id !== undefined && !GROUP_OR_DEDUPLICATION_ID.test(id)) {
    throw invalidParameter(
      id,
      name,
      `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
  return id;
}

function deduplicatesByContent(queue: Queue): boolean {
  return queue.attributes.get('ContentBasedDeduplication') === 'true';
}

function noDeduplicationId(): AwsError {
  return invalidValue(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
