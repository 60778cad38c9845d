import { DdbxError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import { isAwsError } from './aws-error.js';
import type { QueueRef } from './queue-ref.js';
import type { QueueAttributes } from './queue-values.js';
import type { QueuesGateway } from './queues-gateway.js';

/** A queue that was looked up. */
export interface Queue {
  readonly queueName: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly region: string;
  readonly attributes: QueueAttributes;
}

/**
 * Looks a queue up, with its attributes.
 * @throws DdbxError `queue-not-found`, with the names that were probably meant
 * @throws AwsError for everything else
 */
export async function resolveQueue(queues: QueuesGateway, ref: QueueRef, signal?: AbortSignal): Promise<Queue> {
  try {
    const queueUrl = ref.queueUrl ?? (await queues.queueUrl(ref.queueName, ref.account, signal));
    const attributes = await queues.attributes(queueUrl, signal);
    const { queueName } = ref;
    return { queueName, queueUrl, queueArn: attributes['QueueArn'] ?? '', region: queues.region, attributes };
  } catch (error) {
    if (!isAwsError(error, 'not-found')) throw error;
    const near = nearNames(ref.queueName, await queueNames(queues, signal));
    const elsewhere = 'Check the Region (--region) and the account (--profile).';
    throw new DdbxError({
      code: 'queue-not-found',
      message: `There is no queue ${ref.queueName} in ${queues.region}.`,
      hint: near.length === 0 ? elsewhere : `Did you mean ${near.join(' or ')}? ${elsewhere}`,
      cause: error,
      awsRequestId: error.requestId,
    });
  }
}

/** Up to a thousand names of the Region: suggestions are not worth a second failure. */
async function queueNames(queues: QueuesGateway, signal: AbortSignal | undefined): Promise<readonly string[]> {
  try {
    const { queueUrls } = await queues.listQueues({}, signal);
    return queueUrls.map(url => url.slice(url.lastIndexOf('/') + 1));
  } catch (error) {
    if (!isAwsError(error) || error.kind === 'aborted') throw error;
    return [];
  }
}
