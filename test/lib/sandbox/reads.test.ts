import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './harness.js';

describe('Query and Scan', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    harness = await startHarness();
    dynamodb = harness.dynamodb();
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'Orders',
        KeySchema: [
          { AttributeName: 'customer', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'customer', AttributeType: 'S' },
          { AttributeName: 'at', AttributeType: 'N' },
          { AttributeName: 'state', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byState',
            KeySchema: [
              { AttributeName: 'state', KeyType: 'HASH' },
              { AttributeName: 'at', KeyType: 'RANGE' },
            ],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const items = Array.from({ length: 60 }, (_, n) => ({
      customer: { S: `c${n % 6}` },
      at: { N: String(n - 30) },
      amount: { N: String(n) },
      ...(n % 3 === 0 ? { state: { S: 'open' } } : {}),
    }));
    for (let at = 0; at < items.length; at += 20) {
      const requests = items.slice(at, at + 20).map(Item => ({ PutRequest: { Item } }));
      await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { Orders: requests } }));
    }
  });
  afterAll(() => harness.close());

  const query = (condition: string, values: Record<string, AttributeValue>, more: Partial<QueryCommandInput> = {}) =>
    dynamodb.send(
      new QueryCommand({
        TableName: 'Orders',
        KeyConditionExpression: condition,
        ExpressionAttributeValues: values,
        ExpressionAttributeNames: { '#at': 'at' },
        ...more,
      }),
    );
  const times = (items: readonly Record<string, AttributeValue>[] | undefined) =>
    items?.map(item => Number(item['at']?.N));
  const customer = { ':c': { S: 'c0' } };

  it.each<[string, Record<string, AttributeValue>, number[]]>([
    ['customer = :c AND #at > :t', { ':t': { N: '10' } }, [12, 18, 24]],
    ['customer = :c AND #at = :t', { ':t': { N: '12.0' } }, [12]],
    ['customer = :c AND #at BETWEEN :t AND :u', { ':t': { N: '-18' }, ':u': { N: '0' } }, [-18, -12, -6, 0]],
    ['#at <= :t AND customer = :c', { ':t': { N: '-20' } }, [-30, -24]],
  ])('finds %s, sorted as numbers', async (condition, values, expected) => {
    expect(times((await query(condition, { ...customer, ...values })).Items)).toEqual(expected);
  });

  it('goes backwards', async () => {
    const { Items } = await query(
      'customer = :c AND #at > :t',
      { ...customer, ':t': { N: '10' } },
      { ScanIndexForward: false },
    );
    expect(times(Items)).toEqual([24, 18, 12]);
  });

  it.each([true, false])('pages without loss or repetition, forward: %s', async ScanIndexForward => {
    const found: number[] = [];
    const pages = paginateQuery(
      { client: dynamodb, pageSize: 3 },
      {
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: customer,
        ScanIndexForward,
      },
    );
    for await (const page of pages) found.push(...(times(page.Items) ?? []));
    const expected = Array.from({ length: 10 }, (_, at) => at * 6 - 30);
    expect(found).toEqual(ScanIndexForward ? expected : expected.reverse());
  });

  it('filters after counting what was read', async () => {
    const { Count, ScannedCount, Items } = await dynamodb.send(
      new QueryCommand({
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        FilterExpression: 'amount > :n',
        ProjectionExpression: 'amount',
        ExpressionAttributeValues: { ...customer, ':n': { N: '40' } },
      }),
    );
    expect([Count, ScannedCount]).toEqual([3, 10]);
    expect(Items).toEqual([{ amount: { N: '42' } }, { amount: { N: '48' } }, { amount: { N: '54' } }]);
  });

  it('counts', async () => {
    const { Count, Items } = await dynamodb.send(new ScanCommand({ TableName: 'Orders', Select: 'COUNT' }));
    expect([Count, Items]).toEqual([60, undefined]);
  });

  it('reads an index, sorted by its own key, with what it holds', async () => {
    const { Items } = await dynamodb.send(
      new QueryCommand({
        TableName: 'Orders',
        IndexName: 'byState',
        KeyConditionExpression: '#state = :s AND #at < :t',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: { ':s': { S: 'open' }, ':t': { N: '-20' } },
      }),
    );
    expect(times(Items)).toEqual([-30, -27, -24, -21]);
    expect(Object.keys(Items?.[0] ?? {}).sort()).toEqual(['at', 'customer', 'state']);
  });

  it('counts what an index holds, not what the table holds', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }));
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexName: 'byState', ItemCount: 20 });
  });

  it('scans everything once, in pages and in segments', async () => {
    const found: string[] = [];
    for (let Segment = 0; Segment < 3; Segment += 1) {
      const pages = paginateScan({ client: dynamodb, pageSize: 7 }, { TableName: 'Orders', Segment, TotalSegments: 3 });
      for await (const page of pages) found.push(...(page.Items ?? []).map(item => item['amount']?.N ?? ''));
    }
    expect(found.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('stops a page at a megabyte', async () => {
    for (let n = 0; n < 4; n += 1) {
      const Item = { customer: { S: 'large' }, at: { N: String(n) }, note: { S: 'x'.repeat(390_000) } };
      await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item }));
    }
    const { Items, LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: 'Orders',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: { ':c': { S: 'large' } },
      }),
    );
    expect(Items).toHaveLength(2);
    expect(LastEvaluatedKey).toEqual({ customer: { S: 'large' }, at: { N: '1' } });
  });

  it.each<[string, Record<string, AttributeValue>, string]>([
    ['#at = :t', { ':t': { N: '1' } }, 'Query condition missed key schema element: customer'],
    ['customer > :c AND #at = :t', { ...customer, ':t': { N: '1' } }, 'Query key condition not supported'],
    [
      'customer = :c AND #at <> :t',
      { ...customer, ':t': { N: '1' } },
      'Invalid operator used in KeyConditionExpression: <>',
    ],
    [
      'customer = :c OR #at = :t',
      { ...customer, ':t': { N: '1' } },
      'Invalid operator used in KeyConditionExpression: OR',
    ],
    [
      'customer = :c AND #at = :t',
      { ...customer, ':t': { S: '1' } },
      'Condition parameter type does not match schema type',
    ],
  ])('refuses the key condition %s', async (condition, values, message) => {
    await expect(query(condition, values)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});
