import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, START_MS, startHarness } from '../harness.js';
import { type Queues, queuesOf } from './sqs-rules.js';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

describe('queues and the sandbox’s time', () => {
  let harness: Harness;
  let queues: Queues;

  beforeEach(async () => {
    harness = await startHarness();
    queues = queuesOf(harness.sqs());
  });
  afterEach(() => harness.close());

  const pass = (ms: number) => harness.sandbox.control.advanceClock({ ms });
  /** Until so many receives wait for the messages of the first queue. */
  const untilWaiting = (receives: number) =>
    expect.poll(() => harness.sandbox.control.status().regions[0]?.queues[0]?.waitingReceives).toBe(receives);
  const bodies = async (url: string) => (await queues.receive(url)).map(({ Body }) => Body);
  /** A queue and its dead-letter queue, with these messages dead. */
  const withDeadLetters = async (...messages: readonly string[]) => {
    const dead = await queues.create('dead');
    const deadArn = await queues.arn(dead);
    const source = await queues.create('source', {
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 1 }),
    });
    await queues.send(source, ...messages);
    for (let at = 0; at <= messages.length / 10; at += 1) await queues.receive(source);
    await queues.receive(source);
    await queues.receive(source);
    return { source, dead, deadArn };
  };
  const task = async (SourceArn: string) =>
    (await queues.client.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0];

  it('C: a message comes back after its visibility timeout, 30 s by default', async () => {
    const url = await queues.create('orders');
    await queues.send(url, 'a');
    expect(await bodies(url)).toEqual(['a']);
    pass(30 * SECOND_MS - 1);
    expect(await bodies(url)).toEqual([]);
    pass(1);
    expect(await bodies(url)).toEqual(['a']);
  });

  it('C: a message may be out of sight for 12 hours in all, from its receive on', async () => {
    const url = await queues.create('orders');
    await queues.send(url, 'a');
    const [message] = await queues.receive(url);
    const change = (VisibilityTimeout: number) =>
      queues.client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout,
        }),
      );
    pass(10 * SECOND_MS);
    await change(43_190);
    await expect(change(43_191)).rejects.toThrow(
      'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    );
  });

  it('C: a message is kept for the retention period, 4 days by default', async () => {
    const url = await queues.create('orders');
    await queues.send(url, 'old');
    pass(DAY_MS);
    await queues.send(url, 'young');
    pass(3 * DAY_MS);
    expect(await bodies(url)).toEqual(['young']);
    await queues.client.send(
      new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { MessageRetentionPeriod: '60' } }),
    );
    expect(await queues.attributes(url, 'ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('C: in a dead-letter queue retention runs on from the first sending', async () => {
    const { dead } = await withDeadLetters('a');
    const [message] = await queues.receive(dead, {
      MessageSystemAttributeNames: ['SentTimestamp'],
      VisibilityTimeout: 0,
    });
    expect(message?.Attributes).toEqual({ SentTimestamp: String(START_MS) });
    pass(4 * DAY_MS);
    expect(await bodies(dead)).toEqual([]);
  });

  it('model: a delayed message is not there before its time; the message’s delay goes before the queue’s', async () => {
    const url = await queues.create('orders', { DelaySeconds: '10' });
    await queues.send(url, 'queue');
    await queues.client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'own', DelaySeconds: 0 }));
    expect(await bodies(url)).toEqual(['own']);
    pass(10 * SECOND_MS);
    expect(await bodies(url)).toEqual(['queue']);
  });

  it('C: a long poll ends with the message that arrives, and empty when its time is over', async () => {
    const url = await queues.create('orders', { ReceiveMessageWaitTimeSeconds: '20' });
    const arriving = queues.receive(url);
    await queues.send(url, 'a');
    expect((await arriving).map(({ Body }) => Body)).toEqual(['a']);
    const waiting = queues.receive(url, { WaitTimeSeconds: 5 });
    await untilWaiting(1);
    pass(5 * SECOND_MS);
    expect(await waiting).toEqual([]);
  });

  it('C: a long poll sees a message that comes back while it waits', async () => {
    const url = await queues.create('orders', { VisibilityTimeout: '5' });
    await queues.send(url, 'a');
    const [first] = await queues.receive(url);
    const waiting = queues.receive(url, { WaitTimeSeconds: 20 });
    await untilWaiting(1);
    pass(5 * SECOND_MS);
    expect((await waiting).map(({ MessageId }) => MessageId)).toEqual([first?.MessageId]);
  });

  it('does not give a message to a client that went away', async () => {
    const url = await queues.create('orders');
    const leaving = new AbortController();
    const lost = harness.raw('AmazonSQS.ReceiveMessage', { QueueUrl: url, WaitTimeSeconds: 20 }, {}, leaving.signal);
    await untilWaiting(1);
    leaving.abort();
    await expect(lost).rejects.toThrow();
    await untilWaiting(0);
    await queues.send(url, 'a');
    expect(await bodies(url)).toEqual(['a']);
  });

  it('ends long polls when it closes', async () => {
    const url = await queues.create('orders');
    const waiting = queues.receive(url, { WaitTimeSeconds: 20 });
    await untilWaiting(1);
    await harness.sandbox.close();
    expect(await waiting).toEqual([]);
  });

  it('C: a purge clears a queue, and the next is allowed after 60 s', async () => {
    const url = await queues.create('orders');
    const purge = () => queues.client.send(new PurgeQueueCommand({ QueueUrl: url }));
    await purge();
    await expect(purge()).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
    pass(60 * SECOND_MS);
    await purge();
  });

  it('model: the name of a deleted queue is free again after 60 s', async () => {
    const url = await queues.create('orders');
    await queues.client.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(queues.create('orders')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
    pass(60 * SECOND_MS);
    expect(await queues.create('orders')).toBe(url);
  });

  it('C: five minutes after it was sent, a FIFO queue takes the message again', async () => {
    const QueueUrl = await queues.create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    const send = () => queues.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }));
    const first = await send();
    pass(300 * SECOND_MS - 1);
    expect((await send()).MessageId).toBe(first.MessageId);
    pass(1);
    expect((await send()).MessageId).not.toBe(first.MessageId);
  });

  it('model: by group, the same id in another group is another message', async () => {
    const QueueUrl = await queues.create('orders.fifo', {
      FifoQueue: 'true',
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    for (const MessageGroupId of ['a', 'b', 'a']) {
      await queues.client.send(
        new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId, MessageDeduplicationId: 'd' }),
      );
    }
    expect(await queues.receive(QueueUrl)).toHaveLength(2);
  });

  it('model: a FIFO queue refuses to delete by a handle whose time is over', async () => {
    const QueueUrl = await queues.create('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    await queues.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }));
    const [message] = await queues.receive(QueueUrl);
    pass(30 * SECOND_MS);
    await expect(
      queues.client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
    ).rejects.toThrow('Reason: The receipt handle has expired.');
  });

  it('C: a move task sends dead letters back where they came from, as new messages', async () => {
    const { source, dead, deadArn } = await withDeadLetters('a', 'b');
    await queues.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));
    const running = await task(deadArn);
    expect(running).toMatchObject({
      Status: 'RUNNING',
      SourceArn: deadArn,
      ApproximateNumberOfMessagesToMove: 2,
      ApproximateNumberOfMessagesMoved: 0,
      StartedTimestamp: START_MS,
    });
    expect(running?.TaskHandle).toBeDefined();
    await expect(queues.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }))).rejects.toThrow(
      'There is already a task running.',
    );
    pass(SECOND_MS);
    const done = await task(deadArn);
    expect(done).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 });
    expect([done?.TaskHandle, done?.DestinationArn]).toEqual([undefined, undefined]);
    const back = await queues.receive(source, { MessageSystemAttributeNames: ['All'] });
    expect(back.map(({ Body, Attributes }) => [Body, Attributes?.['ApproximateReceiveCount']])).toEqual([
      ['a', '1'],
      ['b', '1'],
    ]);
    expect(await bodies(dead)).toEqual([]);
  });

  it('C: a move task keeps to its rate and can be cancelled; what was moved stays moved', async () => {
    const { dead, deadArn } = await withDeadLetters('a', 'b', 'c');
    const destination = await queues.create('elsewhere');
    const { TaskHandle } = await queues.client.send(
      new StartMessageMoveTaskCommand({
        SourceArn: deadArn,
        DestinationArn: await queues.arn(destination),
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    pass(2 * SECOND_MS);
    const cancelled = await queues.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(2);
    expect((await task(deadArn))?.Status).toBe('CANCELLING');
    pass(SECOND_MS);
    expect(await task(deadArn)).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 });
    expect(await bodies(destination)).toEqual(['a', 'b']);
    expect(await bodies(dead)).toEqual(['c']);
    await expect(queues.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    });
  });

  it('C: a move task moves 1 to 500 messages a second', async () => {
    const { deadArn } = await withDeadLetters('a');
    const start = (MaxNumberOfMessagesPerSecond: number) =>
      queues.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn, MaxNumberOfMessagesPerSecond }));
    await expect(start(0)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(start(501)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    expect((await start(500)).TaskHandle).toBeDefined();
  });

  it('C: a move task fails when its destination is gone, and when a message came from no queue', async () => {
    const { dead, deadArn, source } = await withDeadLetters('a');
    const destination = await queues.create('elsewhere');
    await queues.client.send(
      new StartMessageMoveTaskCommand({ SourceArn: deadArn, DestinationArn: await queues.arn(destination) }),
    );
    await queues.client.send(new DeleteQueueCommand({ QueueUrl: destination }));
    pass(SECOND_MS);
    expect(await task(deadArn)).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
    });
    expect(await bodies(source)).toEqual([]);
    pass(30 * SECOND_MS);
    expect(await bodies(dead)).toEqual(['a']);
    await queues.send(dead, 'sent by hand');
    await queues.client.send(new StartMessageMoveTaskCommand({ SourceArn: deadArn }));
    pass(SECOND_MS);
    expect(await task(deadArn)).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'CouldNotDetermineMessageSource',
    });
  });

  it.each([
    ['x', 'Value for parameter TaskHandle is invalid.'],
    [{ taskId: 't', sourceArn: 'arn:aws:sqs:us-east-1:111122223333:nobody' }, 'SourceArn parameter doesn’t exist.'],
    [{ taskId: 't', sourceArn: 'arn:aws:sqs:us-east-1:111122223333:dead' }, 'Task does not exist.'],
  ])('C: cancelling %j is refused', async (handle, message) => {
    await withDeadLetters();
    const TaskHandle = typeof handle === 'string' ? handle : Buffer.from(JSON.stringify(handle)).toString('base64');
    await expect(queues.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow(
      message.replace('’', "'"),
    );
  });

  it('C: a dead-letter queue says who may use it', async () => {
    const dead = await queues.create('dead', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await queues.arn(dead), maxReceiveCount: 3 });
    await expect(queues.create('source', { RedrivePolicy })).rejects.toThrow('does not allow this queue as a source');
    const allow = (RedriveAllowPolicy: string) =>
      queues.client.send(new SetQueueAttributesCommand({ QueueUrl: dead, Attributes: { RedriveAllowPolicy } }));
    await expect(allow('{"redrivePermission":"byQueue"}')).rejects.toThrow('one or more sourceQueueArns');
    await expect(allow('{"redrivePermission":"allowAll","sourceQueueArns":["a"]}')).rejects.toThrow(
      'you must set redrivePermission to byQueue',
    );
    const sourceArn = 'arn:aws:sqs:us-east-1:111122223333:source';
    await allow(JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [sourceArn] }));
    await queues.create('source', { RedrivePolicy });
    await expect(queues.create('another', { RedrivePolicy })).rejects.toThrow('does not allow this queue as a source');
  });

  it('has queues of the same name in several Regions, each with its own messages', async () => {
    const other = queuesOf(harness.sqs('eu-west-1'));
    const [here, there] = [await queues.create('orders'), await other.create('orders')];
    await queues.send(here, 'virginia');
    expect(await other.receive(there)).toEqual([]);
    expect([await queues.arn(here), await other.arn(there)]).toEqual([
      'arn:aws:sqs:us-east-1:111122223333:orders',
      'arn:aws:sqs:eu-west-1:111122223333:orders',
    ]);
  });

  it('speaks on the wire as AWS does when it refuses', async () => {
    const missing = await harness.raw('AmazonSQS.GetQueueUrl', { QueueName: 'nobody' });
    expect([missing.status, missing.headers.get('x-amzn-query-error'), await missing.json()]).toEqual([
      400,
      'AWS.SimpleQueueService.NonExistentQueue;Sender',
      { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The specified queue does not exist.' },
    ]);
    const bad = await harness.raw('AmazonSQS.CreateQueue', { QueueName: 'a b' });
    expect([bad.headers.get('x-amzn-query-error'), await bad.json()]).toEqual([
      'InvalidParameterValue;Sender',
      expect.objectContaining({ __type: 'com.amazon.coral.service#InvalidParameterValueException' }),
    ]);
    const unknown = await harness.raw('AmazonSQS.AddPermission', {});
    expect(unknown.headers.get('x-amzn-query-error')).toBe('InvalidAction;Sender');
    expect(harness.log.at(-1)).toContain('AmazonSQS.AddPermission');
    harness.sandbox.control.failNext({ operation: 'ReceiveMessage', error: 'throttle' });
    expect(await (await harness.raw('AmazonSQS.ReceiveMessage', {})).json()).toMatchObject({
      __type: 'com.amazonaws.sqs#RequestThrottled',
    });
  });

  it('refuses aloud what it does not serve', async () => {
    const url = await queues.create('orders');
    await expect(queues.receive(url, { ReceiveRequestAttemptId: 'x' })).rejects.toMatchObject({
      name: 'UnsupportedOperation',
      message: 'The sandbox does not serve ReceiveRequestAttemptId of ReceiveMessage.',
    });
    await expect(
      queues.client.send(new CreateQueueCommand({ QueueName: 'x', Attributes: { Nonsense: '1' } as object })),
    ).rejects.toMatchObject({ name: 'InvalidAttributeName', message: 'Unknown Attribute Nonsense.' });
  });
});
