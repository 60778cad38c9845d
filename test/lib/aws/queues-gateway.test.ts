import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../../src/lib/aws/connection.js';
import type { QueuesGateway } from '../../../src/lib/aws/queues-gateway.js';
import { resolveQueue } from '../../../src/lib/aws/resolve-queue.js';
import { translateAwsError } from '../../../src/lib/aws/translate.js';
import { AwsError } from '../../../src/lib/aws/aws-error.js';
import { systemClock } from '../../../src/lib/model/clock.js';
import { type WireServer, answerError, answerJson, wireServer } from '../../support/wire-server.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const URL_OF_QUEUE = 'https://sqs.eu-central-1.amazonaws.com/111122223333/orders-failures';
const closing: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Answers {
  readonly [operation: string]: object | { readonly error: string; readonly message: string };
}

async function queuesOver(
  answers: Answers,
  readTimeoutMs?: number,
): Promise<{ readonly queues: QueuesGateway; readonly server: WireServer; lastBody(): unknown }> {
  const server = await wireServer((response, request) => {
    const answer = answers[request.operation] ?? {};
    if ('error' in answer) answerError(response, String(answer.error), String(Reflect.get(answer, 'message')));
    else answerJson(response, answer);
  });
  closing.push(() => server.close());
  const aws = connect({
    credentials,
    env: {},
    clock: systemClock,
    random: () => 0,
    endpointUrl: server.url,
    maxAttempts: 1,
    readTimeoutMs,
  });
  closing.push(() => aws.close());
  return {
    queues: await aws.queues('eu-central-1'),
    server,
    lastBody: () => JSON.parse(server.requests.at(-1)?.body ?? '{}'),
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const failureOf = async (asking: Promise<unknown>): Promise<AwsError> => {
  const failure: unknown = await asking.catch((error: unknown) => error);
  if (failure instanceof AwsError) return failure;
  throw new Error(`no AwsError: ${String(failure)}`);
};

describe('receiving', () => {
  it('gives each message with its attributes', async () => {
    const body = '{"version":"1.0"}';
    const { queues, lastBody } = await queuesOver({
      ReceiveMessage: {
        Messages: [
          {
            MessageId: 'm-1',
            ReceiptHandle: 'AQEB1',
            Body: body,
            MD5OfBody: md5(body),
            Attributes: { SentTimestamp: '1795306429717', ApproximateReceiveCount: '2' },
            MessageAttributes: { kind: { DataType: 'String', StringValue: 'late' } },
          },
        ],
      },
    });
    const received = await queues.receive({
      queueUrl: URL_OF_QUEUE,
      maxMessages: 10,
      waitSeconds: 20,
      visibilitySeconds: 60,
    });
    expect(received).toEqual([
      {
        messageId: 'm-1',
        receiptHandle: 'AQEB1',
        body,
        sentAtMs: 1_795_306_429_717,
        receiveCount: 2,
        systemAttributes: { SentTimestamp: '1795306429717', ApproximateReceiveCount: '2' },
        messageAttributes: { kind: { DataType: 'String', StringValue: 'late' } },
      },
    ]);
    expect(lastBody()).toMatchObject({
      QueueUrl: URL_OF_QUEUE,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      VisibilityTimeout: 60,
      MessageSystemAttributeNames: ['All'],
    });
  });

  it('gives nothing for an empty queue, whose answer has no list', async () => {
    const { queues } = await queuesOver({});
    const input = { queueUrl: URL_OF_QUEUE, maxMessages: 1, waitSeconds: 0, visibilitySeconds: 0 };
    expect(await queues.receive(input)).toEqual([]);
  });

  it('waits no longer than the time an answer is given', async () => {
    const { queues, lastBody } = await queuesOver({}, 12_000);
    await queues.receive({ queueUrl: URL_OF_QUEUE, maxMessages: 1, waitSeconds: 20, visibilitySeconds: 0 });
    expect(lastBody()).toMatchObject({ WaitTimeSeconds: 7 });
  });
});

describe('batches', () => {
  const entries = [{ receiptHandle: 'AQEB1' }, { receiptHandle: 'AQEB2' }];

  it('of deletes say which entry failed', async () => {
    const { queues, lastBody } = await queuesOver({
      DeleteMessageBatch: {
        Successful: [{ Id: '1' }],
        Failed: [{ Id: '0', Code: 'InternalError', Message: 'try again', SenderFault: false }],
      },
    });
    expect(await queues.deleteBatch(URL_OF_QUEUE, entries)).toEqual({
      done: [entries[1]],
      failed: [{ entry: entries[0], code: 'InternalError', message: 'try again', senderFault: false }],
    });
    expect(lastBody()).toEqual({
      QueueUrl: URL_OF_QUEUE,
      Entries: [
        { Id: '0', ReceiptHandle: 'AQEB1' },
        { Id: '1', ReceiptHandle: 'AQEB2' },
      ],
    });
  });

  it('of visibility changes carry the seconds', async () => {
    const { queues, lastBody } = await queuesOver({
      ChangeMessageVisibilityBatch: { Successful: [{ Id: '0' }, { Id: '1' }] },
    });
    expect((await queues.changeVisibilityBatch(URL_OF_QUEUE, entries, 90)).done).toEqual(entries);
    expect(lastBody()).toMatchObject({ Entries: [{ VisibilityTimeout: 90 }, { VisibilityTimeout: 90 }] });
  });

  it('of sends keep the attributes', async () => {
    const { queues, lastBody } = await queuesOver({
      SendMessageBatch: { Successful: [{ Id: '0', MessageId: 'm-9', MD5OfMessageBody: md5('{}') }] },
    });
    const entry = { body: '{}', messageAttributes: { n: { DataType: 'Number', StringValue: '7' } }, groupId: 'g' };
    expect((await queues.sendBatch(URL_OF_QUEUE, [entry])).done).toEqual([entry]);
    expect(lastBody()).toMatchObject({
      Entries: [
        {
          Id: '0',
          MessageBody: '{}',
          MessageGroupId: 'g',
          MessageAttributes: { n: { DataType: 'Number', StringValue: '7' } },
        },
      ],
    });
  });
});

describe('the queue itself', () => {
  it('is created with attributes and tags, and read back', async () => {
    const { queues, lastBody } = await queuesOver({
      CreateQueue: { QueueUrl: URL_OF_QUEUE },
      ListQueueTags: { Tags: { team: 'orders' } },
    });
    const attributes = { MessageRetentionPeriod: '1209600' };
    const created = await queues.createQueue({ queueName: 'orders-failures', attributes, tags: { team: 'orders' } });
    expect(created).toBe(URL_OF_QUEUE);
    expect(lastBody()).toEqual({ QueueName: 'orders-failures', Attributes: attributes, tags: { team: 'orders' } });
    expect(await queues.tags(URL_OF_QUEUE)).toEqual({ team: 'orders' });
    await queues.tagQueue(URL_OF_QUEUE, { stage: 'live' });
    expect(lastBody()).toEqual({ QueueUrl: URL_OF_QUEUE, Tags: { stage: 'live' } });
    await queues.setAttributes(URL_OF_QUEUE, attributes);
    expect(lastBody()).toEqual({ QueueUrl: URL_OF_QUEUE, Attributes: attributes });
  });

  it('is found with its ARN', async () => {
    const queueArn = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
    const { queues } = await queuesOver({
      GetQueueUrl: { QueueUrl: URL_OF_QUEUE },
      GetQueueAttributes: { Attributes: { QueueArn: queueArn, ApproximateNumberOfMessages: '3' } },
    });
    expect(await resolveQueue(queues, { queueName: 'orders-failures' })).toEqual({
      queueName: 'orders-failures',
      queueUrl: URL_OF_QUEUE,
      queueArn,
      region: 'eu-central-1',
      attributes: { QueueArn: queueArn, ApproximateNumberOfMessages: '3' },
    });
  });

  it('that is not there is named, with the name that was meant', async () => {
    const missing = { error: 'QueueDoesNotExist', message: 'The specified queue does not exist.' };
    const { queues } = await queuesOver({
      GetQueueUrl: missing,
      GetQueueAttributes: missing,
      ListQueues: { QueueUrls: [URL_OF_QUEUE] },
    });
    await expect(resolveQueue(queues, { queueName: 'order-failures' })).rejects.toMatchObject({
      code: 'queue-not-found',
      message: 'There is no queue order-failures in eu-central-1.',
      hint: expect.stringContaining('Did you mean orders-failures?'),
    });
    const failure = await failureOf(queues.attributes(URL_OF_QUEUE));
    expect(translateAwsError(failure).message).toBe('There is no queue orders-failures in eu-central-1.');
  });
});

describe('moving messages back', () => {
  it('starts, follows and cancels a task', async () => {
    const sourceArn = 'arn:aws:sqs:eu-central-1:111122223333:orders-failures';
    const { queues, lastBody } = await queuesOver({
      ListDeadLetterSourceQueues: { queueUrls: [`${URL_OF_QUEUE}-source`] },
      StartMessageMoveTask: { TaskHandle: 'handle' },
      CancelMessageMoveTask: { ApproximateNumberOfMessagesMoved: 4 },
      ListMessageMoveTasks: {
        Results: [
          {
            TaskHandle: 'handle',
            Status: 'RUNNING',
            SourceArn: sourceArn,
            ApproximateNumberOfMessagesMoved: 3,
            ApproximateNumberOfMessagesToMove: 9,
            StartedTimestamp: 1_795_306_429_717,
          },
        ],
      },
    });
    expect(await queues.deadLetterSources(URL_OF_QUEUE)).toEqual([`${URL_OF_QUEUE}-source`]);
    expect(await queues.startMoveTask({ sourceArn, messagesPerSecond: 50 })).toBe('handle');
    expect(lastBody()).toEqual({ SourceArn: sourceArn, MaxNumberOfMessagesPerSecond: 50 });
    expect(await queues.moveTasks(sourceArn)).toMatchObject([
      { taskHandle: 'handle', status: 'RUNNING', moved: 3, toMove: 9, startedAtMs: 1_795_306_429_717 },
    ]);
    expect(await queues.cancelMoveTask('handle', sourceArn)).toBe(4);
  });
});
