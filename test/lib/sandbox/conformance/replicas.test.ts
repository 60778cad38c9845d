import { CreateTableCommand, type UpdateTableCommandInput } from '@aws-sdk/client-dynamodb';
import {
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
  type ScalableDimension,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EAST, EUROPE, type GlobalHarness, refusal, startGlobalHarness, WEST } from '../global-harness.js';
import { ordersTable, START_MS, STATUS_DELAY_MS } from '../harness.js';

const LOCKED = refusal(
  'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
);
const TAKEN = refusal(
  'Failed to create a the new replica of table with name: ‘Orders’ because one or more replicas already existed as tables.',
);

describe('replicas, as FACTS D has them', () => {
  let global: GlobalHarness;

  beforeEach(async () => {
    global = await startGlobalHarness();
  });
  afterEach(() => global.close());

  const statuses = async (region: string) =>
    (await global.table(region))?.Replicas?.map(({ RegionName, ReplicaStatus }) => `${RegionName} ${ReplicaStatus}`);

  describe('D.1: what DescribeTable shows', () => {
    const MEMBERS = [
      'GlobalTableVersion',
      'Replicas',
      'MultiRegionConsistency',
      'GlobalTableWitnesses',
      'GlobalTableSettingsReplicationMode',
    ];
    const shown = async () => Object.keys((await global.table(EAST)) ?? {}).filter(name => MEMBERS.includes(name));

    it('D.1: nothing of global tables on a regional table, and nothing again when the last replica is gone', async () => {
      await global.create();
      expect(await shown()).toEqual([]);
      await global.add(WEST);
      expect((await shown()).sort()).toEqual(['GlobalTableSettingsReplicationMode', 'GlobalTableVersion', 'Replicas']);
      await global.replicas(EAST, { Delete: { RegionName: WEST } });
      global.settle(3);
      expect(await shown()).toEqual([]);
    });

    it('D.1: the raw answer omits what is not there, and does not give empty lists', async () => {
      await global.create();
      const answer = await global.raw('DynamoDB_20120810.DescribeTable', { TableName: 'Orders' });
      const text = await answer.text();
      for (const member of MEMBERS) expect(text).not.toContain(member);
    });

    it('D.1: each Region lists the others and never itself, without what a replica inherits', async () => {
      await global.create();
      await global.add(WEST);
      await global.add(EUROPE, WEST);
      for (const region of [EAST, WEST, EUROPE]) {
        const others = [EAST, WEST, EUROPE].filter(each => each !== region);
        const replicas = (await global.table(region))?.Replicas ?? [];
        expect(new Set(replicas.map(replica => replica.RegionName))).toEqual(new Set(others));
        for (const replica of replicas) {
          expect(replica.ProvisionedThroughputOverride).toBeUndefined();
          expect(replica.ReplicaTableClassSummary).toBeUndefined();
        }
      }
    });
  });

  describe('D.2: the course of a Create', () => {
    it('D.2: answers with no replicas, shows the entry later, and is ACTIVE later still', async () => {
      await global.create();
      const answer = await global.replicas(EAST, { Create: { RegionName: WEST } });
      expect(answer).toMatchObject({ TableStatus: 'UPDATING', Replicas: [], GlobalTableVersion: '2019.11.21' });
      await expect(global.table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      global.settle();
      expect(await statuses(EAST)).toEqual([`${WEST} CREATING`]);
      expect((await global.table(WEST))?.TableStatus).toBe('CREATING');
      global.settle();
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
      expect((await global.table(WEST))?.TableStatus).toBe('ACTIVE');
    });

    it('D.2: the table that was asked is ACTIVE before the replica is, so that only ReplicaStatus tells', async () => {
      await global.create();
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      global.settle();
      expect((await global.table(EAST))?.TableStatus).toBe('ACTIVE');
      expect(await statuses(EAST)).toEqual([`${WEST} CREATING`]);
    });

    it('D.4: tells how far it is, in percent, as long as it goes on', async () => {
      global.control.setReplicaDurations({ createMs: 1000 });
      await global.create();
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      global.settle();
      const percents = [];
      for (let tenth = 0; tenth < 11; tenth += 1) {
        percents.push((await global.table(EAST))?.Replicas?.[0]?.ReplicaStatusPercentProgress);
        global.control.advanceClock({ ms: 100 });
      }
      expect(percents).toEqual(['0', '10', '20', '30', '40', '50', '60', '70', '80', '90', undefined]);
    });

    it('D.4: counts the percents from when it began, also when nobody has asked for a while', async () => {
      global.control.setReplicaDurations({ createMs: 1000 });
      await global.create();
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      global.control.advanceClock({ ms: STATUS_DELAY_MS + 700 });
      expect((await global.table(EAST))?.Replicas?.[0]?.ReplicaStatusPercentProgress).toBe('70');
      global.control.advanceClock({ ms: 24 * 3_600_000 });
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
      expect((await global.table(WEST))?.CreationDateTime).toEqual(new Date(START_MS + 2 * STATUS_DELAY_MS));
    });

    it('D.2: while it goes on, UpdateTable is refused in every member, and DescribeTable is not', async () => {
      await global.create();
      await global.add(WEST);
      await global.replicas(EAST, { Create: { RegionName: EUROPE } });
      for (const times of [0, 1]) {
        global.settle(times);
        for (const region of [EAST, WEST]) {
          const busy = {
            name: 'ResourceInUseException',
            message: 'The resource which you are attempting to change is in use.',
          };
          await expect(global.replicas(region, { Delete: { RegionName: EUROPE } })).rejects.toMatchObject(busy);
          await expect(global.update(region, { DeletionProtectionEnabled: true })).rejects.toMatchObject(busy);
          expect((await global.table(region))?.TableName).toBe('Orders');
        }
      }
      global.settle();
      expect((await global.update(EAST, { DeletionProtectionEnabled: true }))?.TableStatus).toBe('UPDATING');
    });

    it('D.2: can vanish without an entry and without CREATION_FAILED', async () => {
      await global.create();
      global.control.makeReplicaVanish({ table: 'Orders', region: WEST });
      expect((await global.replicas(EAST, { Create: { RegionName: WEST } }))?.TableStatus).toBe('UPDATING');
      global.settle(2);
      expect((await global.table(EAST))?.Replicas).toBeUndefined();
      await global.add(WEST);
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
    });

    it('D.4: can end as CREATION_FAILED, and the entry can be deleted', async () => {
      await global.create();
      global.control.makeReplicaFail({ table: 'Orders', region: WEST });
      await global.replicas(EAST, { Create: { RegionName: WEST } });
      global.settle(2);
      expect(await statuses(EAST)).toEqual([`${WEST} CREATION_FAILED`]);
      await expect(global.table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await expect(global.replicas(EAST, { Create: { RegionName: WEST } })).rejects.toMatchObject(TAKEN);
      await global.replicas(EAST, { Delete: { RegionName: WEST } });
      global.settle(3);
      await global.add(WEST);
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
    });
  });

  describe('D.2: what a call may hold', () => {
    it.each<[string, Partial<UpdateTableCommandInput>, string]>([
      [
        'D.2: more than one Create',
        { ReplicaUpdates: [{ Create: { RegionName: WEST } }, { Create: { RegionName: EUROPE } }] },
        'Update table operation with more than one create or delete replica actions not allowed',
      ],
      [
        'D.2: a Create beside a Delete',
        { ReplicaUpdates: [{ Create: { RegionName: WEST } }, { Delete: { RegionName: EUROPE } }] },
        'Update table operation with more than one type of replica actions not allowed.',
      ],
      [
        'D.2: anything else in the call',
        { ReplicaUpdates: [{ Create: { RegionName: WEST } }], DeletionProtectionEnabled: true },
        'Requests that modify replicas or witnesses must not also modify other fields',
      ],
      [
        'D.2: its own Region',
        { ReplicaUpdates: [{ Create: { RegionName: EAST } }] },
        'Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
      ],
      [
        'D.2: a Region that is no member, in a Delete',
        { ReplicaUpdates: [{ Delete: { RegionName: EUROPE } }] },
        'Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [eu-west-1].',
      ],
      [
        'D.2: a Region that is no member, in an Update',
        { ReplicaUpdates: [{ Update: { RegionName: EUROPE, TableClassOverride: 'STANDARD' } }] },
        'Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [eu-west-1].',
      ],
      [
        'D.2: an Update of nothing',
        { ReplicaUpdates: [{ Update: { RegionName: WEST } }] },
        'There are no actions specified in the Replica Update Action of the request.',
      ],
      [
        'D.2: a Region that there is not',
        { ReplicaUpdates: [{ Create: { RegionName: 'mars-north-1' } }] },
        'Region mars-north-1 is not supported. The latest version of global tables are only supported in the following regions: [us-east-1, us-west-2, eu-west-1, us-east-2, us-west-1]',
      ],
      [
        'D.5: ENABLED_WITH_OVERRIDES',
        { GlobalTableSettingsReplicationMode: 'ENABLED_WITH_OVERRIDES' },
        "Value 'ENABLED_WITH_OVERRIDES' at 'GlobalTableSettingsReplicationMode' failed to satisfy constraint: Only ENABLED and DISABLED settings replication are supported for a Regional Table.",
      ],
    ])('refuses %s', async (_, input, message) => {
      await global.create();
      await expect(global.update(EAST, input)).rejects.toMatchObject(refusal(message));
    });

    it('D.2: takes two equal Creates for one', async () => {
      await global.create();
      const twice = { Create: { RegionName: WEST } };
      await global.replicas(EAST, twice, twice);
      global.settle(2);
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
    });

    it('D.2: takes the call in any member, and that Region is the source', async () => {
      await global.create();
      await global.add(WEST);
      await global.add(EUROPE, WEST);
      global.control.advanceClock({ ms: 1 });
      await expect(global.replicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject(LOCKED);
      await expect(global.replicas(WEST, { Delete: { RegionName: EUROPE } })).resolves.toBeDefined();
    });

    it('D.2: refuses a foreign table of the name, a member, and a replica that is still going', async () => {
      await global.create();
      await global.dynamodb(WEST).send(new CreateTableCommand(ordersTable()));
      await expect(global.replicas(EAST, { Create: { RegionName: WEST } })).rejects.toMatchObject(TAKEN);
      await global.add(EUROPE);
      await expect(global.replicas(EAST, { Create: { RegionName: EUROPE } })).rejects.toMatchObject(TAKEN);
      await global.replicas(EAST, { Delete: { RegionName: EUROPE } });
      global.settle(2);
      expect((await global.table(EAST))?.Replicas).toBeUndefined();
      await expect(global.replicas(EAST, { Create: { RegionName: EUROPE } })).rejects.toMatchObject(TAKEN);
      global.settle();
      await expect(global.replicas(EAST, { Create: { RegionName: EUROPE } })).resolves.toBeDefined();
    });

    it('D.3: refuses a Region that the account has disabled, and the Region refuses everything', async () => {
      await global.create();
      global.control.disableRegion({ region: WEST });
      await expect(global.replicas(EAST, { Create: { RegionName: WEST } })).rejects.toMatchObject(
        refusal(
          'Failed to access the region: ‘us-west-2’. User is missing the permissions since the region is disabled.',
        ),
      );
      await expect(global.table(WEST)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      global.control.enableRegion({ region: WEST });
      await global.add(WEST);
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
    });
  });

  describe('D.3: provisioned capacity', () => {
    const units = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };
    const provisioned = {
      BillingMode: 'PROVISIONED' as const,
      ProvisionedThroughput: units,
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' as const },
        { AttributeName: 'status', AttributeType: 'S' as const },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byStatus',
          KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' as const }],
          Projection: { ProjectionType: 'ALL' as const },
          ProvisionedThroughput: units,
        },
      ],
    };
    const target = (ResourceId: string, dimension: ScalableDimension) => ({
      ServiceNamespace: 'dynamodb' as const,
      ResourceId,
      ScalableDimension: dimension,
    });
    const register = (resource: string, dimension: ScalableDimension) =>
      global
        .scaling(EAST)
        .send(new RegisterScalableTargetCommand({ ...target(resource, dimension), MinCapacity: 5, MaxCapacity: 50 }));
    const scale = async (resource: string, dimension: ScalableDimension) => {
      await register(resource, dimension);
      await global.scaling(EAST).send(
        new PutScalingPolicyCommand({
          ...target(resource, dimension),
          PolicyName: 'writes',
          PolicyType: 'TargetTrackingScaling',
          TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
        }),
      );
    };
    const create = () => global.replicas(EAST, { Create: { RegionName: WEST } });
    const TABLE = refusal('Table write capacity should either be Pay-Per-Request or AutoScaled.');
    const INDEX = refusal('GSI write capacity should either be Pay-Per-Request or AutoScaled.');

    it('D.3: needs a write target and a policy on the table and on every index', async () => {
      await global.create(provisioned);
      await expect(create()).rejects.toMatchObject(TABLE);
      await register('table/Orders', 'dynamodb:table:WriteCapacityUnits');
      await expect(create()).rejects.toMatchObject(TABLE);
      await scale('table/Orders', 'dynamodb:table:WriteCapacityUnits');
      await expect(create()).rejects.toMatchObject(INDEX);
      await scale('table/Orders/index/byStatus', 'dynamodb:index:WriteCapacityUnits');
      await create();
      global.settle(2);
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
      expect((await global.table(WEST))?.ProvisionedThroughput).toMatchObject(units);
    });
  });

  describe('D.3: streams', () => {
    it('D.3: none is needed: one of both images is turned on in both, and stays when the replica is gone', async () => {
      await global.create();
      await global.add(WEST);
      const both = { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' };
      for (const region of [EAST, WEST]) expect((await global.table(region))?.StreamSpecification).toEqual(both);
      await global.replicas(EAST, { Delete: { RegionName: WEST } });
      global.settle(3);
      expect((await global.table(EAST))?.StreamSpecification).toEqual(both);
    });

    it.each(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE'] as const)('D.3: one of %s is taken as it is', async viewType => {
      await global.create({ StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } });
      const before = (await global.table(EAST))?.LatestStreamLabel;
      await global.add(WEST);
      expect((await global.table(EAST))?.LatestStreamLabel).toBe(before);
      expect((await global.table(WEST))?.StreamSpecification?.StreamViewType).toBe(viewType);
    });

    it('D.3: a disabled one is enabled again under a new label', async () => {
      await global.create({ StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
      const before = (await global.table(EAST))?.LatestStreamLabel;
      await global.update(EAST, { StreamSpecification: { StreamEnabled: false } });
      global.settle();
      await global.add(WEST);
      const after = await global.table(EAST);
      expect(after?.LatestStreamLabel).not.toBe(before);
      expect(after?.StreamSpecification?.StreamViewType).toBe('NEW_AND_OLD_IMAGES');
    });

    it.each([
      ['disabling it', { StreamEnabled: false }],
      ['enabling it once more', { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const }],
    ])('A.4: on a replica it is frozen against %s', async (_, StreamSpecification) => {
      await global.create();
      await global.add(WEST);
      for (const region of [EAST, WEST]) {
        await expect(global.update(region, { StreamSpecification })).rejects.toMatchObject(
          refusal(
            'One or more parameter values were invalid: Disabling Stream is not allowed for a Global Table replica.',
          ),
        );
      }
    });
  });

  describe('D.4: removing', () => {
    it('D.2: the source is ACTIVE first, the entry goes next, the Region knows the table a little longer', async () => {
      await global.create();
      await global.add(WEST);
      expect((await global.replicas(EAST, { Delete: { RegionName: WEST } }))?.TableStatus).toBe('UPDATING');
      expect((await global.table(WEST))?.TableStatus).toBe('DELETING');
      global.settle();
      expect((await global.table(EAST))?.TableStatus).toBe('ACTIVE');
      expect(await statuses(EAST)).toEqual([`${WEST} DELETING`]);
      global.settle();
      expect(await statuses(EAST)).toBeUndefined();
      expect((await global.table(WEST))?.TableStatus).toBe('DELETING');
      global.settle();
      await expect(global.table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });

    it('D.4: a source of the last 24 hours stays, with either call, until the sourced replica is gone', async () => {
      await global.create();
      await global.add(WEST);
      await global.add(EUROPE, EAST);
      await expect(global.replicas(WEST, { Delete: { RegionName: EAST } })).rejects.toMatchObject(LOCKED);
      await expect(global.deleteTable(EAST)).rejects.toMatchObject(LOCKED);
      await global.replicas(EAST, { Delete: { RegionName: EUROPE } });
      global.settle(3);
      await expect(global.replicas(WEST, { Delete: { RegionName: EAST } })).rejects.toMatchObject(LOCKED);
      global.control.advanceClock({ ms: 24 * 3_600_000 });
      await global.replicas(WEST, { Delete: { RegionName: EAST } });
      global.settle(3);
      await expect(global.table(EAST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });

    it('D.4: the lock lifts at once when the sourced replica goes: leaves first', async () => {
      await global.create();
      await global.add(WEST);
      await global.add(EUROPE, WEST);
      await expect(global.replicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject(LOCKED);
      await global.replicas(EAST, { Delete: { RegionName: EUROPE } });
      global.settle(3);
      await global.replicas(EAST, { Delete: { RegionName: WEST } });
      global.settle(3);
      expect((await global.table(EAST))?.Replicas).toBeUndefined();
    });

    it('D.4: deletion protection of the replica itself stands against both calls', async () => {
      await global.create();
      await global.add(WEST);
      await global.update(WEST, { DeletionProtectionEnabled: true });
      global.settle();
      const guarded = refusal(
        'Cannot delete table Orders in region us-west-2 because it has deletion protection enabled. Disable deletion protection first.',
      );
      await expect(global.replicas(EAST, { Delete: { RegionName: WEST } })).rejects.toMatchObject(guarded);
      await expect(global.deleteTable(WEST)).rejects.toMatchObject(guarded);
    });

    it('D.4: DeleteTable of a replica shows DELETING elsewhere, and takes the data with it', async () => {
      await global.create();
      await global.add(WEST);
      await global.deleteTable(WEST);
      expect(await statuses(EAST)).toEqual([`${WEST} DELETING`]);
      global.settle(3);
      expect(await statuses(EAST)).toBeUndefined();
      await expect(global.table(WEST)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });

    it('D.4: a Region that is disabled for 20 hours becomes a table of its own', async () => {
      await global.create();
      await global.add(WEST);
      await global.put(EAST, { pk: { S: 'before' } });
      expect(await global.get(WEST, 'before')).toBeDefined();
      global.control.disableRegion({ region: WEST });
      await global.put(EAST, { pk: { S: 'meanwhile' } });
      expect(await statuses(EAST)).toEqual([`${WEST} REGION_DISABLED`]);
      global.control.advanceClock({ ms: 20 * 3_600_000 - STATUS_DELAY_MS });
      expect(await statuses(EAST)).toEqual([`${WEST} REGION_DISABLED`]);
      global.control.advanceClock({ ms: STATUS_DELAY_MS });
      expect(await statuses(EAST)).toBeUndefined();
      global.control.enableRegion({ region: WEST });
      expect(await global.get(WEST, 'before')).toBeDefined();
      expect(await global.get(WEST, 'meanwhile')).toBeUndefined();
      expect(await statuses(WEST)).toBeUndefined();
    });

    it('D.4: a Region that is enabled before that catches up', async () => {
      await global.create();
      await global.add(WEST);
      global.control.disableRegion({ region: WEST });
      await global.put(EAST, { pk: { S: 'meanwhile' } });
      global.control.advanceClock({ ms: 19 * 3_600_000 });
      global.control.enableRegion({ region: WEST });
      expect(await global.get(WEST, 'meanwhile')).toBeDefined();
      global.control.advanceClock({ ms: 19 * 3_600_000 });
      expect(await statuses(EAST)).toEqual([`${WEST} ACTIVE`]);
    });
  });
});
