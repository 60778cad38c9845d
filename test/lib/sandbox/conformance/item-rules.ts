import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Item, Store, StoreRule, StoreTable } from './store.js';

const KEY_OF_TWO = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' as const },
    { AttributeName: 'sk', AttributeType: 'N' as const },
  ],
};

const key = (pk: string, sk: string) => ({ pk: { S: pk }, sk: { N: sk } });

/** Items that no table takes, and what is said of them. */
const REFUSED_ITEMS: readonly (readonly [string, Item, string])[] = [
  [
    'a number of more than 38 digits',
    { ...key('a', '1'), n: { N: `${'1'.repeat(38)}.9` } },
    'more than 38 significant digits',
  ],
  ['a number that is too large', { ...key('a', '1'), n: { N: '1e126' } }, 'Number overflow'],
  ['a number that is too small', { ...key('a', '1'), n: { N: '1e-131' } }, 'Number underflow'],
  ['a number that is none', { ...key('a', '1'), n: { N: 'one' } }, 'cannot be converted to a numeric value'],
  ['a key attribute that is missing', { pk: { S: 'a' } }, 'Missing the key sk in the item'],
  ['a key attribute of another type', { pk: { S: 'a' }, sk: { S: '1' } }, 'Type mismatch for key sk'],
  ['an empty key', { pk: { S: '' }, sk: { N: '1' } }, 'cannot contain an empty string value'],
  ['an empty set', { ...key('a', '1'), s: { SS: [] } }, 'may not be empty'],
  ['a set with duplicates', { ...key('a', '1'), s: { NS: ['1', '1.0'] } }, 'contains duplicates'],
  ['an item of more than 400 KB', { ...key('a', '1'), s: { S: 'x'.repeat(410_000) } }, 'Item size has exceeded'],
  ['a partition key of more than 2048 bytes', key('k'.repeat(2049), '1'), 'Size of hashkey has exceeded'],
];

/** The rules of single items, batches and transactions. */
export const itemRules: readonly StoreRule[] = [
  ...REFUSED_ITEMS.map(([what, item, message]) => ({
    name: `model: ${what} is refused`,
    check: async (store: Store) => {
      await expect((await store.create(KEY_OF_TWO)).put(item)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    },
  })),
  {
    name: 'model: a write replaces the item and gives the old one back when asked',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      const first = { ...key('a', '1'), v: { S: 'one' } };
      const second = { ...key('a', '1'), v: { S: 'two' } };
      expect(await table.put(first)).toBeUndefined();
      expect(await table.put(second)).toEqual(first);
      expect(await table.get(key('a', '1'))).toEqual(second);
    },
  },
  {
    name: 'model: numbers are kept exactly, and equal numbers are one key',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      const big = { N: '0.12345678901234567890123456789012345678' };
      await table.put({ ...key('a', '1.0'), big, e: { N: '1e3' } });
      expect(await table.get(key('a', '1'))).toEqual({ ...key('a', '1'), big, e: { N: '1000' } });
    },
  },
  {
    name: 'model: a key has the attributes of the table’s key, no more and no fewer',
    check: async store => {
      const { get } = await store.create(KEY_OF_TWO);
      for (const wrong of [{ pk: { S: 'a' } }, { ...key('a', '1'), more: { S: 'x' } }]) {
        await expect(get(wrong)).rejects.toMatchObject({
          name: 'ValidationException',
          message: expect.stringMatching(/key/),
        });
      }
    },
  },
  {
    name: 'model: a delete gives the item back when asked, and does nothing the second time',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      const item = { ...key('a', '1'), v: { S: 'one' } };
      await table.put(item);
      const remove = new DeleteItemCommand({ TableName: table.name, Key: key('a', '1'), ReturnValues: 'ALL_OLD' });
      expect((await store.dynamodb.send(remove)).Attributes).toEqual(item);
      expect((await store.dynamodb.send(remove)).Attributes).toBeUndefined();
      expect(await table.get(key('a', '1'))).toBeUndefined();
    },
  },
  {
    name: 'model: an item of a table that is not there is ResourceNotFoundException',
    check: async store => {
      const { name, drop } = await store.create(KEY_OF_TWO);
      await drop();
      await expect(
        store.dynamodb.send(new GetItemCommand({ TableName: name, Key: key('a', '1') })),
      ).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: expect.stringMatching(/^(?:Requested resource|Cannot do operations on a non-existent table)/),
      });
    },
  },
  {
    name: 'model: a batch writes and deletes, and another reads what is there',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      await table.put(key('gone', '1'));
      const RequestItems = {
        [table.name]: [
          { PutRequest: { Item: key('a', '1') } },
          { PutRequest: { Item: key('a', '2') } },
          { DeleteRequest: { Key: key('gone', '1') } },
        ],
      };
      await store.dynamodb.send(new BatchWriteItemCommand({ RequestItems }));
      const Keys = [key('a', '1'), key('a', '2'), key('gone', '1')];
      const { Responses, UnprocessedKeys } = await store.dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [table.name]: { Keys } } }),
      );
      const found = Responses?.[table.name]?.map(item => `${item['pk']?.S} ${item['sk']?.N}`);
      expect(found?.sort()).toEqual(['a 1', 'a 2']);
      expect(UnprocessedKeys).toEqual({});
    },
  },
  {
    name: 'model: a batch has at most 25 writes, none of them twice, and otherwise does nothing',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      const batch = (...numbers: readonly string[]) => {
        const requests = numbers.map(sk => ({ PutRequest: { Item: key('a', sk) } }));
        return store.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
      };
      await expect(batch(...Array.from({ length: 26 }, (_, at) => String(at)))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('Too many items requested for the BatchWriteItem call'),
      });
      await expect(batch('1', '1.0')).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Provided list of item keys contains duplicates',
      });
      expect(await table.get(key('a', '1'))).toBeUndefined();
    },
  },
  {
    name: 'model: a transaction writes all or nothing, and says why',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      await table.put({ ...key('a', '1'), v: { N: '1' } });
      await expect(putIf(store, table, '2')).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        message: expect.stringContaining('[None, ConditionalCheckFailed]'),
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { v: { N: '1' } } }],
      });
      expect(await table.get(key('b', '1'))).toBeUndefined();
      await putIf(store, table, '1');
      expect(await table.get(key('b', '1'))).toEqual(key('b', '1'));
    },
  },
  {
    name: 'model: a transaction with one token is done once, and another with it is refused',
    check: async store => {
      const table = await store.create(KEY_OF_TWO);
      const add = (by: string) =>
        store.dynamodb.send(
          new TransactWriteItemsCommand({
            ClientRequestToken: `token-${table.name}`.slice(0, 36),
            TransactItems: [
              {
                Update: {
                  TableName: table.name,
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
      expect(await table.get(key('a', '1'))).toEqual({ ...key('a', '1'), n: { N: '5' } });
      await expect(add('6')).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    },
  },
  {
    name: 'model: a transaction does one thing to an item',
    check: async store => {
      const { name: TableName } = await store.create(KEY_OF_TWO);
      const action = { Put: { TableName, Item: key('a', '1') } };
      await expect(
        store.dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [action, action] })),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
    },
  },
];

/** Puts b when a has the number that is expected. */
function putIf(store: Store, { name: TableName }: StoreTable, expected: string) {
  return store.dynamodb.send(
    new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: key('b', '1') } },
        {
          ConditionCheck: {
            TableName,
            Key: key('a', '1'),
            ConditionExpression: 'v = :v',
            ExpressionAttributeValues: { ':v': { N: expected } },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    }),
  );
}
