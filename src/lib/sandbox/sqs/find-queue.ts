import type { Call } from '../call.js';
import { type Members, optionalString } from '../members.js';
import type { Queue } from './queue.js';
import { queueDoesNotExist } from './sqs-error.js';

/** The queue that a request names by URL: the host does not matter, the Region is the one it was signed for. */
export function findQueue(input: Members, { state, region }: Call): Queue {
  const [name, account] = (optionalString(input, 'QueueUrl') ?? '').split('/').reverse();
  const queue = account === state.settings.account ? region.sqs.queues.get(name ?? '') : undefined;
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

/** A queue's URL, at the address by which the client reached the sandbox. */
export function queueUrl(name: string, { state, request }: Call): string {
  const { host } = request.headers;
  return `http://${typeof host === 'string' ? host : '127.0.0.1'}/${state.settings.account}/${name}`;
}
