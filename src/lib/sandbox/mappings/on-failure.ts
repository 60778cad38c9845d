import { putObject } from '../s3/put.js';
import { publishToTopic } from '../sns/publish.js';
import { deliverToQueue } from '../sqs/deliver.js';
import type { BatchRecord } from './batch.js';
import { failureObjectKey } from './failure-message.js';
import { eventJson } from './lambda-event.js';
import type { LaneContext } from './lane-context.js';

/** Sends a failure message to a queue, a topic or a bucket (FACTS B.5); false when it did not get there. */
export function sendFailure(
  { state, mapping, shard }: LaneContext,
  destinationArn: string,
  message: Readonly<Record<string, unknown>>,
  records: readonly BatchRecord[],
): boolean {
  const [, , service, , , resource = ''] = destinationArn.split(':');
  switch (service) {
    case 'sqs':
      return deliverToQueue(state, destinationArn, JSON.stringify(message));
    case 'sns':
      return publishToTopic(state, destinationArn, JSON.stringify(message)) !== undefined;
    case 's3': {
      // Only a bucket gets the records: the whole event, as text within the document, as AWS documents it.
      const document = JSON.stringify({ ...message, payload: eventJson(records) });
      const key = failureObjectKey(mapping.uuid, shard.id, state.clock.now(), state.ids.uuid());
      return putObject(state, resource, key, document, { 'content-type': 'application/json' }) !== undefined;
    }
    default:
      return false;
  }
}
