import type { SandboxState } from '../state.js';
import { enqueue } from './enqueue.js';
import type { MessageAttributes } from './message-attributes.js';
import { findQueueByArn } from './queue.js';

/** Who sends for Lambda, as the failure queues of event source mappings show it. */
const LAMBDA_SENDER_ID = 'AROAEXAMPLE:awslambda_000_000';

/** Puts a message that another service sends into a queue; false when there is no such standard queue to take it. */
export function deliverToQueue(
  state: SandboxState,
  queueArn: string,
  body: string,
  attributes: MessageAttributes = {},
  senderId: string = LAMBDA_SENDER_ID,
): boolean {
  const queue = findQueueByArn(state, queueArn);
  // FACTS B.5: destinations cannot be FIFO.
  if (queue === undefined || queue.isFifo) return false;
  enqueue(state, queue, { body, attributes, senderId });
  return true;
}
