import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failsBad, type MappingFixture, printingHandler, startMappingFixture } from '../mapping-fixture.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:111122223333:failures';
const onFailure = { DestinationConfig: { OnFailure: { Destination: QUEUE_ARN } } };

let fixture: MappingFixture;

beforeEach(async () => {
  fixture = await startMappingFixture();
  await fixture.addFunction(printingHandler(failsBad));
});
afterEach(async () => {
  await fixture.close();
});

const createQueue = async () => {
  const { QueueUrl } = await fixture.harness.sqs().send(new CreateQueueCommand({ QueueName: 'failures' }));
  const sqs = fixture.harness.sqs();
  return {
    /** The bodies of all messages, which are then gone. */
    drain: async () => {
      const bodies: Readonly<Record<string, unknown>>[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return bodies;
        for (const { Body = '', ReceiptHandle } of Messages) {
          bodies.push(JSON.parse(Body));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
    count: async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      return Number(Attributes?.['ApproximateNumberOfMessages']);
    },
  };
};
const reporting = { FunctionResponseTypes: ['ReportBatchItemFailures' as const] };

describe('a function that fails', () => {
  it('B.4: blocks its shard, and is called again and again by default', async () => {
    await fixture.put('bad', 'good');
    const uuid = await fixture.createAtRest({ BatchSize: 1 });
    await fixture.settle(3_600_000);
    expect(fixture.batches().length).toBeGreaterThan(30);
    expect(new Set(fixture.batches().flat())).toEqual(new Set(['bad']));
    expect(await fixture.get(uuid)).toMatchObject({
      State: 'Enabled',
      LastProcessingResult: 'PROBLEM: Function call failed',
    });
  });

  it('B.4: is let go by when the stream has lost the record, after 24 hours', async () => {
    await fixture.put('bad');
    await fixture.createAtRest(onFailure);
    await fixture.settle(DAY_MS - 60_000);
    await fixture.put('good');
    expect(fixture.batches().at(-1)).toEqual(['bad']);
    await fixture.settle(60_000);
    expect(fixture.batches().at(-1)).toEqual(['good']);
    expect(fixture.discards()).toEqual([]);
    expect(fixture.harness.sandbox.control.dumpDeliveries().deliveries).toContainEqual(
      expect.objectContaining({ type: 'expiry', upTo: fixture.invocations()[0]?.sequenceNumbers[0] }),
    );
  });

  it.each([
    [0, 1],
    [1, 2],
    [3, 4],
  ])('B.4: MaximumRetryAttempts %i gives approximateInvokeCount %i', async (MaximumRetryAttempts, calls) => {
    const queue = await createQueue();
    await fixture.put('bad1', 'bad2', 'good');
    await fixture.createAtRest({ BatchSize: 2, MaximumRetryAttempts, ...onFailure });
    await fixture.settle(60_000);
    expect(fixture.batches()).toEqual([...Array.from({ length: calls }, () => ['bad1', 'bad2']), ['good']]);
    expect(await queue.drain()).toMatchObject([{ requestContext: { approximateInvokeCount: calls } }]);
  });

  it('B.5: leaves a message without records, with the whole range of the batch', async () => {
    const queue = await createQueue();
    await fixture.put('bad', 'b', 'c');
    await fixture.createAtRest({ MaximumRetryAttempts: 1, ...onFailure });
    await fixture.settle(1_000);
    const invocations = fixture.invocations();
    const numbers = invocations[0]?.sequenceNumbers ?? [];
    expect(await queue.drain()).toEqual([
      {
        requestContext: {
          requestId: invocations.at(-1)?.requestId,
          functionArn: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(/^2026-11-20T10:11:\d\d\.\d{3}Z$/),
        DDBStreamBatchInfo: {
          shardId: invocations[0]?.shardId,
          startSequenceNumber: numbers[0],
          endSequenceNumber: numbers[2],
          approximateArrivalOfFirstRecord: '2026-11-20T10:11:12Z',
          approximateArrivalOfLastRecord: '2026-11-20T10:11:12Z',
          batchSize: 3,
          streamArn: fixture.streamArn,
        },
      },
    ]);
  });

  it('B.4: by its time limit fails as any other', async () => {
    await fixture.addFunction('export const handler = async () => { throw new Error("each time"); };');
    await fixture.put('a');
    await fixture.createAtRest({ MaximumRetryAttempts: 0 });
    expect(fixture.discards()).toMatchObject([{ condition: 'RetryAttemptsExhausted', isDelivered: false }]);
    expect(fixture.discards()[0]).not.toHaveProperty('destination');
  });

  it('B.4: throttles do not count as retries', async () => {
    await fixture.put('bad');
    fixture.harness.sandbox.control.failNext({ operation: 'MappingInvoke', count: 3, error: 'throttle' });
    await fixture.createAtRest({ MaximumRetryAttempts: 1 });
    await fixture.settle(60_000);
    expect(fixture.invocations().map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['not-reached', 1],
      ['not-reached', 1],
      ['not-reached', 1],
      ['failed', 1],
      ['failed', 2],
    ]);
  });

  it('gets the new settings when the mapping is changed while it is blocked', async () => {
    await fixture.put('bad', 'good');
    const UUID = await fixture.createAtRest({ BatchSize: 1 });
    await fixture.settle(10_000);
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, MaximumRetryAttempts: 0 }));
    await fixture.settle(1_000);
    expect(fixture.batches().at(-1)).toEqual(['good']);
    expect(fixture.discards()).toHaveLength(1);
  });

  it('B.2: goes on with the failing batch after a pause', async () => {
    await fixture.put('bad', 'good');
    const UUID = await fixture.createAtRest({ BatchSize: 1, MaximumRetryAttempts: 5 });
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
    await fixture.settle(3_600_000);
    expect(fixture.batches()).toEqual([['bad']]);
    await fixture.addFunction(printingHandler());
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([['bad'], ['bad'], ['good']]);
  });

  it('loses the message when the queue is not there, and says so', async () => {
    await fixture.put('bad', 'good');
    await fixture.createAtRest({ MaximumRetryAttempts: 0, BatchSize: 1, ...onFailure });
    expect(fixture.discards()).toMatchObject([{ destination: QUEUE_ARN, isDelivered: false }]);
    expect(fixture.harness.log).toContain(`[orders] ${QUEUE_ARN} did not take a failure message`);
    expect(fixture.batches().at(-1)).toEqual(['good']);
  });
});

