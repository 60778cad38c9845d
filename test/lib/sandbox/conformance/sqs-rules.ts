import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  type Message,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';

/** A rule of SQS that any endpoint has to keep, whatever its clock; each makes queues of its own. */
export interface SqsRule {
  readonly name: string;
  check(queues: Queues): Promise<void>;
}

/** A client with the few calls that every rule makes. */
export interface Queues {
  readonly client: SQSClient;
  create(name: string, attributes?: Partial<Record<QueueAttributeName, string>>): Promise<string>;
  arn(url: string): Promise<string>;
  attributes(url: string, ...names: readonly QueueAttributeName[]): Promise<Partial<Record<string, string>>>;
  send(url: string, ...bodies: readonly string[]): Promise<void>;
  receive(url: string, input?: Partial<ReceiveMessageCommandInput>): Promise<readonly Message[]>;
}

/** Puts the few calls around a client. */
export function queuesOf(client: SQSClient): Queues {
  const attributes: Queues['attributes'] = async (url, ...names) =>
    (await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }))).Attributes ?? {};
  return {
    client,
    attributes,
    create: async (name, given) =>
      (await client.send(new CreateQueueCommand({ QueueName: name, Attributes: given }))).QueueUrl ?? '',
    arn: async url => (await attributes(url, 'QueueArn'))['QueueArn'] ?? '',
    send: async (url, ...bodies) => {
      for (const MessageBody of bodies) await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
    },
    receive: async (url, input = {}) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...input }))).Messages ??
      [],
  };
}

const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);

