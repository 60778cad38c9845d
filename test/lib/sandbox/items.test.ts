import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.js';

describe('items', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeEach(async () => {
    harness = await startHarness();
    dynamodb = harness.dynamodb();
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'Orders',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'N' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  });
  afterEach(() => harness.close());

  const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { N: sk } });
  const put = (Item: Record<string, AttributeValue>) =>
    dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item, ReturnValues: 'ALL_OLD' }));
  const get = async (pk: string, sk: string) =>
    (await dynamodb.send(new GetItemCommand({ TableName: 'Orders', Key: key(pk, sk) }))).Item;

  it('gives back what was put, and the item before it', async () => {
    const first = { ...key('a', '1'), v: { S: 'one' } };
    const second = { ...key('a', '1'), v: { S: 'two' } };
    expect((await put(first)).Attributes).toBeUndefined();
    expect((await put(second)).Attributes).toEqual(first);
    expect(await get('a', '1')).toEqual(second);
  });

  it('keeps numbers exactly, and knows equal numbers in keys', async () => {
    await put({ ...key('a', '1.0'), big: { N: '0.12345678901234567890123456789012345678' }, e: { N: '1e3' } });
    expect(await get('a', '1')).toEqual({
      ...key('a', '1'),
      big: { N: '0.12345678901234567890123456789012345678' },
      e: { N: '1000' },
    });
  });

  it.each([
    ['12345678901234567890123456789012345678.9', 'more than 38 significant digits'],
    ['1e126', 'Number overflow'],
    ['1e-131', 'Number underflow'],
    ['one', 'cannot be converted to a numeric value'],
  ])('refuses the number %s', async (N, message) => {
    await expect(put({ ...key('a', '1'), n: { N } })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['a key attribute that is missing', { pk: { S: 'a' } }, 'Missing the key sk in the item'],
    ['a key attribute of another type', { pk: { S: 'a' }, sk: { S: '1' } }, 'Type mismatch for key sk'],
    ['an empty key', { pk: { S: '' }, sk: { N: '1' } }, 'cannot contain an empty string value'],
    ['an empty set', { ...key('a', '1'), s: { SS: [] } }, 'may not be empty'],
    ['a set with duplicates', { ...key('a', '1'), s: { NS: ['1', '1.0'] } }, 'contains duplicates'],
    ['an item of more than 400 KB', { ...key('a', '1'), s: { S: 'x'.repeat(410_000) } }, 'Item size has exceeded'],
    ['a partition key of more than 2048 bytes', key('k'.repeat(2049), '1'), 'Size of hashkey has exceeded'],
  ])('refuses %s', async (_, item, message) => {
    await expect(put(item)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a key with more or fewer attributes than the table’s', async () => {
    const command = new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: 'a' } } });
    await expect(dynamodb.send(command)).rejects.toMatchObject({
      message: 'The provided key element does not match the schema',
    });
  });

  it('deletes an item and gives it back', async () => {
    const item = { ...key('a', '1'), v: { S: 'one' } };
    await put(item);
    const remove = new DeleteItemCommand({ TableName: 'Orders', Key: key('a', '1'), ReturnValues: 'ALL_OLD' });
    expect((await dynamodb.send(remove)).Attributes).toEqual(item);
    expect((await dynamodb.send(remove)).Attributes).toBeUndefined();
    expect(await get('a', '1')).toBeUndefined();
  });

  it('takes any attribute name', async () => {
    const item = { ...key('a', '1'), ...JSON.parse('{"__proto__":{"S":"plain"},"constructor":{"N":"1"}}') };
    const answer = await harness.raw('DynamoDB_20120810.PutItem', { TableName: 'Orders', Item: item });
    expect(answer.status).toBe(200);
    const got = await harness.raw('DynamoDB_20120810.GetItem', { TableName: 'Orders', Key: key('a', '1') });
    expect(await got.text()).toContain('"__proto__":{"S":"plain"},"constructor":{"N":"1"}');
  });

  it('refuses the parameters from before expressions instead of ignoring them', async () => {
    const answer = await harness.raw('DynamoDB_20120810.PutItem', {
      TableName: 'Orders',
      Item: key('a', '1'),
      Expected: { pk: { Exists: false } },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('Expected') });
  });

  it('says what a request consumed when asked', async () => {
    const command = new PutItemCommand({
      TableName: 'Orders',
      Item: { ...key('a', '1'), s: { S: 'x'.repeat(1500) } },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect((await dynamodb.send(command)).ConsumedCapacity).toEqual({ TableName: 'Orders', CapacityUnits: 2 });
  });

  it('writes and deletes in batches, and reads them', async () => {
    await put(key('gone', '1'));
    await dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          Orders: [
            { PutRequest: { Item: key('a', '1') } },
            { PutRequest: { Item: key('a', '2') } },
            { DeleteRequest: { Key: key('gone', '1') } },
          ],
        },
      }),
    );
    const Keys = [key('a', '1'), key('a', '2'), key('gone', '1')];
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { Orders: { Keys } } }),
    );
    expect(Responses?.['Orders']).toEqual([key('a', '1'), key('a', '2')]);
    expect(UnprocessedKeys).toEqual({});
  });

  it('refuses a batch of more than 25, or with one key twice, and writes none of it', async () => {
    const request = (sk: string) => ({ PutRequest: { Item: key('a', sk) } });
    const batch = (requests: ReturnType<typeof request>[]) =>
      dynamodb.send(new BatchWriteItemCommand({ RequestItems: { Orders: requests } }));
    await expect(batch(Array.from({ length: 26 }, (_, at) => request(String(at))))).rejects.toMatchObject({
      message: 'Too many items requested for the BatchWriteItem call',
    });
    await expect(batch([request('1'), request('1.0')])).rejects.toMatchObject({
      message: 'Provided list of item keys contains duplicates',
    });
    expect(await get('a', '1')).toBeUndefined();
  });

  it('writes all of a transaction or nothing, and says why', async () => {
    await put({ ...key('a', '1'), v: { N: '1' } });
    const transact = (expected: string) =>
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: 'Orders', Item: key('b', '1') } },
            {
              ConditionCheck: {
                TableName: 'Orders',
                Key: key('a', '1'),
                ConditionExpression: 'v = :v',
                ExpressionAttributeValues: { ':v': { N: expected } },
                ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
              },
            },
          ],
        }),
      );
    await expect(transact('2')).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      message: expect.stringContaining('[None, ConditionalCheckFailed]'),
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { v: { N: '1' } } }],
    });
    expect(await get('b', '1')).toBeUndefined();
    await transact('1');
    expect(await get('b', '1')).toEqual(key('b', '1'));
  });

  it('does a transaction with the same token once, and refuses another one with it', async () => {
    const add = (by: string) =>
      dynamodb.send(
        new TransactWriteItemsCommand({
          ClientRequestToken: 'token-1',
          TransactItems: [
            {
              Update: {
                TableName: 'Orders',
                Key: key('a', '1'),
                UpdateExpression: 'ADD n :by',
                ExpressionAttributeValues: { ':by': { N: by } },
              },
            },
          ],
        }),
      );
    await add('5');
    await add('5');
    expect(await get('a', '1')).toEqual({ ...key('a', '1'), n: { N: '5' } });
    await expect(add('6')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
  });

  it('refuses two actions on one item in a transaction', async () => {
    const action = { Put: { TableName: 'Orders', Item: key('a', '1') } };
    await expect(
      dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [action, action] })),
    ).rejects.toMatchObject({ message: 'Transaction request cannot include multiple operations on one item' });
  });
});