describe('bisecting', () => {
  it('B.4: isolates the record that fails, and does not use up retries', async () => {
    const queue = await createQueue();
    const keys = ['a', 'b', 'c', 'd', 'e', 'bad', 'g', 'h'];
    await fixture.put(...keys);
    await fixture.createAtRest({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...onFailure });
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([
      keys,
      ['a', 'b', 'c', 'd'],
      ['e', 'bad', 'g', 'h'],
      ['e', 'bad'],
      ['e'],
      ['bad'],
      ['bad'],
      ['g', 'h'],
    ]);
    const messages = await queue.drain();
    const number = fixture.invocations()[5]?.sequenceNumbers[0];
    expect(messages).toMatchObject([
      {
        requestContext: { approximateInvokeCount: 2 },
        DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: number, endSequenceNumber: number },
      },
    ]);
  });

  it('B.4: keeps the order when both halves fail', async () => {
    await fixture.put('bad1', 'a', 'bad2', 'b');
    await fixture.createAtRest({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0 });
    const ends = fixture.harness.sandbox.control
      .dumpDeliveries()
      .deliveries.filter(
        each => each.type === 'discard' || (each.type === 'invocation' && each.outcome === 'succeeded'),
      )
      .flatMap(each => ('sequenceNumbers' in each ? each.sequenceNumbers : []));
    expect(ends).toHaveLength(4);
    expect(ends).toEqual(ends.toSorted());
  });

  it('B.4: splits at the sequence number that the function returns', async () => {
    const reply =
      'const at = keys.findIndex(key => key.startsWith("bad")); return { batchItemFailures: at < 0 ? [] : [{ itemIdentifier: event.Records[at].dynamodb.SequenceNumber }] };';
    await fixture.addFunction(printingHandler(reply));
    await fixture.put('a', 'b', 'c', 'bad', 'e');
    await fixture.createAtRest({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...reporting });
    await fixture.settle(60_000);
    expect(fixture.batches()).toEqual([
      ['a', 'b', 'c', 'bad', 'e'],
      ['bad', 'e'],
      ['bad', 'e'],
    ]);
  });
});

