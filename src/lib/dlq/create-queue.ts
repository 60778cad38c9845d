import { isAwsError } from '../aws/aws-error.js';
import { failureQueueAttributes } from '../aws/failure-queue.js';
import type { QueueAttributes } from '../aws/queue-values.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';

/** What a failure queue is to be. */
export interface WantedQueue {
  readonly queueName: string;
  readonly retentionSeconds: number;
  /** A key of KMS; SQS encrypts with its own when left out. */
  readonly kmsKeyId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What there is, and what has to be done to make it what is wanted. */
export interface QueuePlan {
  readonly queueName: string;
  /** Undefined when there is no such queue yet. */
  readonly queueUrl: string | undefined;
  readonly queueArn: string | undefined;
  /** Attributes to give it, those of a new queue included. */
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
}

/** A queue as it is after its plan was carried out. */
export interface MadeQueue {
  readonly queueName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly outcome: 'created' | 'changed' | 'unchanged';
}

/** Compares what is wanted with what is there. @throws AwsError */
export async function planQueue(queues: QueuesGateway, wanted: WantedQueue, signal: AbortSignal): Promise<QueuePlan> {
  const { queueName, tags } = wanted;
  const attributes = wantedAttributes(wanted);
  let queueUrl: string;
  try {
    queueUrl = await queues.queueUrl(queueName, undefined, signal);
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    return { queueName, queueUrl: undefined, queueArn: undefined, attributes, tags };
  }
  const there = await queues.attributes(queueUrl, signal);
  const tagsThere = Object.keys(tags).length === 0 ? {} : await queues.tags(queueUrl, signal);
  return {
    queueName,
    queueUrl,
    queueArn: there['QueueArn'],
    attributes: withoutThose(
      attributes,
      (name, value) => there[name] === value || isEncryptedAnyway(name, wanted, there),
    ),
    tags: withoutThose(tags, (name, value) => tagsThere[name] === value),
  };
}

/** Makes the queue what the plan says. @throws AwsError */
export async function makeQueue(queues: QueuesGateway, plan: QueuePlan, signal: AbortSignal): Promise<MadeQueue> {
  const { queueName, attributes, tags } = plan;
  if (plan.queueUrl === undefined) {
    const queueUrl = await queues.createQueue({ queueName, attributes, tags }, signal);
    const { QueueArn: queueArn = '' } = await queues.attributes(queueUrl, signal);
    return { queueName, queueUrl, queueArn, outcome: 'created' };
  }
  const there = { queueName, queueUrl: plan.queueUrl, queueArn: plan.queueArn ?? '' };
  if (Object.keys(attributes).length > 0) await queues.setAttributes(plan.queueUrl, attributes, signal);
  if (Object.keys(tags).length > 0) await queues.tagQueue(plan.queueUrl, tags, signal);
  const isChanged = Object.keys(attributes).length + Object.keys(tags).length > 0;
  return { ...there, outcome: isChanged ? 'changed' : 'unchanged' };
}

function wantedAttributes({ retentionSeconds, kmsKeyId }: WantedQueue): QueueAttributes {
  const { SqsManagedSseEnabled: managed = 'true' } = failureQueueAttributes;
  return {
    MessageRetentionPeriod: String(retentionSeconds),
    ...(kmsKeyId === undefined ? { SqsManagedSseEnabled: managed } : { KmsMasterKeyId: kmsKeyId }),
  };
}

/** A queue that is encrypted with a key of its owner's is not brought back to the key of SQS. */
function isEncryptedAnyway(name: string, { kmsKeyId }: WantedQueue, there: QueueAttributes): boolean {
  return name === 'SqsManagedSseEnabled' && kmsKeyId === undefined && there['KmsMasterKeyId'] !== undefined;
}

function withoutThose(
  values: Readonly<Record<string, string>>,
  isThere: (name: string, value: string) => boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isThere(name, value)));
}
