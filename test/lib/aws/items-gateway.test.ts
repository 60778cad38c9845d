import { describe, expect, it } from 'vitest';
import type { AttributeMap } from '../../../src/lib/model/attribute-value.js';
import { answerError, answerJson } from '../../support/wire-server.js';
import { bodyOf, doorTo } from './wire-door.js';

const everyType: AttributeMap = {
  pk: { S: 'order#1' },
  n: { N: '12345678901234567890.5' },
  b: { B: 'AAEC' },
  flag: { BOOL: false },
  none: { NULL: true },
  list: { L: [{ S: 'a' }, { M: { x: { N: '1' } } }] },
  ss: { SS: ['a', 'b'] },
  ns: { NS: ['1', '2'] },
  bs: { BS: ['AA==', 'AQ=='] },
  empty: { M: {} },
};

describe('items', () => {
  it('go out and come back as they are on the wire, whatever their types', async () => {
    const { aws, server } = await doorTo(response => {
      answerJson(response, { Item: everyType });
    });
    const items = await aws.items('us-east-1');
    expect(await items.get('Orders', { pk: { S: 'order#1' } })).toEqual(everyType);
    expect(bodyOf(server, 0)).toEqual({ TableName: 'Orders', Key: { pk: { S: 'order#1' } }, ConsistentRead: true });
    expect(await items.putNew('Orders', everyType, 'pk')).toBe(true);
    expect(bodyOf(server, 1)).toMatchObject({
      Item: everyType,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': 'pk' },
    });
  });

  it('that are not there are undefined', async () => {
    const { aws } = await doorTo(response => {
      answerJson(response, {});
    });
    expect(await (await aws.items('us-east-1')).get('Orders', { pk: { S: 'x' } })).toBeUndefined();
  });

  it('are never written over, nor deleted without their mark: a refused condition is an answer', async () => {
    const { aws, server } = await doorTo(response => {
      answerError(response, 'ConditionalCheckFailedException', 'The conditional request failed');
    });
    const items = await aws.items('us-east-1');
    expect(await items.putNew('Orders', { pk: { S: 'x' } }, 'pk')).toBe(false);
    const mark = { attribute: 'ddbx', text: 'run-1' };
    expect(await items.deleteMarked('Orders', { pk: { S: 'x' } }, mark)).toBe(false);
    expect(bodyOf(server, 1)).toMatchObject({
      ConditionExpression: '#mark = :mark',
      ExpressionAttributeNames: { '#mark': 'ddbx' },
      ExpressionAttributeValues: { ':mark': { S: 'run-1' } },
    });
  });

  it('keep every other failure a failure', async () => {
    const { aws } = await doorTo(response => {
      answerError(response, 'ResourceNotFoundException', 'Requested resource not found');
    });
    const failing = (await aws.items('us-east-1')).putNew('Orders', { pk: { S: 'x' } }, 'pk');
    await expect(failing).rejects.toMatchObject({ kind: 'not-found', operation: 'PutItem' });
  });
});

describe('a scan', () => {
  it('reads one page of one segment, and says what it took and where the next begins', async () => {
    const { aws, server } = await doorTo((response, _request, index) => {
      answerJson(response, {
        Items: [{ pk: { S: `order#${index}` } }],
        ConsumedCapacity: { TableName: 'Orders', CapacityUnits: 12.5 },
        ...(index === 0 ? { LastEvaluatedKey: { pk: { S: 'order#0' } } } : {}),
      });
    });
    const items = await aws.items('us-east-1');
    const first = await items.scan('Orders', { segment: 2, segments: 8, limit: 100 });
    expect(first).toEqual({
      items: [{ pk: { S: 'order#0' } }],
      lastKey: { pk: { S: 'order#0' } },
      consumedUnits: 12.5,
    });
    const second = await items.scan('Orders', { segment: 2, segments: 8, after: first.lastKey });
    expect(second.lastKey).toBeUndefined();
    expect(bodyOf(server, 0)).toEqual({
      TableName: 'Orders',
      Segment: 2,
      TotalSegments: 8,
      Limit: 100,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(bodyOf(server, 1)).toMatchObject({ ExclusiveStartKey: { pk: { S: 'order#0' } } });
  });
});
