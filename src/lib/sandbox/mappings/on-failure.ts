import { deliverToQueue } from '../sqs/deliver.js';
import type { SandboxState } from '../state.js';

/** Sends a failure message to a queue; false when it did not get there. */
export function sendFailure(
  state: SandboxState,
  destinationArn: string,
  message: Readonly<Record<string, unknown>>,
): boolean {
  const service = destinationArn.split(':')[2];
  switch (service) {
    case 'sqs':
      return deliverToQueue(state, destinationArn, JSON.stringify(message));
    default:
      return false;
  }
}
