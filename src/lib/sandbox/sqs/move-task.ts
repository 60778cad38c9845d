import type { SandboxState } from '../state.js';
import { enqueue } from './enqueue.js';
import { expireMessages, findQueueByArn, type Queue, type QueueMessage } from './queue.js';

/** A redrive: the messages of a dead-letter queue are sent on, at a rate. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Where the messages go; back to the queues that gave them up when left out. */
  readonly destinationArn: string | undefined;
  readonly maxPerSecond: number | undefined;
  readonly startedAtMs: number;
  /** How many messages there were at the start. */
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  failureReason: string | undefined;
}

/** How often a running task moves what is due. */
const STEP_MS = 100;
/** FACTS C: no more than 500 a second; without a limit of its own a task goes as fast. */
export const MAX_PER_SECOND = 500;

/** Lets a task go on until it has an end; also a task that was loaded while it ran. */
export function runMoveTask(state: SandboxState, task: MoveTask): void {
  state.timeline.after(STEP_MS, () => {
    step(state, task);
    if (task.status === 'RUNNING') runMoveTask(state, task);
  });
}

function step(state: SandboxState, task: MoveTask): void {
  if (task.status === 'CANCELLING') {
    task.status = 'CANCELLED';
    return;
  }
  const elapsedSeconds = (state.clock.now() - task.startedAtMs) / 1000;
  const dueCount = Math.floor(elapsedSeconds * (task.maxPerSecond ?? MAX_PER_SECOND));
  while (task.status === 'RUNNING' && task.moved < dueCount) moveOne(state, task);
}

function moveOne(state: SandboxState, task: MoveTask): void {
  const source = findQueueByArn(state, task.sourceArn);
  const message = source === undefined ? undefined : firstVisible(source, state.clock.now());
  if (source === undefined || message === undefined) {
    task.status = 'COMPLETED';
    return;
  }
  const destinationArn = task.destinationArn ?? message.deadLetterSourceArn;
  const destination = destinationArn === undefined ? undefined : findQueueByArn(state, destinationArn);
  if (destination === undefined) {
    task.status = 'FAILED';
    task.failureReason =
      destinationArn === undefined ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue';
    return;
  }
  source.messages.delete(message.id);
  // FACTS C: a redriven message is a new one, with a new id and a new time of sending.
  enqueue(state, destination, {
    body: message.body,
    attributes: message.attributes,
    systemAttributes: message.systemAttributes,
    senderId: message.senderId,
    ...(message.groupId === undefined ? {} : { groupId: message.groupId }),
    ...(message.deduplicationId === undefined ? {} : { deduplicationId: message.deduplicationId }),
  });
  task.moved += 1;
}

function firstVisible(queue: Queue, nowMs: number): QueueMessage | undefined {
  expireMessages(queue, nowMs);
  for (const message of queue.messages.values()) if (message.visibleAtMs <= nowMs) return message;
  return undefined;
}
