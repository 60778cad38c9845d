import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from '../harness.js';
import { type Queues, queuesOf } from './sqs-rules.js';

describe('topics', () => {
  let harness: Harness;
  let queues: Queues;
  let sns: SNSClient;
  let topicArn: string;

  beforeEach(async () => {
    harness = await startHarness();
    queues = queuesOf(harness.sqs());
    sns = harness.sns();
    topicArn = (await sns.send(new CreateTopicCommand({ Name: 'esm-failures' }))).TopicArn ?? '';
  });
  afterEach(() => harness.close());

  const subscribe = async (url: string, isRaw = false) => {
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: await queues.arn(url),
        ...(isRaw ? { Attributes: { RawMessageDelivery: 'true' } } : {}),
      }),
    );
    return SubscriptionArn ?? '';
  };
  const bodyOf = async (url: string): Promise<unknown> => JSON.parse((await queues.receive(url))[0]?.Body ?? 'null');

  it('B.5: a queue gets the message inside an envelope, whose members stand in AWS’s order', async () => {
    const url = await queues.create('failures');
    const subscriptionArn = await subscribe(url);
    const { MessageId } = await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: 'A subject',
        Message: '{"a":"<&\\"ä"}',
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: 'order' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 3]) },
        },
      }),
    );
    const [message] = await queues.receive(url, { MessageAttributeNames: ['All'] });
    expect(message?.MessageAttributes).toBeUndefined();
    const body: unknown = JSON.parse(message?.Body ?? '');
    expect(body).toEqual({
      Type: 'Notification',
      MessageId,
      TopicArn: 'arn:aws:sns:us-east-1:111122223333:esm-failures',
      Subject: 'A subject',
      Message: '{"a":"<&\\"ä"}',
      Timestamp: '2026-11-20T10:11:12.123Z',
      SignatureVersion: '1',
      Signature: 'EXAMPLE',
      SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-EXAMPLE.pem',
      UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
      MessageAttributes: {
        kind: { Type: 'String', Value: 'order' },
        bytes: { Type: 'Binary', Value: 'AQID' },
      },
    });
    expect(Object.keys(Object(body)).slice(0, 6)).toEqual([
      'Type',
      'MessageId',
      'TopicArn',
      'Subject',
      'Message',
      'Timestamp',
    ]);
  });

  it('B.5: with raw delivery a queue gets the message as it is, and its attributes', async () => {
    const url = await queues.create('failures');
    await subscribe(url, true);
    await sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: 'as it is',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
      }),
    );
    const [message] = await queues.receive(url, { MessageAttributeNames: ['All'] });
    expect(message?.Body).toBe('as it is');
    expect(message?.MessageAttributes).toEqual({ kind: { DataType: 'String', StringValue: 'order' } });
  });

  it('delivers to every queue, until it is unsubscribed, in the way that it was last told', async () => {
    const [first, second] = [await queues.create('first'), await queues.create('second')];
    const subscriptions = [await subscribe(first), await subscribe(second)];
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscriptions[0],
        AttributeName: 'RawMessageDelivery',
        AttributeValue: 'true',
      }),
    );
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message: '1' }));
    expect([await bodyOf(first), await bodyOf(second)]).toEqual([1, expect.objectContaining({ Message: '1' })]);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptions[1] }));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptions[1] }));
    await sns.send(new PublishCommand({ TopicArn: topicArn, Message: '2' }));
    expect([await bodyOf(first), await bodyOf(second)]).toEqual([2, null]);
  });

  it('logs what it cannot deliver, and the publisher never knows', async () => {
    const url = await queues.create('failures');
    await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: (await queues.arn(url)).replace('failures', 'nobody'),
      }),
    );
    expect((await sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'lost' }))).MessageId).toBeDefined();
    expect(harness.log.at(-1)).toContain('could not deliver to arn:aws:sqs:us-east-1:111122223333:nobody');
  });

  it('creates and subscribes once, however often it is asked, and refuses another kind of the same', async () => {
    const url = await queues.create('failures');
    expect((await sns.send(new CreateTopicCommand({ Name: 'esm-failures' }))).TopicArn).toBe(topicArn);
    expect(await subscribe(url)).toBe(await subscribe(url));
    await expect(subscribe(url, true)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    });
  });

  it('lists topics and subscriptions, and tells their attributes', async () => {
    const url = await queues.create('failures');
    const SubscriptionArn = await subscribe(url);
    const { TopicArn: other } = await sns.send(
      new CreateTopicCommand({ Name: 'other', Attributes: { DisplayName: 'Other' } }),
    );
    const subscription = {
      SubscriptionArn,
      Owner: '111122223333',
      Protocol: 'sqs',
      Endpoint: await queues.arn(url),
      TopicArn: topicArn,
    };
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: topicArn }, { TopicArn: other }]);
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([subscription]);
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: other }))).Subscriptions ?? []).toEqual([]);
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }))).Attributes).toMatchObject({
      TopicArn: topicArn,
      Owner: '111122223333',
      SubscriptionsConfirmed: '1',
      SubscriptionsDeleted: '0',
    });
    expect((await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes).toMatchObject({
      RawMessageDelivery: 'false',
      PendingConfirmation: 'false',
      Endpoint: await queues.arn(url),
    });
    await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([]);
  });

  it('lists a hundred topics a page', async () => {
    for (let at = 0; at < 100; at += 1) await sns.send(new CreateTopicCommand({ Name: `topic-${at}` }));
    const first = await sns.send(new ListTopicsCommand({}));
    const second = await sns.send(new ListTopicsCommand({ NextToken: first.NextToken }));
    expect([first.Topics?.length, second.Topics?.length, second.NextToken]).toEqual([100, 1, undefined]);
  });

  it('publishes a batch, and names in Failed what it refuses', async () => {
    const url = await queues.create('failures');
    await subscribe(url, true);
    const answer = await sns.send(
      new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: [
          { Id: 'good', Message: 'a' },
          { Id: 'long', Message: 'b', Subject: 'x'.repeat(101) },
        ],
      }),
    );
    expect(answer.Successful).toEqual([{ Id: 'good', MessageId: expect.any(String) }]);
    expect(answer.Failed).toMatchObject([{ Id: 'long', Code: 'InvalidParameter', SenderFault: true }]);
    expect((await queues.receive(url)).map(({ Body }) => Body)).toEqual(['a']);
    const batch = (...ids: readonly string[]) =>
      sns.send(
        new PublishBatchCommand({
          TopicArn: topicArn,
          PublishBatchRequestEntries: ids.map(Id => ({ Id, Message: 'x' })),
        }),
      );
    await expect(batch('a', 'a')).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinctException' });
    await expect(batch(...Array.from({ length: 11 }, (_, at) => `m${at}`))).rejects.toMatchObject({
      name: 'TooManyEntriesInBatchRequestException',
    });
  });

  it('takes for queues the text that a message of the structure json has for them', async () => {
    const url = await queues.create('failures');
    await subscribe(url, true);
    const publish = (Message: string) =>
      sns.send(new PublishCommand({ TopicArn: topicArn, MessageStructure: 'json', Message }));
    await publish('{"default":"d","sqs":"for queues"}');
    await publish('{"default":"d"}');
    expect((await queues.receive(url)).map(({ Body }) => Body)).toEqual(['for queues', 'd']);
    await expect(publish('{"sqs":"s"}')).rejects.toThrow('No default entry in JSON message body');
  });

  it.each<[string, object, string, string]>([
    [
      'a topic that is not there',
      { TopicArn: 'arn:aws:sns:us-east-1:111122223333:no' },
      'NotFoundException',
      'Topic does not exist',
    ],
    [
      'no ARN',
      { TopicArn: 'no' },
      'InvalidParameterException',
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    ],
    ['an empty message', { Message: '' }, 'InvalidParameterException', 'Invalid parameter: Empty message'],
    [
      'a long message',
      { Message: 'x'.repeat(262_145) },
      'InvalidParameterException',
      'Invalid parameter: Message too long',
    ],
    [
      'a phone number',
      { PhoneNumber: '+1' },
      'InvalidParameterException',
      'Invalid parameter: PhoneNumber Reason: the sandbox does not serve it in Publish',
    ],
    [
      'a type that there is not',
      { MessageAttributes: { a: { DataType: 'Date', StringValue: 'x' } } },
      'InvalidParameterValueException',
      "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
    ],
  ])('refuses %s', async (_what, input, name, message) => {
    await expect(sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'x', ...input }))).rejects.toMatchObject({
      name,
      message,
    });
  });

  it('speaks XML on the wire, escaped, and names actions that are not there', async () => {
    const post = (form: Record<string, string>) =>
      fetch(harness.sandbox.url, { method: 'POST', body: new URLSearchParams({ Version: '2010-03-31', ...form }) });
    const created = await post({ Action: 'CreateTopic', Name: 'raw' });
    expect(created.headers.get('content-type')).toBe('text/xml');
    expect(await created.text()).toMatch(
      /^<CreateTopicResponse xmlns="http:\/\/sns\.amazonaws\.com\/doc\/2010-03-31\/"><CreateTopicResult><TopicArn>arn:aws:sns:us-east-1:111122223333:raw<\/TopicArn><\/CreateTopicResult><ResponseMetadata><RequestId>[\da-f-]+<\/RequestId><\/ResponseMetadata><\/CreateTopicResponse>\n$/,
    );
    const deleted = await post({ Action: 'DeleteTopic', TopicArn: topicArn });
    expect(await deleted.text()).toMatch(/^<DeleteTopicResponse xmlns="[^"]+"><ResponseMetadata>/);
    const refused = await post({ Action: 'Subscribe', TopicArn: 'a<b', Protocol: 'sqs' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<Type>Sender</Type><Code>InvalidParameter</Code>');
    const missing = await post({ Action: 'CreateTopic' });
    expect(await missing.text()).toContain('<Code>ValidationError</Code>');
    const unknown = await post({ Action: 'Brew' });
    expect([unknown.status, await unknown.text()]).toEqual([
      400,
      expect.stringContaining('<Code>InvalidAction</Code><Message>The action Brew is not valid for this endpoint.'),
    ]);
    expect(harness.log.at(-1)).toContain('Brew');
  });
});

describe('the caller', () => {
  it('G: GetCallerIdentity tells the account, whatever the Region', async () => {
    const harness = await startHarness({ account: '999988887777' });
    const identity = await harness.sts('eu-west-1').send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: '999988887777',
      Arn: 'arn:aws:iam::999988887777:user/sandbox',
      UserId: 'AIDACKCEVSQ6C2EXAMPLE',
    });
    await harness.close();
  });
});
