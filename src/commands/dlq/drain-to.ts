import { parseQueueRef, type QueueRef } from '../../lib/aws/queue-ref.js';
import { usageError } from '../../lib/model/error.js';
import type { FunctionConsumer } from '../consumer-target.js';
import { parseReplayTo } from '../streams/replay-to.js';

/** Where a drain goes, as it was typed. */
export type DrainTo =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdout' }
  | FunctionConsumer
  | { readonly kind: 'sqs'; readonly queue: QueueRef }
  | { readonly kind: 'sns'; readonly topicArn: string; readonly region: string };

const TOPIC_ARN = /^arn:[a-z0-9-]+:sns:([a-z0-9-]+):\d{12}:[\w-]+(?:\.fifo)?$/;
const FORMS =
  'Write file:<path>, - for stdout, lambda:<function>, module:<handler.mjs>, sqs:<queue> or sns:<topic ARN>.';

/** Reads one sink. @throws DdbxError `usage` for anything else */
export function parseDrainTo(text: string): DrainTo {
  if (text === '-') return { kind: 'stdout' };
  if (text.startsWith('file:') && text.length > 'file:'.length)
    return { kind: 'file', path: text.slice('file:'.length) };
  if (text.startsWith('sqs:')) return { kind: 'sqs', queue: parseQueueRef(text.slice('sqs:'.length)) };
  if (text.startsWith('sns:')) return topic(text.slice('sns:'.length));
  if (/^(?:lambda|module):/.test(text)) {
    const consumer = parseReplayTo(text);
    if (consumer.kind !== 'http') return consumer;
  }
  throw usageError(`"${text}" says nowhere to drain to.`, FORMS);
}

function topic(topicArn: string): DrainTo {
  const region = TOPIC_ARN.exec(topicArn)?.[1];
  if (region !== undefined) return { kind: 'sns', topicArn, region };
  throw usageError(
    `"${topicArn}" is not the ARN of an SNS topic.`,
    'Such an ARN looks like arn:aws:sns:us-east-1:111122223333:orders-replayed',
  );
}