/** The rules, each named after the section of the facts, or of the API's model, that it comes from. */
export const sqsRules: readonly SqsRule[] = [
  {
    name: 'model: creating a queue again gives its URL; with other attributes it is refused',
    check: async ({ client, create }) => {
      const url = await create('twice', { DelaySeconds: '5' });
      expect(await create('twice', { DelaySeconds: '5' })).toBe(url);
      expect(await create('twice')).toBe(url);
      await expect(create('twice', { DelaySeconds: '6' })).rejects.toMatchObject({
        name: 'QueueNameExists',
        message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
      });
      expect((await client.send(new GetQueueUrlCommand({ QueueName: 'twice' }))).QueueUrl).toBe(url);
    },
  },
  {
    name: 'model: a queue that is not there is QueueDoesNotExist, with the older code beside it',
    check: async ({ client, create }) => {
      await expect(client.send(new GetQueueUrlCommand({ QueueName: 'nobody' }))).rejects.toMatchObject({
        name: 'QueueDoesNotExist',
        Error: { Code: 'AWS.SimpleQueueService.NonExistentQueue', Type: 'Sender' },
      });
      const url = (await create('gone')).replace('/gone', '/other');
      await expect(client.send(new ReceiveMessageCommand({ QueueUrl: url }))).rejects.toMatchObject({
        name: 'QueueDoesNotExist',
      });
    },
  },
  {
    name: 'model: names are of letters, digits, hyphens and underscores, 1 to 80',
    check: async ({ create }) => {
      await expect(create('a b')).rejects.toMatchObject({
        message: 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      });
      await expect(create('x'.repeat(81))).rejects.toMatchObject({ $fault: 'client' });
    },
  },
  {
    name: 'model: the name of a FIFO queue ends in .fifo',
    check: async ({ create }) => {
      await expect(create('plain', { FifoQueue: 'true' })).rejects.toMatchObject({
        message: expect.stringContaining('must end with .fifo suffix'),
      });
    },
  },
  {
    name: 'model: queues are listed by prefix, page by page',
    check: async ({ client, create }) => {
      const urls = [await create('page-a'), await create('page-b'), await create('page-c')];
      await create('other');
      const first = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2 }));
      const second = await client.send(
        new ListQueuesCommand({ QueueNamePrefix: 'page-', MaxResults: 2, NextToken: first.NextToken }),
      );
      expect([...(first.QueueUrls ?? []), ...(second.QueueUrls ?? [])]).toEqual(urls);
      expect(second.NextToken).toBeUndefined();
      expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'none-' }))).QueueUrls ?? []).toEqual([]);
    },
  },
  {
    name: 'C: the defaults of a queue (visibility 30 s, retention 4 d, 1 MiB)',
    check: async ({ create, attributes }) => {
      expect(await attributes(await create('plain'), 'All')).toMatchObject({
        VisibilityTimeout: '30',
        MessageRetentionPeriod: '345600',
        MaximumMessageSize: '1048576',
        DelaySeconds: '0',
        ReceiveMessageWaitTimeSeconds: '0',
        SqsManagedSseEnabled: 'true',
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '0',
      });
    },
  },
  {
    name: 'C: retention is 60 s to 14 d, visibility up to 43,200 s; a value outside is InvalidAttributeValue',
    check: async ({ create }) => {
      for (const attributes of [
        { MessageRetentionPeriod: '59' },
        { MessageRetentionPeriod: '1209601' },
        { VisibilityTimeout: '43201' },
        { DelaySeconds: '901' },
        { MaximumMessageSize: '1048577' },
      ]) {
        await expect(create('bad', attributes), JSON.stringify(attributes)).rejects.toMatchObject({
          name: 'InvalidAttributeValue',
        });
      }
      await expect(create('bad', { ContentBasedDeduplication: 'true' })).rejects.toMatchObject({
        name: 'InvalidAttributeName',
      });
    },
  },
  {
    name: 'model: a queue is encrypted by SQS or by a key, never both',
    check: async ({ client, create, attributes }) => {
      const url = await create('secret', { KmsMasterKeyId: 'alias/orders' });
      expect(await attributes(url, 'KmsMasterKeyId', 'SqsManagedSseEnabled')).toEqual({
        KmsMasterKeyId: 'alias/orders',
        SqsManagedSseEnabled: 'false',
      });
      await expect(
        client.send(
          new SetQueueAttributesCommand({
            QueueUrl: url,
            Attributes: { KmsMasterKeyId: 'alias/orders', SqsManagedSseEnabled: 'true' },
          }),
        ),
      ).rejects.toMatchObject({ name: 'InvalidAttributeName' });
    },
  },
  {
    name: 'model: tags are added, listed and taken off',
    check: async ({ client, create }) => {
      const QueueUrl = await create('tagged');
      await client.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'orders', stage: 'test' } }));
      await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
      expect((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'orders' });
    },
  },
  {
    name: 'model: a message comes with the MD5s recorded at AWS, and with those of its attributes that are asked for',
    check: async ({ client, create, receive }) => {
      const sent = async (name: string) => {
        const QueueUrl = await create(name);
        const { MD5OfMessageAttributes } = await client.send(
          new SendMessageCommand({
            QueueUrl,
            MessageBody: 'msg',
            MessageAttributes: {
              Hello: { DataType: 'String', StringValue: 'There' },
              General: { DataType: 'String', StringValue: 'Kenobi' },
              'Help.Me': { DataType: 'String', StringValue: 'Me' },
            },
          }),
        );
        expect(MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
        return QueueUrl;
      };
      const [bare] = await receive(await sent('bare'));
      expect([bare?.MD5OfBody, bare?.Attributes, bare?.MessageAttributes]).toEqual([
        '6e2baaf3b97dbeef01c0043275f9a0e7',
        undefined,
        undefined,
      ]);
      const [some] = await receive(await sent('some'), { MessageAttributeNames: ['Hel.*'] });
      expect(Object.keys(some?.MessageAttributes ?? {}).sort()).toEqual(['Hello', 'Help.Me']);
      expect(some?.MD5OfMessageAttributes).toBe('83fee93c1bcd8b9a5a923ffacdc636c7');
      const [all] = await receive(await sent('all'), { MessageAttributeNames: ['All'] });
      expect(all?.MD5OfMessageAttributes).toBe('4c360f3fdafd970e05fae2f149d997f5');
    },
  },
  {
    name: 'C: the attributes of the system come by MessageSystemAttributeNames, and by the older AttributeNames',
    check: async ({ create, send, receive }) => {
      const url = await create('system');
      await send(url, 'a', 'b');
      const one = { MaxNumberOfMessages: 1 };
      const [older] = await receive(url, { ...one, AttributeNames: ['All'] });
      expect(older?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) });
      const [newer] = await receive(url, { ...one, MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
      expect(newer?.Attributes).toEqual({ ApproximateReceiveCount: '1' });
    },
  },
  {
    name: 'model: a binary attribute keeps its bytes and has the MD5 recorded at AWS',
    check: async ({ client, create, receive }) => {
      const QueueUrl = await create('binary');
      const BinaryValue = Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01');
      await client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: 'test',
          MessageAttributes: { attr1: { DataType: 'Binary', BinaryValue } },
        }),
      );
      const [message] = await receive(QueueUrl, { MessageAttributeNames: ['attr1'] });
      expect(message?.MD5OfMessageAttributes).toBe('8cbe4db156db8a94db8b801b7addb984');
      expect(Buffer.from(message?.MessageAttributes?.['attr1']?.BinaryValue ?? [])).toEqual(BinaryValue);
    },
  },
  {
    name: 'C: a receive gives 1 to 10 messages; a message in sight of one receiver is out of sight of others',
    check: async ({ create, send, receive }) => {
      const url = await create('ten');
      await send(url, ...Array.from({ length: 12 }, (_, at) => `m${at}`));
      const messages: Message[] = [];
      // A receive may give fewer than there are, at AWS too.
      for (let looks = 0; looks < 10 && messages.length < 12; looks += 1) messages.push(...(await receive(url)));
      expect(new Set(bodies(messages)).size).toBe(12);
      expect(await receive(url)).toEqual([]);
      await expect(receive(url, { MaxNumberOfMessages: 11 })).rejects.toMatchObject({
        message:
          'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
      });
      await expect(receive(url, { WaitTimeSeconds: 21 })).rejects.toMatchObject({ $fault: 'client' });
      await expect(receive(url, { VisibilityTimeout: 43_201 })).rejects.toMatchObject({ $fault: 'client' });
    },
  },
  {
    name: 'model: the counts tell what can be received, what is in flight and what is delayed',
    check: async ({ client, create, send, receive, attributes }) => {
      const QueueUrl = await create('counted');
      await send(QueueUrl, 'a', 'b', 'c', 'd', 'e');
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
      const messages = await receive(QueueUrl, { MaxNumberOfMessages: 3 });
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: messages[0]?.ReceiptHandle }));
      expect(
        await attributes(
          QueueUrl,
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ),
      ).toEqual({
        ApproximateNumberOfMessages: '2',
        ApproximateNumberOfMessagesNotVisible: '2',
        ApproximateNumberOfMessagesDelayed: '1',
      });
    },
  },
  {
    name: 'model: visibility 0 gives a message back, and only the newest handle deletes it',
    check: async ({ client, create, send, receive }) => {
      const QueueUrl = await create('back');
      await send(QueueUrl, 'a');
      const [first] = await receive(QueueUrl);
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
      );
      const [second] = await receive(QueueUrl, { VisibilityTimeout: 0 });
      expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
      const [third] = await receive(QueueUrl);
      expect(third?.Body).toBe('a');
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: third?.ReceiptHandle }));
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: third?.ReceiptHandle }));
      expect(await receive(QueueUrl)).toEqual([]);
    },
  },
  {
    name: 'model: a handle that no queue gave is ReceiptHandleIsInvalid',
    check: async ({ client, create }) => {
      const QueueUrl = await create('handles');
      await expect(client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' }))).rejects.toMatchObject({
        name: 'ReceiptHandleIsInvalid',
      });
      await expect(
        client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: 'x', VisibilityTimeout: 1 })),
      ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
    },
  },
  {
    name: 'C: a batch does what it can and names the rest in Failed',
    check: async ({ client, create, receive }) => {
      const QueueUrl = await create('batch');
      const sent = await client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: 'good', MessageBody: 'a' },
            { Id: 'late', MessageBody: 'b', DelaySeconds: 901 },
            { Id: 'also', MessageBody: 'c' },
          ],
        }),
      );
      expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good', 'also']);
      expect(sent.Failed).toMatchObject([{ Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' }]);
      const messages = await receive(QueueUrl);
      const changed = await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: [
            { Id: 'one', ReceiptHandle: messages[0]?.ReceiptHandle, VisibilityTimeout: 60 },
            { Id: 'two', ReceiptHandle: 'x', VisibilityTimeout: 60 },
          ],
        }),
      );
      expect(changed.Successful).toEqual([{ Id: 'one' }]);
      expect(changed.Failed).toMatchObject([{ Id: 'two', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
      const deleted = await client.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: 'bogus', ReceiptHandle: 'bogus' },
            { Id: 'real', ReceiptHandle: messages[1]?.ReceiptHandle },
          ],
        }),
      );
      expect(deleted.Successful).toEqual([{ Id: 'real' }]);
      expect(deleted.Failed).toMatchObject([{ Id: 'bogus', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
    },
  },
  {
    name: 'C: a batch has 1 to 10 entries with ids of their own',
    check: async ({ client, create }) => {
      const QueueUrl = await create('rules');
      const batch = (...ids: readonly string[]) =>
        client.send(new SendMessageBatchCommand({ QueueUrl, Entries: ids.map(Id => ({ Id, MessageBody: 'a' })) }));
      await expect(batch()).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
      await expect(batch(...Array.from({ length: 11 }, (_, at) => `m${at}`))).rejects.toMatchObject({
        name: 'TooManyEntriesInBatchRequest',
        message: 'Maximum number of entries per request are 10. You have sent 11.',
      });
      await expect(batch('a', 'a')).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
      await expect(batch('not:good')).rejects.toMatchObject({ name: 'InvalidBatchEntryId' });
    },
  },
  {
    name: 'C: a message and a batch hold 1 MiB and not a byte more',
    check: async ({ client, create }) => {
      const QueueUrl = await create('large');
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(1_048_576) }));
      await expect(
        client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(1_048_577) })),
      ).rejects.toMatchObject({
        message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
      });
      const halves = [524_288, 524_289].map((length, at) => ({ Id: `m${at}`, MessageBody: 'x'.repeat(length) }));
      await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries: halves }))).rejects.toMatchObject({
        name: 'BatchRequestTooLong',
        message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
      });
    },
  },
  {
    name: 'C: a message that was received maxReceiveCount times goes to the dead-letter queue, which tells from where',
    check: async ({ client, create, arn, send, receive }) => {
      const dead = await create('dead');
      const deadArn = await arn(dead);
      const url = await create('source', {
        VisibilityTimeout: '0',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 2 }),
      });
      await send(url, 'poison');
      const [sent] = await receive(url);
      await receive(url);
      expect(await receive(url)).toEqual([]);
      const [message] = await receive(dead, { MessageSystemAttributeNames: ['All'], VisibilityTimeout: 0 });
      expect(message?.MessageId).toBe(sent?.MessageId);
      expect(message?.Attributes).toMatchObject({
        ApproximateReceiveCount: '3',
        DeadLetterQueueSourceArn: await arn(url),
      });
      const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }));
      expect(sources.queueUrls).toEqual([url]);
    },
  },
  {
    name: 'C: a redrive policy names a queue of the same kind that is there, and 1 to 1,000 receives',
    check: async ({ create, arn }) => {
      const dead = await arn(await create('dead'));
      const policy = (deadLetterTargetArn: string, maxReceiveCount: number) => ({
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }),
      });
      await expect(create('s1', policy(dead.replace(':dead', ':none'), 3))).rejects.toMatchObject({
        message: expect.stringContaining('Dead letter target does not exist.'),
      });
      await expect(create('s2', policy(dead, 1001))).rejects.toMatchObject({
        message: expect.stringContaining('valid values are from 1 to 1000 both inclusive.'),
      });
      await expect(create('s3.fifo', { FifoQueue: 'true', ...policy(dead, 3) })).rejects.toMatchObject({
        message: expect.stringContaining('Dead-letter queue must be same type of queue as the source'),
      });
      await expect(create('s4', { RedrivePolicy: 'no' })).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    },
  },
  {
    name: 'C: a move task is refused for a queue that is no dead-letter queue of a queue, and for unknown queues',
    check: async ({ client, create, arn }) => {
      const plain = await arn(await create('fed-by-lambda'));
      await expect(client.send(new StartMessageMoveTaskCommand({ SourceArn: plain }))).rejects.toMatchObject({
        message: 'Source queue must be configured as a Dead Letter Queue.',
        $metadata: { httpStatusCode: 400 },
      });
      await expect(
        client.send(new StartMessageMoveTaskCommand({ SourceArn: plain.replace(':fed-by-lambda', ':nobody') })),
      ).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: "The resource that you specified for the SourceArn parameter doesn't exist.",
        $metadata: { httpStatusCode: 404 },
      });
      await expect(client.send(new ListMessageMoveTasksCommand({ SourceArn: plain, MaxResults: 11 }))).rejects.toThrow(
        "You must enter a number that's between 1 and 10.",
      );
    },
  },
  {
    name: 'C: a queue is purged once in 60 s',
    check: async ({ client, create, send, receive }) => {
      const QueueUrl = await create('purged');
      await send(QueueUrl, 'a', 'b');
      await client.send(new PurgeQueueCommand({ QueueUrl }));
      expect(await receive(QueueUrl)).toEqual([]);
      await expect(client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({
        name: 'PurgeQueueInProgress',
        message: 'Only one PurgeQueue operation on purged is allowed every 60 seconds.',
        $metadata: { httpStatusCode: 403 },
      });
    },
  },
  {
    name: 'C: a FIFO queue keeps the order of a group, and a group waits for the message in flight',
    check: async ({ client, create, receive }) => {
      const QueueUrl = await create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
      for (const [MessageGroupId, MessageBody] of [
        ['a', 'a1'],
        ['a', 'a2'],
        ['b', 'b1'],
      ]) {
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId }));
      }
      const [first] = await receive(QueueUrl, { MaxNumberOfMessages: 1, AttributeNames: ['All'] });
      expect(first?.Body).toBe('a1');
      expect(first?.Attributes).toMatchObject({
        MessageGroupId: 'a',
        SequenceNumber: expect.stringMatching(/^\d{20}$/),
      });
      expect(bodies(await receive(QueueUrl))).toEqual(['b1']);
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
      expect(bodies(await receive(QueueUrl))).toEqual(['a2']);
    },
  },
  {
    name: 'C: a FIFO queue takes a message once in five minutes and answers the second with the first',
    check: async ({ client, create, receive }) => {
      const QueueUrl = await create('once.fifo', { FifoQueue: 'true' });
      const send = () =>
        client.send(
          new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' }),
        );
      const [first, second] = [await send(), await send()];
      expect([second.MessageId, second.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
      expect(await receive(QueueUrl)).toHaveLength(1);
      await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }))).rejects.toMatchObject({
        message: 'The request must contain the parameter MessageGroupId.',
      });
      await expect(
        client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' })),
      ).rejects.toMatchObject({ message: expect.stringContaining('ContentBasedDeduplication enabled') });
    },
  },
  {
    name: 'model: what XML cannot hold is InvalidMessageContents, and no body is none',
    check: async ({ client, create }) => {
      const QueueUrl = await create('characters');
      await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0000' }))).rejects.toMatchObject({
        name: 'InvalidMessageContents',
      });
      await expect(client.send(new SendMessageCommand({ QueueUrl, MessageBody: '' }))).rejects.toMatchObject({
        message: 'The request must contain the parameter MessageBody.',
      });
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'ä\t\r\n😀' }));
    },
  },
];
