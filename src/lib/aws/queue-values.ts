import type { ListMessageMoveTasksResultEntry, Message } from '@aws-sdk/client-sqs';

/** The attributes of a queue by AWS's own names; all values are text, as AWS gives and takes them. */
export type QueueAttributes = Readonly<Record<string, string>>;

/** A message's own attribute: text or bytes under AWS's type name. */
export interface MessageAttribute {
  readonly DataType: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

/** A message as it was received; whoever holds the receipt handle may delete it. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** When it was sent, in epoch milliseconds. */
  readonly sentAtMs: number | undefined;
  readonly receiveCount: number | undefined;
  /** AWS's own attributes of the message, such as `MessageGroupId`. */
  readonly systemAttributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, MessageAttribute>>;
}

/** A message to be sent. */
export interface MessageToSend {
  readonly body: string;
  readonly messageAttributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  /** FIFO queues only. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** A task that moves the messages of a queue's dead-letter queue back. */
export interface MoveTask {
  /** Known while the task runs only. */
  readonly taskHandle: string | undefined;
  /** AWS's own word: RUNNING, COMPLETED, CANCELLING, CANCELLED, FAILED. */
  readonly status: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly messagesPerSecond: number | undefined;
  readonly moved: number;
  readonly toMove: number | undefined;
  readonly failureReason: string | undefined;
  readonly startedAtMs: number | undefined;
}

/** Reads a message of the SDK. */
export function toMessage(message: Message): QueueMessage {
  const system = definedOnly(message.Attributes ?? {});
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    sentAtMs: numberOf(system['SentTimestamp']),
    receiveCount: numberOf(system['ApproximateReceiveCount']),
    systemAttributes: system,
    messageAttributes: definedOnly(message.MessageAttributes ?? {}),
  };
}

/** Reads a move task of the SDK. */
export function toMoveTask(task: ListMessageMoveTasksResultEntry): MoveTask {
  return {
    taskHandle: task.TaskHandle,
    status: task.Status ?? 'UNKNOWN',
    sourceArn: task.SourceArn ?? '',
    destinationArn: task.DestinationArn,
    messagesPerSecond: task.MaxNumberOfMessagesPerSecond,
    moved: task.ApproximateNumberOfMessagesMoved ?? 0,
    toMove: task.ApproximateNumberOfMessagesToMove,
    failureReason: task.FailureReason,
    startedAtMs: task.StartedTimestamp,
  };
}

function definedOnly<Value>(record: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> {
  const defined: Record<string, Value> = {};
  for (const [name, value] of Object.entries(record)) if (value !== undefined) defined[name] = value;
  return defined;
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
