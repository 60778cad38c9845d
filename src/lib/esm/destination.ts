import { isAwsError } from '../aws/aws-error.js';
import { parseQueueArn } from '../aws/queue-ref.js';
import type { QueueAttributes } from '../aws/queue-values.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';

/** Where a mapping sends a note of what it gives up, as far as it could be looked at. */
export type Destination =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'queue';
      readonly arn: string;
      readonly queueName: string;
      readonly queueUrl: string;
      readonly attributes: QueueAttributes;
    }
  | { readonly kind: 'queue-missing'; readonly arn: string; readonly queueName: string }
  | { readonly kind: 'queue-unknown'; readonly arn: string; readonly queueName: string; readonly reason: string }
  | { readonly kind: 'topic'; readonly arn: string }
  | { readonly kind: 'bucket'; readonly arn: string }
  | { readonly kind: 'other'; readonly arn: string };

/** Looks at a mapping's failure destination; only an abort throws: what is denied is `queue-unknown`. */
export async function lookAtDestination(
  arn: string,
  queues: () => Promise<QueuesGateway>,
  signal: AbortSignal,
): Promise<Destination> {
  if (arn === '') return { kind: 'none' };
  if (/^arn:[a-z0-9-]+:sns:/.test(arn)) return { kind: 'topic', arn };
  if (/^arn:[a-z0-9-]+:s3:/.test(arn)) return { kind: 'bucket', arn };
  const queue = parseQueueArn(arn);
  if (queue === undefined) return { kind: 'other', arn };
  const { queueName } = queue;
  try {
    const gateway = await queues();
    const queueUrl = await gateway.queueUrl(queueName, queue.account, signal);
    const attributes = await gateway.attributes(queueUrl, signal);
    return { kind: 'queue', arn, queueName, queueUrl, attributes };
  } catch (error) {
    signal.throwIfAborted();
    if (isAwsError(error, 'not-found')) return { kind: 'queue-missing', arn, queueName };
    if (isAwsError(error))
      return { kind: 'queue-unknown', arn, queueName, reason: `${error.operation}: ${error.code}` };
    throw error;
  }
}

/** How many messages wait in a queue, those in flight among them; undefined when the queue does not say. */
export function queueDepth(attributes: QueueAttributes): number | undefined {
  const visible = attributes['ApproximateNumberOfMessages'];
  if (visible === undefined) return undefined;
  return Number(visible) + Number(attributes['ApproximateNumberOfMessagesNotVisible'] ?? '0');
}

/** The name of a destination for people: the queue's, the topic's or the bucket's. */
export function destinationName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
