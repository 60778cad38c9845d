import {
  BatchWriteItemCommand,
  paginateQuery,
  paginateScan,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Item, Store, StoreRule, StoreTable } from './store.js';

const CUSTOMER = { ':c': { S: 'c0' } };

/** A table of 60 orders of six customers, of which every third is open and so in the index. */
async function orders(store: Store): Promise<StoreTable> {
  const table = await store.create({
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
  });
  const items = Array.from({ length: 60 }, (_, n) => ({
    customer: { S: `c${n % 6}` },
    at: { N: String(n - 30) },
    amount: { N: String(n) },
    ...(n % 3 === 0 ? { state: { S: 'open' } } : {}),
  }));
  for (let at = 0; at < items.length; at += 20) {
    const requests = items.slice(at, at + 20).map(Item => ({ PutRequest: { Item } }));
    await store.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
  }
  return table;
}

const numbers = (items: readonly Item[] | undefined, name: string) => items?.map(item => Number(item[name]?.N));

const query = (store: Store, table: StoreTable, condition: string, more: Partial<QueryCommandInput> = {}) =>
  store.dynamodb.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: CUSTOMER,
      ...(condition.includes('#at') ? { ExpressionAttributeNames: { '#at': 'at' } } : {}),
      ...more,
    }),
  );

/** Conditions on the key, the values that they use, and the orders that they find. */
const FOUND: readonly (readonly [string, Item, readonly number[]])[] = [
  ['customer = :c AND #at > :t', { ':t': { N: '10' } }, [12, 18, 24]],
  ['customer = :c AND #at = :t', { ':t': { N: '12.0' } }, [12]],
  ['customer = :c AND #at BETWEEN :t AND :u', { ':t': { N: '-18' }, ':u': { N: '0' } }, [-18, -12, -6, 0]],
  ['#at <= :t AND customer = :c', { ':t': { N: '-20' } }, [-30, -24]],
];

/** Conditions that no key is asked by, and what is said of them. */
const REFUSED: readonly (readonly [string, Item, string])[] = [
  ['#at = :t', { ':t': { N: '1' } }, 'Query condition missed key schema element: customer'],
  ['customer > :c AND #at = :t', { ...CUSTOMER, ':t': { N: '1' } }, 'Query key condition not supported'],
  [
    'customer = :c AND #at <> :t',
    { ...CUSTOMER, ':t': { N: '1' } },
    'Invalid operator used in KeyConditionExpression: <>',
  ],
  [
    'customer = :c OR #at = :t',
    { ...CUSTOMER, ':t': { N: '1' } },
    'Invalid operator used in KeyConditionExpression: OR',
  ],
  [
    'customer = :c AND #at = :t',
    { ...CUSTOMER, ':t': { S: '1' } },
    'Condition parameter type does not match schema type',
  ],
];

/** The rules of Query and Scan. */
export const readRules: readonly StoreRule[] = [
  {
    name: 'model: Query finds by the key, sorted as numbers',
    check: async store => {
      const table = await orders(store);
      for (const [condition, values, expected] of FOUND) {
        const found = await query(store, table, condition, { ExpressionAttributeValues: { ...CUSTOMER, ...values } });
        expect(numbers(found.Items, 'at'), condition).toEqual(expected);
      }
    },
  },
  ...REFUSED.map(([condition, values, message]) => ({
    name: `model: Query refuses ${condition}${values[':t']?.S === undefined ? '' : ', when :t is of another type'}`,
    check: async (store: Store) => {
      await expect(
        query(store, await orders(store), condition, { ExpressionAttributeValues: values }),
      ).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining(message) });
    },
  })),
  {
    name: 'model: Query goes backwards, and pages in both directions without loss or repetition',
    check: async store => {
      const table = await orders(store);
      const expected = Array.from({ length: 10 }, (_, at) => at * 6 - 30);
      for (const ScanIndexForward of [true, false]) {
        const found: number[] = [];
        const input = {
          TableName: table.name,
          KeyConditionExpression: 'customer = :c',
          ExpressionAttributeValues: CUSTOMER,
          ScanIndexForward,
        };
        for await (const page of paginateQuery({ client: store.dynamodb, pageSize: 3 }, input)) {
          found.push(...(numbers(page.Items, 'at') ?? []));
        }
        expect(found).toEqual(ScanIndexForward ? expected : expected.toReversed());
      }
    },
  },
  {
    name: 'model: a filter works on what was read, and is not in ScannedCount',
    check: async store => {
      const found = await query(store, await orders(store), 'customer = :c', {
        FilterExpression: 'amount > :n',
        ProjectionExpression: 'amount',
        ExpressionAttributeValues: { ...CUSTOMER, ':n': { N: '40' } },
      });
      expect([found.Count, found.ScannedCount]).toEqual([3, 10]);
      expect(found.Items).toEqual([{ amount: { N: '42' } }, { amount: { N: '48' } }, { amount: { N: '54' } }]);
    },
  },
  {
    name: 'model: an index has its own order, and what it projects',
    check: async store => {
      const { Items } = await query(store, await orders(store), '#state = :s AND #at < :t', {
        IndexName: 'byState',
        ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
        ExpressionAttributeValues: { ':s': { S: 'open' }, ':t': { N: '-20' } },
      });
      expect(numbers(Items, 'at')).toEqual([-30, -27, -24, -21]);
      expect(Object.keys(Items?.[0] ?? {}).sort()).toEqual(['at', 'customer', 'state']);
    },
  },
  {
    name: 'model: an index counts its own entries',
    check: async store => {
      const description = await (await orders(store)).describe();
      expect(description?.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexName: 'byState', ItemCount: 20 });
    },
  },
  {
    name: 'model: Scan counts without giving items',
    check: async store => {
      const { name: TableName } = await orders(store);
      const { Count, Items } = await store.dynamodb.send(new ScanCommand({ TableName, Select: 'COUNT' }));
      expect([Count, Items]).toEqual([60, undefined]);
    },
  },
  {
    name: 'model: Scan gives everything once, in pages and segments',
    check: async store => {
      const { name: TableName } = await orders(store);
      const found: number[] = [];
      for (let Segment = 0; Segment < 3; Segment += 1) {
        const pages = paginateScan({ client: store.dynamodb, pageSize: 7 }, { TableName, Segment, TotalSegments: 3 });
        for await (const page of pages) found.push(...(numbers(page.Items, 'amount') ?? []));
      }
      expect(found.sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    },
  },
  {
    name: 'model: a page of Query ends at 1 MB',
    check: async store => {
      const table = await orders(store);
      for (let n = 0; n < 4; n += 1) {
        await table.put({ customer: { S: 'large' }, at: { N: String(n) }, note: { S: 'x'.repeat(390_000) } });
      }
      const { Items, LastEvaluatedKey } = await query(store, table, 'customer = :c', {
        ExpressionAttributeValues: { ':c': { S: 'large' } },
      });
      expect(numbers(Items, 'at')).toEqual([0, 1]);
      expect(LastEvaluatedKey).toEqual({ customer: { S: 'large' }, at: { N: '1' } });
    },
  },
];
