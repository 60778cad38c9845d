import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  UpdateTableCommand,
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

  it('shows a regional table without the members of global tables, FACTS D.1', async () => {
    await create();
    const description = Object.keys((await table()) ?? {});
    for (const member of ['Replicas', 'GlobalTableVersion', 'MultiRegionConsistency', 'GlobalTableWitnesses']) {
      expect(description).not.toContain(member);
    }
  });

  it('shows key, billing, ARN and id', async () => {
    await create();
    expect(await table()).toMatchObject({
      TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
      TableId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ItemCount: 0,
    });
  });

  it('takes a table’s ARN for its name', async () => {
    await create();
    expect((await table('arn:aws:dynamodb:us-east-1:111122223333:table/Orders'))?.TableName).toBe('Orders');
  });

  it('refuses a second table of one name', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists: Orders',
    });
  });

  it('names the table that it does not find', async () => {
    await expect(table('Nothing')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: Nothing not found',
    });
  });

  it.each([
    ['a name that is too short', { TableName: 'ab' }],
    ['a key attribute that is not defined', { AttributeDefinitions: [] }],
    [
      'a definition that no key uses',
      {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' as const },
          { AttributeName: 'more', AttributeType: 'S' as const },
        ],
      },
    ],
    ['a range key first', { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' as const }] }],
    ['provisioned capacity without numbers', { BillingMode: 'PROVISIONED' as const }],
    ['what the sandbox does not serve', { ResourcePolicy: '{}' }],
  ])('refuses %s', async (_, input) => {
    await expect(create(input)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('lists tables page by page', async () => {
    for (const TableName of ['Gamma', 'Alpha', 'Beta']) await create({ TableName });
    const first = await dynamodb.send(new ListTablesCommand({ Limit: 2 }));
    const second = await dynamodb.send(
      new ListTablesCommand({ Limit: 2, ExclusiveStartTableName: first.LastEvaluatedTableName }),
    );
    expect([first.TableNames, second.TableNames]).toEqual([['Alpha', 'Beta'], ['Gamma']]);
    expect(second.LastEvaluatedTableName).toBeUndefined();
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

  it('does not delete a protected table', async () => {
    await create({ DeletionProtectionEnabled: true });
    settle();
    const remove = () => dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    await expect(remove()).rejects.toMatchObject({ message: expect.stringContaining('protected against deletion') });
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', DeletionProtectionEnabled: false }));
    settle();
    expect((await remove()).TableDescription?.TableStatus).toBe('DELETING');
  });

  it('refuses an UpdateTable that changes nothing it knows', async () => {
    await create();
    settle();
    await expect(dynamodb.send(new UpdateTableCommand({ TableName: 'Orders' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('adds and removes a global secondary index', async () => {
    await create();
    settle();
    const index = { IndexName: 'byStatus', KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' as const }] };
    await dynamodb.send(
      new UpdateTableCommand({
        TableName: 'Orders',
        AttributeDefinitions: [{ AttributeName: 'status', AttributeType: 'S' }],
        GlobalSecondaryIndexUpdates: [{ Create: { ...index, Projection: { ProjectionType: 'ALL' } } }],
      }),
    );
    expect((await table())?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('CREATING');
    settle();
    expect((await table())?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('ACTIVE');
    await dynamodb.send(
      new UpdateTableCommand({
        TableName: 'Orders',
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byStatus' } }],
      }),
    );
    settle();
    expect((await table())?.GlobalSecondaryIndexes).toBeUndefined();
  });

  it('changes between provisioned and on-demand', async () => {
    const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
    await create({ BillingMode: 'PROVISIONED', ProvisionedThroughput: units });
    settle();
    expect(await table()).toMatchObject({ ProvisionedThroughput: units });
    await dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST' }));
    expect((await table())?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
  });

  it('keeps Regions apart', async () => {
    await create();
    expect((await harness.dynamodb('eu-west-1').send(new ListTablesCommand({}))).TableNames).toEqual([]);
  });
});
