import { isAwsError } from './aws-error.js';
import type { QueueAttributes } from './queue-values.js';
import type { QueuesGateway } from './queues-gateway.js';

/** A queue for the notes of failed batches: kept as long as SQS can, encrypted by SQS, with time to work on a message (FACTS C). */
export const failureQueueAttributes: QueueAttributes = {
  MessageRetentionPeriod: '1209600',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '300',
};

const LONGEST_NAME = 80;

/** The name of a function's failure queue: the function's own, and what it is for. */
export function failureQueueName(functionName: string): string {
  const suffix = '-failures';
  const base = functionName.replace(/^arn:.*:function:/, '').split(':')[0] ?? functionName;
  return `${base.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
}

/** The queue that `ensureFailureQueue` leaves behind. */
export interface FailureQueue {
  readonly queueName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly created: boolean;
}

/**
 * Takes the queue of that name as it is, or makes one.
 * @throws AwsError
 */
export async function ensureFailureQueue(
  queues: QueuesGateway,
  queueName: string,
  signal?: AbortSignal,
): Promise<FailureQueue> {
  let queueUrl: string;
  let created = false;
  try {
    queueUrl = await queues.queueUrl(queueName, undefined, signal);
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    queueUrl = await queues.createQueue({ queueName, attributes: failureQueueAttributes, tags: {} }, signal);
    created = true;
  }
  const { QueueArn: queueArn = '' } = await queues.attributes(queueUrl, signal);
  return { queueName, queueUrl, queueArn, created };
}
