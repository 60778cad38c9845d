import {
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import type { Store, StoreRule } from './store.js';

/** That a table of this shape is refused. */
async function refuses(store: Store, input: Partial<CreateTableCommandInput>): Promise<void> {
  await expect(store.create(input)).rejects.toMatchObject({ name: 'ValidationException' });
}

const timeToLive = (Enabled: boolean) => ({ Enabled, AttributeName: 'expires' });

/** How tables are made, shown, changed and dropped; replicas only as far as to tell whether there can be any. */
export const tableRules: readonly StoreRule[] = [
  {
    name: 'model: CreateTable answers CREATING, before the table is ACTIVE',
    check: async store => expect((await store.create()).statusWhenMade).toBe('CREATING'),
  },
  {
    name: 'D.1: a table of one Region shows nothing of global tables',
    check: async store => {
      const members = Object.keys((await (await store.create()).describe()) ?? {});
      for (const member of ['Replicas', 'GlobalTableVersion', 'MultiRegionConsistency', 'GlobalTableWitnesses']) {
        expect(members).not.toContain(member);
      }
    },
  },
  {
    name: 'model: DescribeTable shows key and billing',
    check: async store => {
      expect(await (await store.create()).describe()).toMatchObject({
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        ItemCount: 0,
      });
    },
  },
  {
    name: 'model: a table has an id',
    check: async store => {
      expect((await (await store.create()).describe())?.TableId).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    },
  },
  {
    name: 'model: DeleteTable answers DELETING',
    check: async store => expect(await (await store.create()).drop()).toBe('DELETING'),
  },
  {
    name: 'model: a table’s ARN names its Region, and serves as its name',
    check: async store => {
      const table = await store.create();
      const arn = (await table.describe())?.TableArn ?? '';
      const { Table } = await store.dynamodb.send(new DescribeTableCommand({ TableName: arn }));
      expect(Table?.TableName).toBe(table.name);
      expect(arn).toMatch(new RegExp(`^arn:aws:dynamodb:${store.region}:\\d{12}:table/${table.name}$`));
    },
  },
  {
    name: 'model: a second table of one name is ResourceInUseException',
    check: async store => {
      const { name } = await store.create();
      await expect(store.create({ TableName: name })).rejects.toMatchObject({
        name: 'ResourceInUseException',
        message: `Table already exists: ${name}`,
      });
    },
  },
  {
    name: 'model: a table that is not there is ResourceNotFoundException, which names it',
    check: async store => {
      const { name, drop } = await store.create();
      await drop();
      await expect(store.dynamodb.send(new DescribeTableCommand({ TableName: name }))).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: `Requested resource not found: Table: ${name} not found`,
      });
      expect((await (await store.create({ TableName: name })).describe())?.TableStatus).toBe('ACTIVE');
    },
  },
  {
    name: 'model: a name has 3 to 255 characters',
    check: async store => {
      await refuses(store, { TableName: 'ab' });
      await refuses(store, { TableName: 'x'.repeat(256) });
    },
  },
  {
    name: 'model: the attributes that are defined are those of the keys',
    check: async store => {
      await refuses(store, { AttributeDefinitions: [] });
      await refuses(store, {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'more', AttributeType: 'S' },
        ],
      });
    },
  },
  {
    name: 'model: a key begins with its partition key',
    check: store => refuses(store, { KeySchema: [{ AttributeName: 'pk', KeyType: 'RANGE' }] }),
  },
  {
    name: 'model: provisioned capacity has numbers',
    check: store => refuses(store, { BillingMode: 'PROVISIONED' }),
  },
  {
    name: 'A.4: a stream needs a view type from the beginning',
    check: store => refuses(store, { StreamSpecification: { StreamEnabled: true } }),
  },
  {
    name: 'model: tables are listed page by page, in the order of their names',
    check: async store => {
      const made = [await store.create(), await store.create(), await store.create()].map(({ name }) => name).sort();
      const found: string[] = [];
      let from: string | undefined;
      do {
        const page = await store.dynamodb.send(new ListTablesCommand({ Limit: 2, ExclusiveStartTableName: from }));
        found.push(...(page.TableNames ?? []));
        from = page.LastEvaluatedTableName;
      } while (from !== undefined);
      expect(found.filter(name => made.includes(name))).toEqual(made);
    },
  },
  {
    name: 'model: a protected table is not deleted',
    check: async store => {
      const table = await store.create({ DeletionProtectionEnabled: true });
      const remove = new DeleteTableCommand({ TableName: table.name });
      await expect(store.dynamodb.send(remove)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('protected against deletion'),
      });
      await table.update({ DeletionProtectionEnabled: false });
      expect(await table.drop()).toBeDefined();
    },
  },
  {
    name: 'model: an UpdateTable that changes nothing is refused',
    check: async store => {
      await expect((await store.create()).update({})).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
  {
    name: 'model: an index is CREATING, then ACTIVE, and can be taken away',
    check: async store => {
      const table = await store.create();
      const { TableDescription } = await store.dynamodb.send(
        new UpdateTableCommand({
          TableName: table.name,
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'status', AttributeType: 'S' },
          ],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: 'byStatus',
                KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
                Projection: { ProjectionType: 'ALL' },
              },
            },
          ],
        }),
      );
      const index = async () => (await table.describe())?.GlobalSecondaryIndexes?.[0]?.IndexStatus;
      expect(TableDescription?.GlobalSecondaryIndexes?.[0]?.IndexStatus).toBe('CREATING');
      await expect.poll(index).toBe('ACTIVE');
      await table.update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byStatus' } }] });
      await expect.poll(index).toBeUndefined();
    },
  },
  {
    name: 'model: capacity changes from provisioned to on-demand',
    check: async store => {
      const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 6 };
      const table = await store.create({ BillingMode: 'PROVISIONED', ProvisionedThroughput: units });
      expect(await table.describe()).toMatchObject({ ProvisionedThroughput: units });
      await table.update({ BillingMode: 'PAY_PER_REQUEST' });
      expect((await table.describe())?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
    },
  },
  {
    name: 'A.3: TTL is enabled once, and what is so already is refused',
    check: async store => {
      const { name: TableName } = await store.create();
      const set = (enabled: boolean) =>
        store.dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: timeToLive(enabled) }));
      await expect(set(false)).rejects.toMatchObject({ name: 'ValidationException' });
      await set(true);
      const { TimeToLiveDescription } = await store.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
      expect(TimeToLiveDescription).toMatchObject({
        AttributeName: 'expires',
        TimeToLiveStatus: expect.stringMatching(/^ENABL(?:ING|ED)$/),
      });
      await expect(set(true)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
  {
    name: 'D.2: a replica in the Region of the table itself is refused',
    check: async store => {
      const local = [{ Create: { RegionName: store.region } }];
      await expect((await store.create()).update({ ReplicaUpdates: local })).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('Cannot add, delete, or update the local region through ReplicaUpdates'),
      });
    },
  },
  {
    name: 'D.2: a call takes one Create or Delete of a replica',
    check: async store => {
      const regions = ['eu-west-1', 'eu-west-2'];
      await expect(
        (await store.create()).update({
          ReplicaUpdates: regions.map(RegionName => ({ Create: { RegionName } })),
        }),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Update table operation with more than one create or delete replica actions not allowed',
      });
    },
  },
];
