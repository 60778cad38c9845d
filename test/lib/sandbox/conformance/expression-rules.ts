import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { CONDITIONS, ITEM, KEY, REFUSED_CONDITIONS, REFUSED_UPDATES, UPDATES } from './expressions.js';
import type { Item, Store, StoreRule, StoreTable } from './store.js';

/** A table that holds the item which all expressions are about. */
async function withItem(store: Store): Promise<StoreTable> {
  const table = await store.create();
  await table.put(ITEM);
  return table;
}

function update(store: Store, table: StoreTable, input: Partial<UpdateItemCommandInput>) {
  return store.dynamodb.send(new UpdateItemCommand({ TableName: table.name, Key: KEY, ...input }));
}

const valuesOf = (values: Item | undefined) => (values === undefined ? {} : { ExpressionAttributeValues: values });

/** Whether a condition holds for the item, or what is said against it. */
async function holds(
  store: Store,
  table: StoreTable,
  condition: string,
  values?: Item,
  names?: Record<string, string>,
): Promise<boolean> {
  try {
    await update(store, table, {
      ConditionExpression: condition,
      ...valuesOf(values),
      ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** What is said against a request; nothing when it is taken. */
async function refusal(sent: Promise<unknown>): Promise<string> {
  try {
    await sent;
    return 'taken';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

/** The rules of condition, update and projection expressions. */
export const expressionRules: readonly StoreRule[] = [
  {
    name: 'model: conditions hold as documented',
    check: async store => {
      const table = await withItem(store);
      for (const [condition, expected, values] of CONDITIONS) {
        expect(await holds(store, table, condition, values), `${condition} ${JSON.stringify(values)}`).toBe(expected);
      }
    },
  },
  ...REFUSED_CONDITIONS.map(([condition, message, values]) => ({
    name: `model: the condition "${condition}" is refused: ${message}`,
    check: async (store: Store) => {
      const said = await refusal(holds(store, await withItem(store), condition, values));
      expect(said).toContain('ValidationException: ');
      expect(said).toContain(message);
    },
  })),
  {
    name: 'model: a condition that fails gives the item back when asked',
    check: async store => {
      const { name: TableName } = await withItem(store);
      const command = new PutItemCommand({
        TableName,
        Item: KEY,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await expect(store.dynamodb.send(command)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: { pk: ITEM['pk'], n: ITEM['n'] },
      });
    },
  },
  {
    name: 'model: placeholders stand for reserved names, and for names with dots',
    check: async store => {
      const table = await withItem(store);
      const names = { '#s': 'status', '#d': 'a.b' };
      await update(store, table, {
        UpdateExpression: 'SET #s = :v, #d = :v',
        ExpressionAttributeValues: { ':v': { N: '1' } },
        ExpressionAttributeNames: names,
      });
      expect(await holds(store, table, '#s = #d', undefined, names)).toBe(true);
    },
  },
  {
    name: 'model: updates do as documented',
    check: async store => {
      const table = await withItem(store);
      for (const [expression, values, expected] of UPDATES) {
        await table.put(ITEM);
        await update(store, table, { UpdateExpression: expression, ...valuesOf(values) });
        expect(sorted(await table.get(KEY)), expression).toMatchObject(sorted(expected));
      }
    },
  },
  ...REFUSED_UPDATES.map(([expression, message, values]) => ({
    name: `model: the update "${expression}" is refused: ${message}`,
    check: async (store: Store) => {
      const table = await withItem(store);
      const said = await refusal(update(store, table, { UpdateExpression: expression, ...valuesOf(values) }));
      expect(said).toContain('ValidationException: ');
      expect(said).toContain(message);
      expect(sorted(await table.get(KEY))).toEqual(sorted(ITEM));
    },
  })),
  {
    name: 'model: REMOVE takes an attribute away, DELETE a set with its last member',
    check: async store => {
      const table = await withItem(store);
      await update(store, table, {
        UpdateExpression: 'REMOVE s DELETE tags :all',
        ExpressionAttributeValues: { ':all': { SS: ['red', 'green'] } },
      });
      const { s: _s, tags: _tags, ...rest } = ITEM;
      expect(sorted(await table.get(KEY))).toEqual(sorted(rest));
    },
  },
  {
    name: 'model: an update makes the item when there is none',
    check: async store => {
      const { name: TableName } = await store.create();
      const command = new UpdateItemCommand({ TableName, Key: KEY, ReturnValues: 'ALL_NEW' });
      expect((await store.dynamodb.send(command)).Attributes).toEqual(KEY);
    },
  },
  {
    name: 'model: ReturnValues of an update',
    check: async store => {
      const table = await withItem(store);
      for (const [ReturnValues, expected] of [
        ['ALL_OLD', ITEM],
        ['UPDATED_OLD', { n: { N: '5' } }],
        ['UPDATED_NEW', { n: { N: '6' }, fresh: { S: 'x' } }],
        ['ALL_NEW', { ...ITEM, n: { N: '6' }, fresh: { S: 'x' } }],
        ['NONE', undefined],
      ] as const) {
        await table.put(ITEM);
        const { Attributes } = await update(store, table, {
          UpdateExpression: 'SET n = :n, fresh = :x',
          ExpressionAttributeValues: { ':n': { N: '6' }, ':x': { S: 'x' } },
          ReturnValues,
        });
        expect(sorted(Attributes), ReturnValues).toEqual(sorted(expected));
      }
    },
  },
  {
    name: 'model: a projection gives the paths that it names, as far as they are there',
    check: async store => {
      const { name: TableName } = await withItem(store);
      const ProjectionExpression = 'n, m.nested.deep, l[0], l[2].x, absent';
      const { Item } = await store.dynamodb.send(new GetItemCommand({ TableName, Key: KEY, ProjectionExpression }));
      expect(Item).toEqual({
        n: { N: '5' },
        m: { M: { nested: { M: { deep: { S: 'here' } } } } },
        l: { L: [{ N: '1' }, { M: { x: { N: '3' } } }] },
      });
    },
  },
];

/** An item with its sets in one order: a set has none of its own. */
function sorted(item: Item | undefined): Item {
  const entries = Object.entries(item ?? {}).map(([name, value]): [string, Item[string]] => {
    if (value.SS !== undefined) return [name, { SS: value.SS.toSorted() }];
    return [name, value.NS === undefined ? value : { NS: value.NS.toSorted() }];
  });
  return Object.fromEntries(entries);
}
