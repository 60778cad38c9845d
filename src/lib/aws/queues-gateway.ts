import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueueTagsCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  type SQSClient,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { type BatchOutcome, batchIds, batchOutcome } from './batch-outcome.js';
import { type ServiceContext, call } from './call.js';
import {
  type MessageToSend,
  type MoveTask,
  type QueueAttributes,
  type QueueMessage,
  toMessage,
  toMoveTask,
} from './queue-values.js';

/** How messages are asked for. */
export interface ReceiveInput {
  readonly queueUrl: string;
  /** 1 to 10. */
  readonly maxMessages: number;
  /** 0 to 20; 0 does not wait, and asks only some of the queue's servers. */
  readonly waitSeconds: number;
  /** 0 to 43,200. */
  readonly visibilitySeconds: number;
}

/** SQS in one Region (FACTS C). Every method throws AwsError; batches take 10 entries at most. */
export interface QueuesGateway {
  readonly region: string;
  /** @param account the owner, when the queue belongs to another account */
  queueUrl(queueName: string, account?: string, signal?: AbortSignal): Promise<string>;
  attributes(queueUrl: string, signal?: AbortSignal): Promise<QueueAttributes>;
  setAttributes(queueUrl: string, attributes: QueueAttributes, signal?: AbortSignal): Promise<void>;
  listQueues(
    input: { readonly prefix?: string | undefined; readonly after?: string | undefined },
    signal?: AbortSignal,
  ): Promise<{ readonly queueUrls: readonly string[]; readonly next: string | undefined }>;
  /** Creates a queue, or answers with the one of that name when its attributes are the same. */
  createQueue(
    input: {
      readonly queueName: string;
      readonly attributes: QueueAttributes;
      readonly tags: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<string>;
  tags(queueUrl: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  tagQueue(queueUrl: string, tags: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void>;
  receive(input: ReceiveInput, signal?: AbortSignal): Promise<readonly QueueMessage[]>;
  deleteBatch<Entry extends { readonly receiptHandle: string }>(
    queueUrl: string,
    entries: readonly Entry[],
    signal?: AbortSignal,
  ): Promise<BatchOutcome<Entry>>;
  changeVisibilityBatch<Entry extends { readonly receiptHandle: string }>(
    queueUrl: string,
    entries: readonly Entry[],
    visibilitySeconds: number,
    signal?: AbortSignal,
  ): Promise<BatchOutcome<Entry>>;
  sendBatch<Entry extends MessageToSend>(
    queueUrl: string,
    entries: readonly Entry[],
    signal?: AbortSignal,
  ): Promise<BatchOutcome<Entry>>;
  /** The queues whose redrive policy names this one: only those make it a queue that can be redriven (FACTS C). */
  deadLetterSources(queueUrl: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** @returns the handle that cancels the task */
  startMoveTask(
    input: {
      readonly sourceArn: string;
      readonly destinationArn?: string | undefined;
      readonly messagesPerSecond?: number | undefined;
    },
    signal?: AbortSignal,
  ): Promise<string>;
  /** The newest tasks first, ten at most. */
  moveTasks(sourceArn: string, signal?: AbortSignal): Promise<readonly MoveTask[]>;
  /** @returns how many messages had been moved by then, approximately */
  cancelMoveTask(taskHandle: string, sourceArn: string, signal?: AbortSignal): Promise<number>;
}

/**
 * The gateway over the SDK's client.
 * @param longestWaitSeconds what a long poll may take, so that it ends before the client's read time limit does
 */
export function sdkQueuesGateway(
  client: SQSClient,
  context: ServiceContext,
  longestWaitSeconds: number,
): QueuesGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    async queueUrl(queueName, account, signal) {
      const command = new GetQueueUrlCommand({ QueueName: queueName, QueueOwnerAWSAccountId: account });
      const output = await call(context, 'GetQueueUrl', queueName, () => client.send(command, options(signal)));
      return output.QueueUrl ?? '';
    },
    async attributes(queueUrl, signal) {
      const command = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
      const send = () => client.send(command, options(signal));
      return (await call(context, 'GetQueueAttributes', nameOf(queueUrl), send)).Attributes ?? {};
    },
    async setAttributes(queueUrl, attributes, signal) {
      const command = new SetQueueAttributesCommand({ QueueUrl: queueUrl, Attributes: { ...attributes } });
      await call(context, 'SetQueueAttributes', nameOf(queueUrl), () => client.send(command, options(signal)));
    },
    async listQueues({ prefix, after }, signal) {
      const command = new ListQueuesCommand({ QueueNamePrefix: prefix, NextToken: after, MaxResults: 1000 });
      const output = await call(context, 'ListQueues', undefined, () => client.send(command, options(signal)));
      return { queueUrls: output.QueueUrls ?? [], next: output.NextToken };
    },
    async createQueue({ queueName, attributes, tags }, signal) {
      const command = new CreateQueueCommand({
        QueueName: queueName,
        Attributes: { ...attributes },
        // Tags need a permission of their own, even where there are none.
        ...(Object.keys(tags).length === 0 ? {} : { tags: { ...tags } }),
      });
      const output = await call(context, 'CreateQueue', queueName, () => client.send(command, options(signal)));
      return output.QueueUrl ?? '';
    },
    async tags(queueUrl, signal) {
      const command = new ListQueueTagsCommand({ QueueUrl: queueUrl });
      const output = await call(context, 'ListQueueTags', nameOf(queueUrl), () =>
        client.send(command, options(signal)),
      );
      return output.Tags ?? {};
    },
    async tagQueue(queueUrl, tags, signal) {
      const command = new TagQueueCommand({ QueueUrl: queueUrl, Tags: { ...tags } });
      await call(context, 'TagQueue', nameOf(queueUrl), () => client.send(command, options(signal)));
    },
    async receive(input, signal) {
      const command = new ReceiveMessageCommand({
        QueueUrl: input.queueUrl,
        MaxNumberOfMessages: input.maxMessages,
        WaitTimeSeconds: Math.min(input.waitSeconds, longestWaitSeconds),
        VisibilityTimeout: input.visibilitySeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const send = () => client.send(command, options(signal));
      return ((await call(context, 'ReceiveMessage', nameOf(input.queueUrl), send)).Messages ?? []).map(toMessage);
    },
    async deleteBatch(queueUrl, entries, signal) {
      const command = new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: batchIds(entries).map(({ id, entry }) => ({ Id: id, ReceiptHandle: entry.receiptHandle })),
      });
      const send = () => client.send(command, options(signal));
      const output = await call(context, 'DeleteMessageBatch', nameOf(queueUrl), send);
      return batchOutcome(entries, output.Successful, output.Failed);
    },
    async changeVisibilityBatch(queueUrl, entries, visibilitySeconds, signal) {
      const command = new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: batchIds(entries).map(({ id, entry }) => ({
          Id: id,
          ReceiptHandle: entry.receiptHandle,
          VisibilityTimeout: visibilitySeconds,
        })),
      });
      const send = () => client.send(command, options(signal));
      const output = await call(context, 'ChangeMessageVisibilityBatch', nameOf(queueUrl), send);
      return batchOutcome(entries, output.Successful, output.Failed);
    },
    async sendBatch(queueUrl, entries, signal) {
      const command = new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: batchIds(entries).map(({ id, entry }) => ({
          Id: id,
          MessageBody: entry.body,
          MessageAttributes: { ...entry.messageAttributes },
          MessageGroupId: entry.groupId,
          MessageDeduplicationId: entry.deduplicationId,
        })),
      });
      const output = await call(context, 'SendMessageBatch', nameOf(queueUrl), () =>
        client.send(command, options(signal)),
      );
      return batchOutcome(entries, output.Successful, output.Failed);
    },
    async deadLetterSources(queueUrl, signal) {
      const urls: string[] = [];
      let token: string | undefined;
      do {
        const command = new ListDeadLetterSourceQueuesCommand({
          QueueUrl: queueUrl,
          NextToken: token,
          MaxResults: 1000,
        });
        const send = () => client.send(command, options(signal));
        const output = await call(context, 'ListDeadLetterSourceQueues', nameOf(queueUrl), send);
        urls.push(...(output.queueUrls ?? []));
        token = output.NextToken;
      } while (token !== undefined);
      return urls;
    },
    async startMoveTask(input, signal) {
      const command = new StartMessageMoveTaskCommand({
        SourceArn: input.sourceArn,
        DestinationArn: input.destinationArn,
        MaxNumberOfMessagesPerSecond: input.messagesPerSecond,
      });
      const send = () => client.send(command, options(signal));
      return (await call(context, 'StartMessageMoveTask', input.sourceArn, send)).TaskHandle ?? '';
    },
    async moveTasks(sourceArn, signal) {
      const command = new ListMessageMoveTasksCommand({ SourceArn: sourceArn, MaxResults: 10 });
      const send = () => client.send(command, options(signal));
      return ((await call(context, 'ListMessageMoveTasks', sourceArn, send)).Results ?? []).map(toMoveTask);
    },
    async cancelMoveTask(taskHandle, sourceArn, signal) {
      const command = new CancelMessageMoveTaskCommand({ TaskHandle: taskHandle });
      const send = () => client.send(command, options(signal));
      return (await call(context, 'CancelMessageMoveTask', sourceArn, send)).ApproximateNumberOfMessagesMoved ?? 0;
    },
  };
}

/** The name at the end of a queue's URL; it is what errors call the queue. */
function nameOf(queueUrl: string): string {
  return queueUrl.slice(queueUrl.lastIndexOf('/') + 1);
}
