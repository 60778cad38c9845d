import type { MoveTask } from '../aws/queue-values.js';
import type { QueuesGateway } from '../aws/queues-gateway.js';
import type { Queue } from '../aws/resolve-queue.js';
import type { Clock } from '../model/clock.js';
import { DdbxError } from '../model/error.js';

/** What happens while messages are moved back. */
export type RedriveEvent =
  /** A task runs already, begun by somebody else or by a run before: it is followed. */
  | { readonly type: 'following'; readonly task: MoveTask }
  | { readonly type: 'started'; readonly taskHandle: string }
  | { readonly type: 'moving'; readonly task: MoveTask }
  | { readonly type: 'cancelled'; readonly moved: number }
  | { readonly type: 'unchanged'; readonly reason: string }
  | { readonly type: 'done'; readonly task: MoveTask };

/** What moving messages back needs. */
export interface RedriveOptions {
  readonly queues: QueuesGateway;
  readonly queue: Queue;
  readonly destinationArn: string | undefined;
  /** Up to 500 (FACTS C). */
  readonly messagesPerSecond: number | undefined;
  /** False: leave when AWS has begun. */
  readonly wait: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const POLL_MS = 2_000;
const LOOKS_FOR_THE_TASK = 5;

/**
 * Moves the messages of a dead-letter queue back to where they came from, and follows the task. A task that runs
 * already is followed, as SQS runs one at a time for a queue (FACTS C).
 * @throws DdbxError `redrive-failed`; AwsError
 */
export async function* redrive(options: RedriveOptions): AsyncGenerator<RedriveEvent, void, undefined> {
  const { queues, queue, destinationArn, messagesPerSecond, wait, signal } = options;
  const [newest] = await queues.moveTasks(queue.queueArn, signal);
  const runs = newest !== undefined && isRunning(newest);
  if (runs) yield { type: 'following', task: newest };
  else {
    const depth = Number(queue.attributes['ApproximateNumberOfMessages'] ?? 0);
    if (depth === 0) {
      yield { type: 'unchanged', reason: `${queue.queueName} is empty` };
      return;
    }
    const input = { sourceArn: queue.queueArn, destinationArn, messagesPerSecond };
    yield { type: 'started', taskHandle: await queues.startMoveTask(input, signal) };
  }
  if (wait) yield* follow(options, runs ? undefined : newest);
}

/** Stops the task that runs. @throws AwsError */
export async function cancelRedrive(
  options: Pick<RedriveOptions, 'queues' | 'queue' | 'signal'>,
): Promise<RedriveEvent> {
  const { queues, queue, signal } = options;
  const running = (await queues.moveTasks(queue.queueArn, signal)).find(isRunning);
  if (running?.taskHandle === undefined) return { type: 'unchanged', reason: 'no task is running' };
  return { type: 'cancelled', moved: await queues.cancelMoveTask(running.taskHandle, queue.queueArn, signal) };
}

async function* follow(
  { queues, queue, clock, signal }: RedriveOptions,
  before: MoveTask | undefined,
): AsyncGenerator<RedriveEvent, void, undefined> {
  for (let looks = 1; ; looks += 1) {
    const [task] = await queues.moveTasks(queue.queueArn, signal);
    // The list may be a moment behind the start.
    const isNew = task !== undefined && (isRunning(task) || task.startedAtMs !== before?.startedAtMs);
    if (isNew || (task !== undefined && looks > LOOKS_FOR_THE_TASK)) {
      if (task.status === 'FAILED') throw failed(queue, task);
      if (!isRunning(task) && task.status !== 'CANCELLING') {
        yield { type: 'done', task };
        return;
      }
      yield { type: 'moving', task };
    }
    await clock.sleep(POLL_MS, signal);
  }
}

function isRunning(task: MoveTask): boolean {
  return task.status === 'RUNNING';
}

function failed({ queueName, region }: Queue, { failureReason, moved }: MoveTask): DdbxError {
  return new DdbxError({
    code: 'redrive-failed',
    message: `SQS stopped moving the messages of ${queueName} in ${region} after ${moved}: ${failureReason ?? 'no reason given'}.`,
    // SQS knows the source of a message only when it has moved it here itself.
    hint:
      failureReason === 'CouldNotDetermineMessageSource'
        ? 'These messages were not moved here by SQS: say where they are to go with --to <queue>.'
        : 'What was moved stays moved; the same command goes on with the rest.',
  });
}
