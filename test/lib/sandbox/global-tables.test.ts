import {
  type AttributeValue,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  type ReplicationGroupUpdate,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, ordersTable, readStream, START_MS, STATUS_DELAY_MS, startHarness } from './harness.js';

const EAST = 'us-east-1';
const WEST = 'us-west-2';
const EUROPE = 'eu-west-1';

describe('global tables', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS, regions: [EAST, WEST, EUROPE] });
  });
  afterEach(() => harness.close());

  const settle = (times = 1) => harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS * times });
  const create = async (input: Partial<CreateTableCommandInput> = {}) => {
    await harness.dynamodb(EAST).send(new CreateTableCommand({ ...ordersTable(), ...input }));
    settle();
  };
  const update = (region: string, input: Partial<UpdateTableCommandInput>) =>
    harness.dynamodb(region).send(new UpdateTableCommand({ TableName: 'Orders', ...input }));
  const replicas = (region: string, ...ReplicaUpdates: ReplicationGroupUpdate[]) => update(region, { ReplicaUpdates });
  const add = async (region: string, from = EAST) => {
    await replicas(from, { Create: { RegionName: region } });
    settle();
    settle();
  };
  const table = async (region: string) =>
    (await harness.dynamodb(region).send(new DescribeTableCommand({ TableName: 'Orders' }))).Table;
  const put = (region: string, item: Record<string, AttributeValue>) =>
    harness.dynamodb(region).send(new PutItemCommand({ TableName: 'Orders', Item: item }));
  const get = async (region: string, pk: string) =>
    (await harness.dynamodb(region).send(new GetItemCommand({ TableName: 'Orders', Key: { pk: { S: pk } } }))).Item;
  const remove = (region: string, pk: string) =>
    harness.dynamodb(region).send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: pk } } }));

  describe('adding a replica, FACTS D.2 and D.3', () => {
    it('shows no replica at first, then a CREATING one, then an ACTIVE one', async () => {
      await create();
      const { TableDescription } = await replicas(EAST, { Create: { RegionName: WEST } });
      expect(TableDescription).toMatchObject({ TableStatus: 'UPDATING', Replicas: [] });
      settle();
      expect((await table(EAST))?.Replicas).toMatchObject([{ RegionName: WEST, ReplicaStatus: 'CREATING' }]);
      expect((await table(WEST))?.TableStatus).toBe('CREATING');
      settle();
      expect((await table(EAST))?.Replicas).toMatchObject([{ RegionName: WEST, ReplicaStatus: 'ACTIVE' }]);
      expect((await table(EAST))?.TableStatus).toBe('ACTIVE');
    });

    it('lists in each Region all but that Region, FACTS D.1', async () => {
      await create();
      await add(WEST);
      await add(EUROPE, WEST);
      const listed = async (region: string) => {
        const description = await table(region);
        expect(description?.GlobalTableVersion).toBe('2019.11.21');
        return new Set(description?.Replicas?.map(replica => replica.RegionName));
      };
      expect(await listed(EAST)).toEqual(new Set([WEST, EUROPE]));
      expect(await listed(WEST)).toEqual(new Set([EAST, EUROPE]));
      expect(await listed(EUROPE)).toEqual(new Set([EAST, WEST]));
    });

    it('fills the replica with what is there, without records for it', async () => {
      await create();
      await put(EAST, { pk: { S: 'a' }, v: { N: '1' } });
      await add(WEST);
      expect(await get(WEST, 'a')).toEqual({ pk: { S: 'a' }, v: { N: '1' } });
      expect(await readStream(harness.streams(WEST), (await table(WEST))?.LatestStreamArn ?? '')).toEqual([]);
    });

    it('turns a stream of both images on where there is none, and leaves one that is there', async () => {
      await create();
      await add(WEST);
      expect((await table(EAST))?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
      expect((await table(WEST))?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
    });

    it('takes over the view type of the stream that is there', async () => {
      await create({ StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
      const before = (await table(EAST))?.LatestStreamArn;
      await add(WEST);
      expect((await table(EAST))?.LatestStreamArn).toBe(before);
      expect((await table(WEST))?.StreamSpecification?.StreamViewType).toBe('KEYS_ONLY');
    });

    it('allows one action a call, and takes two equal ones for one', async () => {
      await create();
      await expect(
        replicas(EAST, { Create: { RegionName: WEST } }, { Create: { RegionName: EUROPE } }),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Update table operation with more than one create or delete replica actions not allowed',
      });
      const twice = { Create: { RegionName: WEST } };
      expect((await replicas(EAST, twice, twice)).TableDescription?.TableStatus).toBe('UPDATING');
    });

    it('allows one operation at a time, in no Region a second', async () => {
      await create();
      await add(WEST);
      await replicas(EAST, { Create: { RegionName: EUROPE } });
      for (const region of [EAST, WEST]) {
        await expect(replicas(region, { Delete: { RegionName: EUROPE } })).rejects.toMatchObject({
          name: 'ResourceInUseException',
          message: 'The resource which you are attempting to change is in use.',
        });
      }
      await expect(update(WEST, { DeletionProtectionEnabled: true })).rejects.toMatchObject({
        name: 'ResourceInUseException',
      });
    });

    it.each<[string, Partial<UpdateTableCommandInput>, string]>([
      [
        'its own Region',
        { ReplicaUpdates: [{ Create: { RegionName: EAST } }] },
        'Cannot add, delete, or update the local region through ReplicaUpdates.',
      ],
      [
        'another change in the same call',
        { ReplicaUpdates: [{ Create: { RegionName: WEST } }], BillingMode: 'PAY_PER_REQUEST' },
        'Requests that modify replicas or witnesses must not also modify other fields',
      ],
      [
        'a Region that there is not',
        { ReplicaUpdates: [{ Create: { RegionName: 'mars-north-1' } }] },
        'Region mars-north-1 is not supported.',
      ],
      [
        'to remove what is no member',
        { ReplicaUpdates: [{ Delete: { RegionName: WEST } }] },
        'Please retry the request without these replicas: [us-west-2].',
      ],
    ])('refuses %s', async (_, input, message) => {
      await create();
      await expect(update(EAST, input)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    });

    it('refuses a Region in which the name is taken', async () => {
      await create();
      await harness.dynamodb(WEST).send(new CreateTableCommand(ordersTable()));
      await expect(replicas(EAST, { Create: { RegionName: WEST } })).rejects.toMatchObject({
        message:
          'Failed to create a the new replica of table with name: ‘Orders’ because one or more replicas already existed as tables.',
      });
    });

    it('refuses provisioned capacity without auto scaling', async () => {
      const ProvisionedThroughput = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
      await create({ BillingMode: 'PROVISIONED', ProvisionedThroughput });
      await expect(replicas(EAST, { Create: { RegionName: WEST } })).rejects.toMatchObject({
        message: 'Table write capacity should either be Pay-Per-Request or AutoScaled.',
      });
    });
  });

  describe('removing a replica, FACTS D.4', () => {
    it('deletes the table there, and the last one is a regional table again with its stream on', async () => {
      await create();
      await add(WEST);
      await replicas(EAST, { Delete: { RegionName: WEST } });
      expect((await table(EAST))?.Replicas).toMatchObject([{ RegionName: WEST, ReplicaStatus: 'DELETING' }]);
      settle(3);
      const left = await table(EAST);
      await expect(table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      expect(left?.Replicas).toBeUndefined();
      expect(left?.GlobalTableVersion).toBeUndefined();
      expect(left?.StreamSpecification?.StreamEnabled).toBe(true);
      expect(left?.TableStatus).toBe('ACTIVE');
    });

    it('does not delete the Region that filled another in the last 24 hours, until that one is gone', async () => {
      await create();
      await add(WEST);
      const locked = {
        name: 'ValidationException',
        message:
          'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
      };
      await expect(replicas(WEST, { Delete: { RegionName: EAST } })).rejects.toMatchObject(locked);
      await expect(harness.dynamodb(EAST).send(new DeleteTableCommand({ TableName: 'Orders' }))).rejects.toMatchObject(
        locked,
      );
      harness.sandbox.control.advanceClock({ ms: 24 * 3_600_000 });
      expect((await replicas(WEST, { Delete: { RegionName: EAST } })).TableDescription?.TableStatus).toBe('UPDATING');
    });

    it('leaves the group with DeleteTable in a Region', async () => {
      await create();
      await add(WEST);
      await harness.dynamodb(WEST).send(new DeleteTableCommand({ TableName: 'Orders' }));
      settle(2);
      expect((await table(EAST))?.Replicas).toBeUndefined();
    });

    it('does not delete a protected replica', async () => {
      await create();
      await add(WEST);
      await update(WEST, { DeletionProtectionEnabled: true });
      settle();
      await expect(replicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject({
        message:
          'Cannot delete table Orders in region us-west-2 because it has deletion protection enabled. Disable deletion protection first.',
      });
    });
  });

  it('freezes the stream of a replica, FACTS A.4', async () => {
    await create();
    await add(WEST);
    for (const region of [EAST, WEST]) {
      await expect(update(region, { StreamSpecification: { StreamEnabled: false } })).rejects.toMatchObject({
        name: 'ValidationException',
        message:
          'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
      });
    }
  });

  describe('replication, FACTS D.8', () => {
    it('carries writes and deletes both ways, each Region with its own stream', async () => {
      await create();
      await add(WEST);
      await put(EAST, { pk: { S: 'east' } });
      await put(WEST, { pk: { S: 'west' } });
      expect(await get(WEST, 'east')).toBeDefined();
      expect(await get(EAST, 'west')).toBeDefined();
      await remove(WEST, 'east');
      expect(await get(EAST, 'east')).toBeUndefined();
      const arns = [(await table(EAST))?.LatestStreamArn ?? '', (await table(WEST))?.LatestStreamArn ?? ''];
      expect(arns[0]).not.toBe(arns[1]);
      for (const [at, region] of [EAST, WEST].entries()) {
        const records = await readStream(harness.streams(region), arns[at] ?? '');
        const told = records.map(
          record => `${record.awsRegion} ${record.eventName} ${record.dynamodb?.Keys?.['pk']?.S}`,
        );
        expect(told.sort()).toEqual([`${region} INSERT east`, `${region} INSERT west`, `${region} REMOVE east`].sort());
      }
    });

    it('arrives after the lag that is set', async () => {
      await create();
      await add(WEST);
      harness.sandbox.control.setReplicationLag({ ms: 1000 });
      await put(EAST, { pk: { S: 'a' } });
      harness.sandbox.control.advanceClock({ ms: 999 });
      expect(await get(WEST, 'a')).toBeUndefined();
      harness.sandbox.control.advanceClock({ ms: 1 });
      expect(await get(WEST, 'a')).toBeDefined();
    });

    it('lets the last writer win in all Regions, also over a delete', async () => {
      await create();
      await put(EAST, { pk: { S: 'b' } });
      await add(WEST);
      harness.sandbox.control.setReplicationLag({ ms: 1000 });
      await put(EAST, { pk: { S: 'a' }, from: { S: EAST } });
      await put(WEST, { pk: { S: 'a' }, from: { S: WEST } });
      await put(EAST, { pk: { S: 'b' }, from: { S: EAST } });
      await remove(WEST, 'b');
      harness.sandbox.control.advanceClock({ ms: 1000 });
      for (const region of [EAST, WEST]) {
        expect(await get(region, 'a')).toEqual({ pk: { S: 'a' }, from: { S: WEST } });
        expect(await get(region, 'b')).toBeUndefined();
      }
    });

    it('gives the identity of the TTL service only where TTL ran, and shares its setting', async () => {
      await create();
      await add(WEST);
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      await harness.dynamodb(EAST).send(new UpdateTimeToLiveCommand({ TableName: 'Orders', TimeToLiveSpecification }));
      settle();
      const shared = await harness.dynamodb(WEST).send(new DescribeTimeToLiveCommand({ TableName: 'Orders' }));
      await put(WEST, { pk: { S: 'a' }, expires: { N: String(Math.floor(START_MS / 1000) - 10) } });
      await get(EAST, 'a');
      expect(harness.sandbox.control.sweepTtl()).toEqual({ deleted: 1 });
      const identities = [];
      for (const region of [EAST, WEST]) {
        const records = await readStream(harness.streams(region), (await table(region))?.LatestStreamArn ?? '');
        identities.push(records.find(record => record.eventName === 'REMOVE')?.userIdentity?.Type);
      }
      expect(shared.TimeToLiveDescription?.TimeToLiveStatus).toBe('ENABLED');
      expect(identities).toEqual(['Service', undefined]);
    });
  });
});
