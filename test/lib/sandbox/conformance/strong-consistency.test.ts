import {
  TransactGetItemsCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EAST, EUROPE, type GlobalHarness, refusal, startGlobalHarness, WEST } from '../global-harness.js';

const OHIO = 'us-east-2';
const CALIFORNIA = 'us-west-1';
const STRONG = 'global tables with MultiRegionConsistency set to STRONG';
const COUNT = `Unsupported replica count for ${STRONG}.`;
const FIXED = 'MultiRegionConsistency parameter is unsupported on existing global table';
const create = (...regions: string[]) => regions.map(RegionName => ({ Create: { RegionName } }));
const remove = (...regions: string[]) => regions.map(RegionName => ({ Delete: { RegionName } }));

describe('strong consistency, as FACTS D.6 has it', () => {
  let global: GlobalHarness;

  beforeEach(async () => {
    global = await startGlobalHarness();
    await global.create();
  });
  afterEach(() => global.close());

  const withReplicas = async () => {
    await global.update(EAST, { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST, EUROPE) });
    global.settle(2);
  };
  const withWitness = async () => {
    await global.update(EAST, {
      MultiRegionConsistency: 'STRONG',
      ReplicaUpdates: create(WEST),
      GlobalTableWitnessUpdates: create(OHIO),
    });
    global.settle(2);
  };

  it('D.6: two Creates in one call make the group', async () => {
    const answer = await global.update(EAST, {
      MultiRegionConsistency: 'STRONG',
      ReplicaUpdates: create(WEST, EUROPE),
    });
    expect(answer).toMatchObject({ TableStatus: 'UPDATING', MultiRegionConsistency: 'STRONG', Replicas: [] });
    global.settle(2);
    for (const region of [EAST, WEST, EUROPE]) {
      const table = await global.table(region);
      expect(table).toMatchObject({ TableStatus: 'ACTIVE', MultiRegionConsistency: 'STRONG' });
      expect(table?.Replicas?.map(replica => replica.ReplicaStatus)).toEqual(['ACTIVE', 'ACTIVE']);
      expect(table?.GlobalTableWitnesses).toBeUndefined();
    }
  });

  it('D.6: one Create and a witness make it too; the witness has no table', async () => {
    await global.update(EAST, {
      MultiRegionConsistency: 'STRONG',
      ReplicaUpdates: create(WEST),
      GlobalTableWitnessUpdates: create(OHIO),
    });
    global.settle();
    expect((await global.table(EAST))?.GlobalTableWitnesses).toEqual([{ RegionName: OHIO, WitnessStatus: 'CREATING' }]);
    global.settle();
    for (const region of [EAST, WEST]) {
      expect((await global.table(region))?.GlobalTableWitnesses).toEqual([
        { RegionName: OHIO, WitnessStatus: 'ACTIVE' },
      ]);
    }
    await expect(global.table(OHIO)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it.each<[string, Partial<UpdateTableCommandInput>, string]>([
    ['one Create', { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST) }, COUNT],
    ['three Creates', { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST, EUROPE, OHIO) }, COUNT],
    [
      'two Creates and a witness',
      {
        MultiRegionConsistency: 'STRONG',
        ReplicaUpdates: create(WEST, EUROPE),
        GlobalTableWitnessUpdates: create(OHIO),
      },
      COUNT,
    ],
    [
      'a Region that does not serve it',
      { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST, CALIFORNIA) },
      `Unsupported Region(s) specified for ${STRONG}: [us-west-1].`,
    ],
    [
      'a witness without STRONG',
      { ReplicaUpdates: create(WEST), GlobalTableWitnessUpdates: create(OHIO) },
      'MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.',
    ],
    [
      'a witness in the Region of a replica',
      { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST), GlobalTableWitnessUpdates: create(WEST) },
      'Cannot target multiple regions with the same action',
    ],
    [
      'a witness in its own Region',
      { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST), GlobalTableWitnessUpdates: create(EAST) },
      'Cannot add a witness in the same region as an existing replica when creating a global table with MultiRegionConsistency set to STRONG.',
    ],
    [
      'a Delete with it',
      { MultiRegionConsistency: 'STRONG', ReplicaUpdates: remove(WEST) },
      'Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.',
    ],
    [
      'another change with it',
      { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST, EUROPE), DeletionProtectionEnabled: true },
      'Requests that modify replicas or witnesses must not also modify other fields',
    ],
  ])('D.6: %s cannot begin it', async (_, input, message) => {
    await expect(global.update(EAST, input)).rejects.toMatchObject(refusal(message));
    expect((await global.table(EAST))?.Replicas).toBeUndefined();
  });

  it('D.6: neither the mode alone nor a witness alone is a change', async () => {
    const nothing = { name: 'ValidationException', message: expect.stringMatching(/^At least one of .* is required$/) };
    await expect(global.update(EAST, { MultiRegionConsistency: 'STRONG' })).rejects.toMatchObject(nothing);
    await expect(global.update(EAST, { GlobalTableWitnessUpdates: create(OHIO) })).rejects.toMatchObject(nothing);
  });

  it('D.3: a table with items cannot become strongly consistent', async () => {
    await global.put(EAST, { pk: { S: 'a' } });
    await expect(
      global.update(EAST, { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(WEST, EUROPE) }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('D.6: an eventually consistent global table cannot become strongly consistent', async () => {
    await global.add(WEST);
    await expect(
      global.update(EAST, { MultiRegionConsistency: 'STRONG', ReplicaUpdates: create(EUROPE, OHIO) }),
    ).rejects.toMatchObject(refusal(FIXED));
  });

  it('D.6: frozen afterwards: no more, no fewer, no other mode, no DeleteTable', async () => {
    await withReplicas();
    const lone = refusal(`Deletion of only one table replica is not supported for ${STRONG}.`);
    await expect(global.update(EAST, { ReplicaUpdates: create(OHIO) })).rejects.toMatchObject(
      refusal('Cannot add replicas to a global table with strong MultiRegionConsistency'),
    );
    await expect(
      global.update(EAST, { MultiRegionConsistency: 'EVENTUAL', ReplicaUpdates: create(OHIO) }),
    ).rejects.toMatchObject(refusal(FIXED));
    await expect(global.update(EAST, { ReplicaUpdates: remove(WEST) })).rejects.toMatchObject(lone);
    for (const region of [EAST, WEST]) await expect(global.deleteTable(region)).rejects.toMatchObject(lone);
  });

  it('D.6: ends in one call with every other replica', async () => {
    await withReplicas();
    await global.update(EAST, { ReplicaUpdates: remove(WEST, EUROPE) });
    global.settle(3);
    const left = await global.table(EAST);
    expect(left?.Replicas).toBeUndefined();
    expect(left?.MultiRegionConsistency).toBeUndefined();
    for (const region of [WEST, EUROPE]) {
      await expect(global.table(region)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    }
  });

  it('D.6: ends with the witness too, or not at all', async () => {
    await withWitness();
    await expect(global.update(EAST, { ReplicaUpdates: remove(WEST) })).rejects.toMatchObject(
      refusal('Update table delete operation does not include all witnesses.'),
    );
    await expect(
      global.update(EAST, { ReplicaUpdates: remove(WEST), GlobalTableWitnessUpdates: remove(EUROPE) }),
    ).rejects.toMatchObject(
      refusal(
        'Update global table operation failed because one or more witnesses were not part of the global table. Please retry the request without these witnesses: [eu-west-1].',
      ),
    );
    await global.update(EAST, { ReplicaUpdates: remove(WEST), GlobalTableWitnessUpdates: remove(OHIO) });
    global.settle();
    expect((await global.table(EAST))?.GlobalTableWitnesses).toEqual([{ RegionName: OHIO, WitnessStatus: 'DELETING' }]);
    global.settle(2);
    expect((await global.table(EAST))?.GlobalTableVersion).toBeUndefined();
  });

  it('D.6: a write is in every Region at once, whatever the lag, and there is no ReplicationLatency', async () => {
    global.control.setReplicationLag({ ms: 60_000 });
    await withReplicas();
    await global.put(WEST, { pk: { S: 'a' }, v: { N: '1' } });
    for (const region of [EAST, WEST, EUROPE]) expect((await global.get(region, 'a'))?.['v']).toEqual({ N: '1' });
    expect(await global.metrics(WEST, 'ReplicationLatency')).toEqual([]);
  });

  it('D.5: the stream of each replica is its own: none is turned on, and each can be changed', async () => {
    await withReplicas();
    for (const region of [EAST, WEST]) expect((await global.table(region))?.StreamSpecification).toBeUndefined();
    await global.update(WEST, { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } });
    global.settle();
    expect((await global.table(WEST))?.StreamSpecification?.StreamViewType).toBe('KEYS_ONLY');
    expect((await global.table(EAST))?.StreamSpecification).toBeUndefined();
    await global.update(WEST, { StreamSpecification: { StreamEnabled: false } });
  });

  it('D.6: serves neither TTL nor transactions', async () => {
    await withReplicas();
    const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
    await expect(
      global.dynamodb(EAST).send(new UpdateTimeToLiveCommand({ TableName: 'Orders', TimeToLiveSpecification })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const get = { TableName: 'Orders', Key: { pk: { S: 'a' } } };
    await expect(
      global.dynamodb(EAST).send(new TransactGetItemsCommand({ TransactItems: [{ Get: get }] })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
