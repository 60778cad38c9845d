import { isMembers } from '../members.js';
import type { AccessCall, NeededAction, ServiceNeeds } from './needs.js';

/** Operations whose action has another name: a batch needs what one message needs. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['SendMessageBatch', 'SendMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
]);

/** What moving messages back needs on the queue that they come from, beside starting (FACTS G). */
const TO_MOVE = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** SQS: queues by URL, name or ARN. */
export const sqsNeeds: ServiceNeeds = call => {
  const { operation, input } = call;
  const action = `sqs:${ACTIONS.get(operation) ?? operation}`;
  switch (operation) {
    case 'ListQueues':
      return [{ action, resource: '*' }];
    case 'StartMessageMoveTask':
      return moveNeeds(input['SourceArn'], input['DestinationArn']);
    case 'ListMessageMoveTasks':
      return [{ action, resource: textOr(input['SourceArn'], '*') }];
    case 'CancelMessageMoveTask':
      return [{ action, resource: sourceOf(input['TaskHandle']) }];
    case 'CreateQueue':
      return input['tags'] === undefined
        ? [{ action, resource: queueOf(call) }]
        : [action, 'sqs:TagQueue'].map(each => ({ action: each, resource: queueOf(call) }));
    default:
      return [{ action, resource: queueOf(call) }];
  }
};

function moveNeeds(source: unknown, destination: unknown): readonly NeededAction[] {
  const needs = TO_MOVE.map(action => ({ action: `sqs:${action}`, resource: textOr(source, '*') }));
  return typeof destination === 'string' ? [...needs, { action: 'sqs:SendMessage', resource: destination }] : needs;
}

/** A task handle is JSON in base64 that names the queue. */
function sourceOf(handle: unknown): string {
  try {
    const task: unknown = JSON.parse(Buffer.from(textOr(handle, ''), 'base64').toString());
    return isMembers(task) ? textOr(task['sourceArn'], '*') : '*';
  } catch {
    return '*';
  }
}

function queueOf({ input, region, account }: AccessCall): string {
  const name =
    textOr(input['QueueUrl'] ?? input['QueueName'], '*')
      .split('/')
      .at(-1) ?? '*';
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
