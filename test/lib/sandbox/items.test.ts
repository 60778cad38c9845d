import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, startHarness } from './harness.js';

const ITEM = { pk: { S: 'a' }, note: { S: 'x' } };

describe('items, as the SDK would not send them', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness();
    await harness.dynamodb().send(new CreateTableCommand(ordersTable()));
  });
  afterEach(() => harness.close());

  it('takes any attribute name', async () => {
    const item = { ...ITEM, ...JSON.parse('{"__proto__":{"S":"plain"},"constructor":{"N":"1"}}') };
    const answer = await harness.raw('DynamoDB_20120810.PutItem', { TableName: 'Orders', Item: item });
    expect(answer.status).toBe(200);
    const got = await harness.raw('DynamoDB_20120810.GetItem', { TableName: 'Orders', Key: { pk: ITEM.pk } });
    expect(await got.text()).toContain('"__proto__":{"S":"plain"},"constructor":{"N":"1"}');
  });

  it('refuses the parameters from before expressions instead of ignoring them', async () => {
    const answer = await harness.raw('DynamoDB_20120810.PutItem', {
      TableName: 'Orders',
      Item: ITEM,
      Expected: { pk: { Exists: false } },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('Expected') });
  });
});
