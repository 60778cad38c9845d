import { AwsError } from '../aws-error.js';
import type { Ids } from '../ids.js';
import type { Queue, QueueMessage } from './queue.js';

/** What a receipt handle says: which message was received from its queue, and when. */
export interface Receipt {
  readonly messageId: string;
  readonly receivedAtMs: number;
}

/** AWS's handles begin so; clients are told not to read them. */
const PREFIX = 'AQEB';
const MARK_LENGTH = 16;

/** Makes the handle of one receive; no two are the same. */
export function formatReceiptHandle(queue: Queue, message: QueueMessage, receivedAtMs: number, ids: Ids): string {
  const parts = [ids.hex(MARK_LENGTH), queue.arn, message.id, String(receivedAtMs)];
  return `${PREFIX}${Buffer.from(parts.join(' ')).toString('base64')}`;
}

/** Reads a handle that this queue gave; anything else is refused. */
export function parseReceiptHandle(queue: Queue, handle: string): Receipt {
  const text = handle.startsWith(PREFIX) ? Buffer.from(handle.slice(PREFIX.length), 'base64').toString() : '';
  const [, arn, messageId, receivedAt] = text.split(' ');
  if (arn !== queue.arn || messageId === undefined || receivedAt === undefined) {
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      404,
    );
  }
  return { messageId, receivedAtMs: Number(receivedAt) };
}
