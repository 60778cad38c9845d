import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactGetItemsCommandInput,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, START_MS, startHarness } from '../harness.js';

const TableName = 'Orders';
const ReturnConsumedCapacity = 'INDEXES' as const;
const text = (length: number) => ({ S: 'x'.repeat(length) });

describe('capacity that requests use', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeEach(async () => {
    harness = await startHarness();
    dynamodb = harness.dynamodb();
    const { AttributeDefinitions, ...table } = ordersTable();
    await dynamodb.send(
      new CreateTableCommand({
        ...table,
        AttributeDefinitions: [...AttributeDefinitions, { AttributeName: 'status', AttributeType: 'S' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byStatus',
            KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
      }),
    );
    harness.sandbox.control.advanceClock({ ms: 1 });
  });
  afterEach(() => harness.close());

  const put = async (item: Record<string, { S: string }>) =>
    (await dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, ...item }, ReturnConsumedCapacity })))
      .ConsumedCapacity;

  it('a write: one unit for each KB begun of the larger of before and after', async () => {
    expect(await put({ body: text(1000) })).toMatchObject({ CapacityUnits: 1, Table: { CapacityUnits: 1 } });
    expect(await put({ body: text(3000) })).toMatchObject({ CapacityUnits: 3 });
    expect(await put({})).toMatchObject({ CapacityUnits: 3 });
    const remove = { TableName, Key: { pk: { S: 'nothing' } }, ReturnConsumedCapacity };
    expect((await dynamodb.send(new DeleteItemCommand(remove))).ConsumedCapacity?.CapacityUnits).toBe(1);
  });

  it('a write to an index: once when an entry comes, goes or changes, twice when it moves, never when it stays', async () => {
    const index = async (item: Record<string, { S: string }>) =>
      (await put(item))?.GlobalSecondaryIndexes?.['byStatus']?.CapacityUnits;
    expect(await index({})).toBeUndefined();
    expect(await index({ status: { S: 'NEW' } })).toBe(1);
    expect(await index({ status: { S: 'NEW' }, body: text(10) })).toBeUndefined();
    expect(await index({ status: { S: 'DONE' } })).toBe(2);
    expect(await index({})).toBe(1);
  });

  it('TOTAL is one number, NONE and nothing are nothing', async () => {
    const item = { TableName, Item: { pk: { S: 'a' }, status: { S: 'NEW' } } };
    const total = await dynamodb.send(new PutItemCommand({ ...item, ReturnConsumedCapacity: 'TOTAL' }));
    expect(total.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 2 });
    expect(
      (await dynamodb.send(new PutItemCommand({ ...item, ReturnConsumedCapacity: 'NONE' }))).ConsumedCapacity,
    ).toBeUndefined();
    expect((await dynamodb.send(new PutItemCommand(item))).ConsumedCapacity).toBeUndefined();
  });

  it('a read: one unit for each 4 KB begun, half of it when it need not be consistent', async () => {
    await put({ body: text(5000) });
    const get = async (ConsistentRead: boolean) => {
      const input = { TableName, Key: { pk: { S: 'a' } }, ConsistentRead, ReturnConsumedCapacity };
      return (await dynamodb.send(new GetItemCommand(input))).ConsumedCapacity?.CapacityUnits;
    };
    expect([await get(true), await get(false)]).toEqual([2, 1]);
  });

  it('a read of an index is the index’s', async () => {
    await put({ status: { S: 'NEW' } });
    const { ConsumedCapacity } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: 'byStatus',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: 'NEW' } },
        ReturnConsumedCapacity,
      }),
    );
    expect(ConsumedCapacity).toMatchObject({
      CapacityUnits: 0.5,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 0.5 } },
    });
  });

  it('batches add up', async () => {
    const requests = ['a', 'b', 'c'].map(pk => ({ PutRequest: { Item: { pk: { S: pk }, body: text(1500) } } }));
    const written = await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { Orders: requests }, ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(written.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 6 }]);
    const Keys = ['a', 'b'].map(pk => ({ pk: { S: pk } }));
    const read = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: { Orders: { Keys } }, ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(read.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 1 }]);
  });

  it('D.9: transactions use twice as much of the table', async () => {
    const Put = { TableName, Item: { pk: { S: 'a' }, body: text(1500) } };
    const written = await dynamodb.send(
      new TransactWriteItemsCommand({ TransactItems: [{ Put }], ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(written.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 4 }]);
    const Get = { TableName, Key: { pk: { S: 'a' } } };
    const read = await dynamodb.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get }], ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(read.ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2 }]);
  });

  it('F: CloudWatch has it, of the table and of the index, and of conditions that did not hold', async () => {
    await put({ status: { S: 'NEW' } });
    await dynamodb.send(new GetItemCommand({ TableName, Key: { pk: { S: 'a' } }, ConsistentRead: true }));
    const never = { TableName, Key: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(dynamodb.send(new UpdateItemCommand(never))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    const sum = async (MetricName: string, dimensions: Record<string, string>) => {
      const { Datapoints } = await harness.cloudwatch().send(
        new GetMetricStatisticsCommand({
          Namespace: 'AWS/DynamoDB',
          MetricName,
          Dimensions: Object.entries({ TableName, ...dimensions }).map(([Name, Value]) => ({ Name, Value })),
          StartTime: new Date(START_MS - 60_000),
          EndTime: new Date(START_MS + 60_000),
          Period: 60,
          Statistics: ['Sum'],
        }),
      );
      return Datapoints?.[0]?.Sum;
    };
    expect(await sum('ConsumedWriteCapacityUnits', {})).toBe(2);
    expect(await sum('ConsumedWriteCapacityUnits', { Source: 'Customer' })).toBe(2);
    expect(await sum('ConsumedWriteCapacityUnits', { GlobalSecondaryIndexName: 'byStatus' })).toBe(1);
    expect(await sum('ConsumedReadCapacityUnits', {})).toBe(1);
  });
});

describe('TransactGetItems', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness();
    await harness.dynamodb().send(new CreateTableCommand(ordersTable()));
    await harness
      .dynamodb()
      .send(new PutItemCommand({ TableName, Item: { pk: { S: 'a' }, v: { N: '1' }, more: { S: 'x' } } }));
  });
  afterEach(() => harness.close());

  const get = (...TransactItems: NonNullable<TransactGetItemsCommandInput['TransactItems']>) =>
    harness.dynamodb().send(new TransactGetItemsCommand({ TransactItems }));

  it('gives the items in the order in which they were asked for, and nothing for those that there are not', async () => {
    const { Responses } = await get(
      { Get: { TableName, Key: { pk: { S: 'b' } } } },
      { Get: { TableName, Key: { pk: { S: 'a' } }, ProjectionExpression: 'v' } },
    );
    expect(Responses).toEqual([{}, { Item: { v: { N: '1' } } }]);
  });

  it('refuses one item twice, none at all, and a table that there is not', async () => {
    const a = { Get: { TableName, Key: { pk: { S: 'a' } } } };
    await expect(get(a, a)).rejects.toMatchObject({
      message: 'Transaction request cannot include multiple operations on one item',
    });
    await expect(get()).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(get({ Get: { TableName: 'Nothing', Key: { pk: { S: 'a' } } } })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
