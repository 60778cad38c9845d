import type { CommandContext } from '../../context.js';
import type { QueuesGateway } from '../../lib/aws/queues-gateway.js';
import type { QueueRef } from '../../lib/aws/queue-ref.js';
import { type Queue, resolveQueue } from '../../lib/aws/resolve-queue.js';
import { bucketSource } from '../../lib/dlq/bucket-source.js';
import type { FailureSource } from '../../lib/dlq/failure-source.js';
import { queueSource } from '../../lib/dlq/queue-source.js';
import { regionFor } from '../region.js';
import type { FailurePlace } from './failure-place.js';

/** A queue that was found, and the gateway to it. */
export interface OpenQueue {
  readonly queues: QueuesGateway;
  readonly queue: Queue;
}

/** Finds the queue that an argument names. @throws DdbxError `queue-not-found`, `usage`; AwsError */
export async function openQueue(ref: QueueRef, context: CommandContext): Promise<OpenQueue> {
  const aws = await context.aws();
  const queues = await aws.queues(await regionFor(ref, aws, context.globals));
  return { queues, queue: await resolveQueue(queues, ref, context.signal) };
}

/** Where failures lie, opened. */
export interface OpenPlace {
  readonly source: FailureSource;
  readonly region: string;
  /** Undefined for a place in S3. */
  readonly queue: Queue | undefined;
}

/** Opens a place of failures. @throws as `openQueue` does */
export async function openPlace(
  place: FailurePlace,
  visibilityMs: number,
  moveTo: string | undefined,
  context: CommandContext,
): Promise<OpenPlace> {
  if (place.kind === 'queue') {
    const { queues, queue } = await openQueue(place.queue, context);
    return { source: queueSource(queues, queue, visibilityMs), region: queue.region, queue };
  }
  const aws = await context.aws();
  const region = await aws.defaultRegion();
  return { source: bucketSource(await aws.objects(region), place.place, moveTo), region, queue: undefined };
}
