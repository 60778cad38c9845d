import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, STATUS_DELAY_MS, startHarness } from './harness.js';

describe('tables', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;

  beforeEach(async () => {
    harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS });
    dynamodb = harness.dynamodb();
  });
  afterEach(() => harness.close());

  const settle = () => harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
  const create = (input: Partial<CreateTableCommandInput> = {}) =>
    dynamodb.send(new CreateTableCommand({ ...ordersTable(), ...input }));
  const table = async (TableName = 'Orders') => (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table;

  it('is CREATING for a while, then ACTIVE', async () => {
    const { TableDescription } = await create();
    expect(TableDescription?.TableStatus).toBe('CREATING');
    expect((await table())?.TableStatus).toBe('CREATING');
    settle();
    expect((await table())?.TableStatus).toBe('ACTIVE');
  });

  it('has no items to give while it is CREATING', async () => {
    await create();
    const get = new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: 'a' } } });
    await expect(dynamodb.send(get)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    settle();
    expect((await dynamodb.send(get)).Item).toBeUndefined();
  });

  it('has an ARN with its Region and account', async () => {
    await create();
    expect((await table())?.TableArn).toBe('arn:aws:dynamodb:us-east-1:111122223333:table/Orders');
  });

  it('refuses by its name what the sandbox does not serve, instead of ignoring it', async () => {
    await expect(create({ ResourcePolicy: '{}' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('ResourcePolicy'),
    });
  });

  it('deletes a table: DELETING for a while, then gone, then free to be made again', async () => {
    await create();
    settle();
    const { TableDescription } = await dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    expect(TableDescription?.TableStatus).toBe('DELETING');
    settle();
    await expect(table()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await create()).TableDescription?.TableStatus).toBe('CREATING');
  });

  it('keeps Regions apart', async () => {
    await create();
    expect((await harness.dynamodb('eu-west-1').send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });
});
