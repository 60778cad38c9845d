import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../harness.js';
import { queuesOf } from './sqs-rules.js';

describe('queues, topics and objects behind signatures and policies, G', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness({ clock: { now: () => Date.now(), sleep: async () => {} } });
  });
  afterEach(() => harness.close());

  const allow = (...statements: readonly { readonly Action: string; readonly Resource: string }[]) =>
    harness.sandbox.control.setAccess({
      policies: [{ Version: '2012-10-17', Statement: statements.map(each => ({ Effect: 'Allow', ...each })) }],
    });

  it('lets in what the SDK has signed: bodies in chunks, keys with strange characters, forms', async () => {
    harness.sandbox.control.setAccess({ verifySignatures: true });
    const s3 = harness.s3();
    await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
    const Key = 'aws/lambda/2026-11-20T10.11.12-ä b+c&d=e';
    await s3.send(new PutObjectCommand({ Bucket: 'failures', Key, Body: 'x' }));
    const object = await s3.send(new GetObjectCommand({ Bucket: 'failures', Key }));
    expect(await object.Body?.transformToString()).toBe('x');
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'failures', Prefix: 'aws/' }))).KeyCount).toBe(1);
    const { TopicArn } = await harness.sns().send(new CreateTopicCommand({ Name: 'topic' }));
    await harness.sns().send(new PublishCommand({ TopicArn, Message: 'ä + & =' }));
    const queues = queuesOf(harness.sqs());
    await queues.send(await queues.create('orders'), 'a');
    expect((await harness.sts().send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
  });

  it('refuses a message in the words of SQS', async () => {
    const queues = queuesOf(harness.sqs());
    const QueueUrl = await queues.create('orders');
    allow({ Action: 'sqs:ReceiveMessage', Resource: await queues.arn(QueueUrl) });
    await queues.client.send(new ReceiveMessageCommand({ QueueUrl }));
    await expect(queues.client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }))).rejects.toMatchObject({
      message: expect.stringContaining('is not authorized to perform: sqs:SendMessage'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('asks of a copy to read the one object and to write the other', async () => {
    const s3 = harness.s3();
    await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
    await s3.send(new PutObjectCommand({ Bucket: 'failures', Key: 'from/a', Body: 'x' }));
    const copy = () =>
      s3.send(new CopyObjectCommand({ Bucket: 'failures', Key: 'to/a', CopySource: 'failures/from/a' }));
    const write = { Action: 's3:PutObject', Resource: 'arn:aws:s3:::failures/to/*' };
    allow(write);
    await expect(copy()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('s3:GetObject'),
    });
    allow(write, { Action: 's3:GetObject', Resource: 'arn:aws:s3:::failures/from/*' });
    await copy();
  });

  it('is throttled in the words of each service', async () => {
    const s3 = harness.s3();
    await s3.send(new CreateBucketCommand({ Bucket: 'failures' }));
    harness.sandbox.control.failNext({ operation: 'ListObjectsV2', error: 'throttle' });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'failures' }))).rejects.toMatchObject({
      name: 'SlowDown',
      message: 'Please reduce your request rate.',
      $metadata: { httpStatusCode: 503 },
    });
    harness.sandbox.control.failNext({ operation: 'CreateTopic', error: 'throttle' });
    await expect(harness.sns().send(new CreateTopicCommand({ Name: 'topic' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
      message: 'Rate exceeded',
    });
  });
});