describe('ReportBatchItemFailures', () => {
  const replying = async (reply: string) => {
    await fixture.addFunction(
      printingHandler(`const numbers = event.Records.map(r => r.dynamodb.SequenceNumber); ${reply}`),
    );
    await fixture.put('a', 'b', 'c');
    await fixture.createAtRest({ MaximumRetryAttempts: 1, ...reporting });
    await fixture.settle(60_000);
    return fixture.batches();
  };

  it.each([
    ['an empty list', 'return { batchItemFailures: [] };'],
    ['no list', 'return { batchItemFailures: null };'],
    ['an empty object', 'return {};'],
    ['null', 'return null;'],
    ['nothing', ''],
    ['an empty text', 'return "";'],
  ])('B.4: takes %s for success', async (_, reply) => {
    expect(await replying(reply)).toEqual([['a', 'b', 'c']]);
  });

  it.each([
    ['an empty identifier', 'return { batchItemFailures: [{ itemIdentifier: "" }] };'],
    ['no identifier', 'return { batchItemFailures: [{ itemIdentifier: null }] };'],
    ['a wrong key', 'return { batchItemFailures: [{ foo: numbers[1] }] };'],
    ['an identifier that is not in the batch', 'return { batchItemFailures: [{ itemIdentifier: "1" }] };'],
    [
      'one wrong identifier among right ones',
      'return { batchItemFailures: [numbers[1], "1"].map(itemIdentifier => ({ itemIdentifier })) };',
    ],
    ['an exception', 'throw new Error("no");'],
  ])('B.4: takes %s for a failure of the whole', async (_, reply) => {
    expect(await replying(reply)).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  it('B.4: retries from the lowest number on, whatever the order of the list', async () => {
    const reply =
      'return { batchItemFailures: numbers.length > 2 ? [numbers[2], numbers[1]].map(itemIdentifier => ({ itemIdentifier })) : [] };';
    expect(await replying(reply)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('B.4, B.5: the message names what is left, and no function error', async () => {
    const queue = await createQueue();
    await fixture.addFunction(
      printingHandler(
        'const bad = event.Records.filter(r => r.dynamodb.Keys.pk.S === "bad"); return { batchItemFailures: bad.map(r => ({ itemIdentifier: r.dynamodb.SequenceNumber })) };',
      ),
    );
    await fixture.put('a', 'b', 'bad');
    await fixture.createAtRest({ MaximumRetryAttempts: 1, BatchSize: 3, ...reporting, ...onFailure });
    await fixture.settle(60_000);
    expect(fixture.batches()).toEqual([['a', 'b', 'bad'], ['bad']]);
    const number = fixture.invocations()[1]?.sequenceNumbers[0];
    expect(await queue.drain()).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        responseContext: { functionError: null },
        DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: number, endSequenceNumber: number },
      },
    ]);
  });

  it('B.4: is not listened to when it is not asked for', async () => {
    await fixture.addFunction(printingHandler('return { batchItemFailures: [{ itemIdentifier: "" }] };'));
    await fixture.put('a');
    await fixture.createAtRest();
    expect(fixture.invocations()).toMatchObject([{ outcome: 'succeeded' }]);
  });
});

describe('MaximumRecordAgeInSeconds', () => {
  it('B.4: ends the retries; B.5: the message says RecordAgeExceeded', async () => {
    const queue = await createQueue();
    await fixture.put('bad');
    await fixture.createAtRest({ MaximumRecordAgeInSeconds: 60, ...onFailure });
    await fixture.settle(50_000);
    expect(await queue.count()).toBe(0);
    await fixture.settle(11_000);
    const calls = fixture.invocations().length;
    expect(await queue.drain()).toMatchObject([
      {
        requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: calls },
        responseContext: { functionError: 'Unhandled' },
      },
    ]);
    await fixture.settle(3_600_000);
    expect(fixture.invocations()).toHaveLength(calls);
  });

  it('B.5: without an invocation there is no responseContext', async () => {
    const queue = await createQueue();
    await fixture.put('good1', 'good2');
    const UUID = await fixture.createAtRest({ Enabled: false, MaximumRecordAgeInSeconds: 60, ...onFailure });
    await fixture.settle(120_000);
    await fixture.put('young');
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([['young']]);
    const [message] = await queue.drain();
    expect(message).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      DDBStreamBatchInfo: { batchSize: 2 },
    });
    expect(message).not.toHaveProperty('responseContext');
  });

  it('B.4: takes only the records that are too old out of a batch', async () => {
    await fixture.put('bad');
    await fixture.createAtRest({ MaximumRecordAgeInSeconds: 60, Enabled: false });
    await fixture.settle(40_000);
    await fixture.put('bad2');
    const [mapping] = (await fixture.harness.sandbox.control.settleMappings()).mappings;
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping?.uuid, Enabled: true }));
    await fixture.settle(30_000);
    expect(fixture.batches()[0]).toEqual(['bad', 'bad2']);
    expect(fixture.batches().at(-1)).toEqual(['bad2']);
    expect(fixture.discards()).toMatchObject([
      { condition: 'RecordAgeExceeded', sequenceNumbers: [expect.any(String)] },
    ]);
  });
});

