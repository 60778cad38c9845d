import {
  type AttributeValue,
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, startHarness } from './harness.js';

type Values = Record<string, AttributeValue>;

const KEY = { pk: { S: 'a' } };
const ITEM: Values = {
  ...KEY,
  n: { N: '5' },
  s: { S: 'hello world' },
  b: { B: new Uint8Array([1, 2, 3]) },
  flag: { BOOL: true },
  nil: { NULL: true },
  l: { L: [{ N: '1' }, { S: 'two' }, { M: { x: { N: '3' } } }] },
  m: { M: { nested: { M: { deep: { S: 'here' } } }, n: { N: '7' } } },
  tags: { SS: ['red', 'green'] },
  ints: { NS: ['1', '2'] },
};

describe('expressions', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    harness = await startHarness();
    dynamodb = harness.dynamodb();
    await dynamodb.send(new CreateTableCommand(ordersTable()));
  });
  afterAll(() => harness.close());
  beforeEach(() => dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: ITEM })));

  const update = (expression: string, values?: Values, more: Partial<UpdateItemCommandInput> = {}) =>
    dynamodb.send(
      new UpdateItemCommand({
        TableName: 'Orders',
        Key: KEY,
        UpdateExpression: expression,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
        ...more,
      }),
    );
  const item = async () => (await dynamodb.send(new GetItemCommand({ TableName: 'Orders', Key: KEY }))).Item ?? {};
  const holds = async (condition: string, values?: Values, names?: Record<string, string>) => {
    const command = new UpdateItemCommand({
      TableName: 'Orders',
      Key: KEY,
      ConditionExpression: condition,
      ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      ...(names === undefined ? {} : { ExpressionAttributeNames: names }),
    });
    try {
      await dynamodb.send(command);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };

  describe('conditions', () => {
    const five = { ':v': { N: '5' } };
    it.each<[string, boolean, Values?]>([
      ['n = :v', true, { ':v': { N: '5.0' } }],
      ['n = :v', false, { ':v': { S: '5' } }],
      ['n <> :v', true, { ':v': { S: '5' } }],
      ['n < :v', true, { ':v': { N: '10' } }],
      ['n > :v', false, { ':v': { N: '10' } }],
      ['n >= :v', true, five],
      ['n <= :v', true, five],
      ['s < :v', false, { ':v': { S: 'hello' } }],
      ['s < :v', false, { ':v': { N: '5' } }],
      ['b > :v', true, { ':v': { B: new Uint8Array([1, 2]) } }],
      ['absent <> :v', true, five],
      ['absent = :v', false, five],
      ['n BETWEEN :low AND :v', true, { ...five, ':low': { N: '-1' } }],
      ['n BETWEEN :low AND :v AND attribute_exists(s)', true, { ...five, ':low': { N: '-1' } }],
      ['n IN (:a, :v)', true, { ...five, ':a': { N: '1' } }],
      ['n IN (:a)', false, { ':a': { N: '1' } }],
      ['attribute_exists(m.nested.deep)', true],
      ['attribute_exists(m.nested.nowhere)', false],
      ['attribute_not_exists(l[3])', true],
      ['attribute_exists(l[2].x)', true],
      ['attribute_type(n, :t)', true, { ':t': { S: 'N' } }],
      ['attribute_type(tags, :t)', true, { ':t': { S: 'SS' } }],
      ['begins_with(s, :v)', true, { ':v': { S: 'hello' } }],
      ['begins_with(b, :v)', true, { ':v': { B: new Uint8Array([1, 2]) } }],
      ['contains(s, :v)', true, { ':v': { S: 'o w' } }],
      ['contains(tags, :v)', true, { ':v': { S: 'red' } }],
      ['contains(tags, :v)', false, { ':v': { S: 're' } }],
      ['contains(ints, :v)', true, { ':v': { N: '2.0' } }],
      ['contains(l, :v)', true, { ':v': { S: 'two' } }],
      ['size(s) = :v', true, { ':v': { N: '11' } }],
      ['size(l) = :v', true, { ':v': { N: '3' } }],
      ['size(tags) = :v', true, { ':v': { N: '2' } }],
      ['size(b) = :v', true, { ':v': { N: '3' } }],
      ['size(n) = :v', false, { ':v': { N: '1' } }],
      ['NOT n = :v', false, five],
      ['NOT (n = :v OR attribute_exists(nil))', false, five],
      ['n = :v OR n = :v AND attribute_exists(absent)', true, five],
      ['(n = :v OR n = :v) AND attribute_exists(absent)', false, five],
      ['n = :v and not attribute_exists(absent)', true, five],
      ['m = :v', true, { ':v': ITEM['m'] ?? { NULL: true } }],
      ['tags = :v', true, { ':v': { SS: ['green', 'red'] } }],
      ['m.n > n', true],
    ])('%s is %s', async (condition, expected, values) => {
      expect(await holds(condition, values)).toBe(expected);
    });

    it('sees nothing where there is no item', async () => {
      const command = new PutItemCommand({
        TableName: 'Orders',
        Item: KEY,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await expect(dynamodb.send(command)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: ITEM,
      });
    });

    it.each<[string, string, Values?]>([
      ['n = ', 'Syntax error; token: "<EOF>"'],
      ['n ! :v', 'Syntax error; token: "!"', { ':v': { N: '1' } }],
      ['status = :v', 'Attribute name is a reserved keyword; reserved keyword: status', { ':v': { N: '1' } }],
      [
        '#x = :v',
        'An expression attribute name used in the document path is not defined; attribute name: #x',
        { ':v': { N: '1' } },
      ],
      [
        'n = :v',
        'An expression attribute value used in expression is not defined; attribute value: :v',
        { ':w': { N: '1' } },
      ],
      [
        'attribute_exists(n)',
        'Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}',
        { ':v': { N: '1' } },
      ],
      ['exists(n)', 'Invalid function name; function: exists'],
      ['attribute_type(n, :t)', 'Invalid attribute type name found; type: X', { ':t': { S: 'X' } }],
      [' ', 'The expression can not be empty'],
      ['n = :v :v', 'Syntax error; token: ":v"', { ':v': { N: '1' } }],
    ])('refuses %s: %s', async (condition, message, values) => {
      await expect(holds(condition, values)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    });

    it('takes placeholders for names, also reserved ones and ones with dots', async () => {
      await update(
        'SET #s = :v, #d = :v',
        { ':v': { N: '1' } },
        { ExpressionAttributeNames: { '#s': 'status', '#d': 'a.b' } },
      );
      expect(await holds('#s = #d', undefined, { '#s': 'status', '#d': 'a.b' })).toBe(true);
    });
  });

  describe('updates', () => {
    it.each<[string, Values | undefined, Values]>([
      ['SET n = n + :v', { ':v': { N: '0.1' } }, { n: { N: '5.1' } }],
      ['SET n = n - :v', { ':v': { N: '10' } }, { n: { N: '-5' } }],
      ['SET n = :a - :v', { ':a': { N: '1e20' }, ':v': { N: '1' } }, { n: { N: '99999999999999999999' } }],
      ['SET fresh = if_not_exists(fresh, :v)', { ':v': { S: 'new' } }, { fresh: { S: 'new' } }],
      ['SET n = if_not_exists(n, :v) + :v', { ':v': { N: '1' } }, { n: { N: '6' } }],
      [
        'SET l = list_append(l, :v)',
        { ':v': { L: [{ S: 'end' }] } },
        { l: { L: [...(ITEM['l']?.L ?? []), { S: 'end' }] } },
      ],
      ['SET l[1] = :v', { ':v': { S: 'new' } }, { l: { L: [{ N: '1' }, { S: 'new' }, { M: { x: { N: '3' } } }] } }],
      ['SET l[9] = :v', { ':v': { S: 'end' } }, { l: { L: [...(ITEM['l']?.L ?? []), { S: 'end' }] } }],
      [
        'SET m.nested.deep = s',
        undefined,
        { m: { M: { nested: { M: { deep: { S: 'hello world' } } }, n: { N: '7' } } } },
      ],
      [
        'SET n = m.n, m.n = n',
        undefined,
        { n: { N: '7' }, m: { M: { nested: { M: { deep: { S: 'here' } } }, n: { N: '5' } } } },
      ],
      ['REMOVE l[0], l[1]', undefined, { l: { L: [{ M: { x: { N: '3' } } }] } }],
      ['REMOVE m.nested.deep', undefined, { m: { M: { nested: { M: {} }, n: { N: '7' } } } }],
      ['ADD n :v', { ':v': { N: '3' } }, { n: { N: '8' } }],
      ['ADD tally :v', { ':v': { N: '3' } }, { tally: { N: '3' } }],
      ['ADD ints :v', { ':v': { NS: ['2', '3'] } }, { ints: { NS: ['1', '2', '3'] } }],
      ['DELETE tags :v', { ':v': { SS: ['red', 'blue'] } }, { tags: { SS: ['green'] } }],
      ['set n = :v remove s', { ':v': { N: '1' } }, { n: { N: '1' } }],
    ])('%s', async (expression, values, expected) => {
      await update(expression, values);
      expect(await item()).toMatchObject(expected);
    });

    it('takes an attribute away, and a set with its last member', async () => {
      await update('REMOVE s DELETE tags :all', { ':all': { SS: ['red', 'green'] } });
      const { s: _s, tags: _tags, ...rest } = ITEM;
      expect(await item()).toEqual(rest);
    });

    it('makes the item when there is none', async () => {
      const command = new UpdateItemCommand({
        TableName: 'Orders',
        Key: { pk: { S: 'fresh' } },
        ReturnValues: 'ALL_NEW',
      });
      expect((await dynamodb.send(command)).Attributes).toEqual({ pk: { S: 'fresh' } });
    });

    it.each([
      ['ALL_OLD', ITEM],
      ['UPDATED_OLD', { n: { N: '5' } }],
      ['UPDATED_NEW', { n: { N: '6' }, fresh: { S: 'x' } }],
      ['ALL_NEW', { ...ITEM, n: { N: '6' }, fresh: { S: 'x' } }],
      ['NONE', undefined],
    ] as const)('returns %s', async (ReturnValues, expected) => {
      const { Attributes } = await update(
        'SET n = :n, fresh = :x',
        { ':n': { N: '6' }, ':x': { S: 'x' } },
        { ReturnValues },
      );
      expect(Attributes).toEqual(expected);
    });

    it.each<[string, string, Values?]>([
      ['SET pk = :v', 'Cannot update attribute pk. This attribute is part of the key', { ':v': { S: 'b' } }],
      ['SET n = s + :v', 'incorrect data type: operator or function: +, operand type: S', { ':v': { N: '1' } }],
      ['ADD s :v', 'incorrect data type', { ':v': { N: '1' } }],
      ['SET n = absent', 'refers to an attribute that does not exist in the item'],
      [
        'SET absent.x = :v',
        'The document path provided in the update expression is invalid for update',
        { ':v': { N: '1' } },
      ],
      ['SET m = :v, m.n = :v', 'Two document paths overlap', { ':v': { N: '1' } }],
      ['SET n = :v SET s = :v', 'The "SET" section can only be used once', { ':v': { N: '1' } }],
      ['CHANGE n', 'Syntax error; token: "CHANGE"'],
      ['SET n = :v + n', 'more than 38 significant digits', { ':v': { N: '1e60' } }],
    ])('refuses %s: %s', async (expression, message, values) => {
      await expect(update(expression, values)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
      expect(await item()).toEqual(ITEM);
    });
  });

  it('projects paths', async () => {
    const command = new GetItemCommand({
      TableName: 'Orders',
      Key: KEY,
      ProjectionExpression: 'n, m.nested.deep, l[0], l[2].x, absent',
    });
    expect((await dynamodb.send(command)).Item).toEqual({
      n: { N: '5' },
      m: { M: { nested: { M: { deep: { S: 'here' } } } } },
      l: { L: [{ N: '1' }, { M: { x: { N: '3' } } }] },
    });
  });
});
