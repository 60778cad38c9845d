import { AwsError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { type Members, optionalInteger, optionalString } from '../members.js';
import { MAX_PER_SECOND, type MoveTask, runMoveTask } from './move-task.js';
import { countMessages, findQueueByArn, type Queue } from './queue.js';
import { deadLetterSources } from './redrive-policy.js';
import { invalidValue, required } from './sqs-error.js';

const MAX_LISTED = 10;
const MAX_RUNNING = 100;

/** The operations that send dead letters on, FACTS C. */
export const moveTaskOperations: Readonly<Record<string, Operation>> = {
  StartMessageMoveTask: start,
  ListMessageMoveTasks: list,
  CancelMessageMoveTask: cancel,
};

function start(input: Members, call: Call): unknown {
  const { state, region } = call;
  const source = queueIn(required(input, 'SourceArn'), 'SourceArn', call);
  const destinationArn = optionalString(input, 'DestinationArn');
  const maxPerSecond = optionalInteger(input, 'MaxNumberOfMessagesPerSecond');
  if (maxPerSecond !== undefined && (maxPerSecond < 1 || maxPerSecond > MAX_PER_SECOND)) {
    throw invalidValue(
      `Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: You must enter a number that's between 1 and ${MAX_PER_SECOND}.`,
    );
  }
  // A queue that only Lambda or SNS fills has no such source: its messages cannot be moved.
  if (deadLetterSources(source, region).length === 0) {
    throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
  }
  if (destinationArn !== undefined) checkDestination(destinationArn, source, call);
  const running = region.sqs.moveTasks.filter(isActive);
  if (running.some(({ sourceArn }) => sourceArn === source.arn)) {
    throw invalidValue(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  }
  if (running.length >= MAX_RUNNING) {
    throw new AwsError('OverLimit', `There are already ${MAX_RUNNING} active message move tasks.`, 403);
  }
  const task: MoveTask = {
    id: state.ids.uuid(),
    sourceArn: source.arn,
    destinationArn,
    maxPerSecond,
    startedAtMs: state.clock.now(),
    toMove: countMessages(source, state.clock.now()).visible,
    moved: 0,
    status: 'RUNNING',
    failureReason: undefined,
  };
  region.sqs.moveTasks.unshift(task);
  runMoveTask(state, task);
  return { TaskHandle: handleOf(task) };
}

function checkDestination(arn: string, source: Queue, call: Call): void {
  const destination = queueIn(arn, 'DestinationArn', call);
  if (destination === source) {
    throw invalidValue('Source queue arn and destination queue arn cannot be the same.');
  }
  if (destination.isFifo !== source.isFifo) {
    throw invalidValue('The source queue and destination queue must be of the same queue type.');
  }
}

function list(input: Members, call: Call): unknown {
  const source = queueIn(required(input, 'SourceArn'), 'SourceArn', call);
  const limit = optionalInteger(input, 'MaxResults') ?? 1;
  if (limit < 1 || limit > MAX_LISTED) {
    throw invalidValue(
      `Value for parameter MaxResults is invalid. Reason: You must enter a number that's between 1 and ${MAX_LISTED}.`,
    );
  }
  const tasks = call.region.sqs.moveTasks.filter(({ sourceArn }) => sourceArn === source.arn);
  return { Results: tasks.slice(0, limit).map(describe) };
}

function cancel(input: Members, call: Call): unknown {
  const { id, sourceArn } = parseHandle(required(input, 'TaskHandle'));
  queueIn(sourceArn, 'SourceArn', call);
  const task = call.region.sqs.moveTasks.find(each => each.id === id && each.sourceArn === sourceArn);
  if (task === undefined) throw notFound('Task does not exist.');
  if (task.status !== 'RUNNING') {
    throw new AwsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
  }
  // The step that is to come ends it.
  task.status = 'CANCELLING';
  return { ApproximateNumberOfMessagesMoved: task.moved };
}

function describe(task: MoveTask): unknown {
  return {
    TaskHandle: task.status === 'RUNNING' ? handleOf(task) : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.maxPerSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAtMs,
  };
}

function queueIn(arn: string, parameter: string, { state, region }: Call): Queue {
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(arn)) {
    throw invalidValue(
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    );
  }
  const queue = findQueueByArn(state, arn);
  if (queue === undefined || region.sqs.queues.get(queue.name) !== queue) {
    throw notFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  }
  return queue;
}

function handleOf({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

function parseHandle(handle: string): { readonly id: string; readonly sourceArn: string } {
  const [, id, sourceArn] =
    /^\{"taskId":"([^"]+)","sourceArn":"([^"]+)"\}$/.exec(Buffer.from(handle, 'base64').toString()) ?? [];
  if (id === undefined || sourceArn === undefined) throw invalidValue('Value for parameter TaskHandle is invalid.');
  return { id, sourceArn };
}

function isActive({ status }: MoveTask): boolean {
  return status === 'RUNNING' || status === 'CANCELLING';
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