describe('records that a tester trims', () => {
  it('are not handed over any more, and are reported as lost', async () => {
    const uuid = await fixture.createAtRest({ Enabled: false });
    await fixture.put('a', 'b');
    await fixture.settle();
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: true }));
    fixture.nextState();
    await fixture.settle();
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }));
    fixture.nextState();
    await fixture.put('c');
    fixture.harness.sandbox.control.trim({ table: 'Orders', all: true });
    await fixture.put('d');
    await fixture.lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: true }));
    await fixture.settle(1_000);
    expect(fixture.batches()).toEqual([['a', 'b'], ['d']]);
    const { deliveries } = fixture.harness.sandbox.control.dumpDeliveries({ mapping: uuid });
    expect(deliveries.filter(each => each.type === 'expiry')).toHaveLength(1);
  });
});

describe('other destinations', () => {
  it('B.5: a topic gets the same message, which reaches its queues in an envelope', async () => {
    const queue = await createQueue();
    const sns = fixture.harness.sns();
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'failures' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: QUEUE_ARN }));
    await fixture.put('bad');
    await fixture.createAtRest({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: TopicArn } },
    });
    const [envelope] = await queue.drain();
    expect(envelope).toMatchObject({ Type: 'Notification', TopicArn });
    expect(JSON.parse(String(envelope?.['Message']))).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: fixture.streamArn },
    });
    expect(fixture.discards()).toMatchObject([{ destination: TopicArn, isDelivered: true }]);
  });

  it('B.5: a bucket gets the message with the whole event as text, under a key of mapping, shard and time', async () => {
    const s3 = fixture.harness.s3();
    await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
    await fixture.put('bad', 'b');
    const uuid = await fixture.createAtRest({
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
    });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'failures' }));
    const [invocation] = fixture.invocations();
    expect(Contents.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(
        new RegExp(`^aws/lambda/${uuid}/${invocation?.shardId}/2026/11/20/2026-11-20T10\\.11\\.\\d\\d-[0-9a-f-]{36}$`),
      ),
    ]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'failures', Key: Contents[0]?.Key }));
    const document = JSON.parse((await Body?.transformToString()) ?? '');
    expect(document).toMatchObject({ DDBStreamBatchInfo: { batchSize: 2 }, payload: expect.any(String) });
    expect(JSON.parse(document.payload)).toEqual(fixture.events()[0]);
  });

  it.each(['arn:aws:sns:us-east-1:111122223333:nobody', 'arn:aws:s3:::nobody'])(
    'does not reach %s, which is not there',
    async Destination => {
      await fixture.put('bad');
      await fixture.createAtRest({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
      expect(fixture.discards()).toMatchObject([{ destination: Destination, isDelivered: false }]);
    },
  );
});
