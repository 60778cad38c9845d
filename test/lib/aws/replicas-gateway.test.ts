import { describe, expect, it } from 'vitest';
import { answerJson } from '../../support/wire-server.js';
import { bodyOf, doorTo } from './wire-door.js';

const description = {
  TableName: 'Orders',
  TableArn: 'arn:aws:dynamodb:us-east-1:111122223333:table/Orders',
  TableStatus: 'ACTIVE',
  CreationDateTime: 1_790_000_000,
  AttributeDefinitions: [
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'pk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

describe('describe', () => {
  it('reads a table of one Region, from which AWS leaves all that is global out', async () => {
    const { aws } = await doorTo(response => {
      answerJson(response, {
        Table: {
          ...description,
          ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 10 },
          GlobalSecondaryIndexes: [
            { IndexName: 'byDay', IndexStatus: 'CREATING', ProvisionedThroughput: { WriteCapacityUnits: 3 } },
          ],
          StreamSpecification: { StreamEnabled: false },
          LatestStreamArn: 'arn:old',
        },
      });
    });
    expect(await (await aws.replicas('us-east-1')).describe('Orders')).toEqual({
      tableName: 'Orders',
      tableArn: description.TableArn,
      region: 'us-east-1',
      status: 'ACTIVE',
      createdAtMs: 1_790_000_000_000,
      key: [
        { name: 'pk', type: 'S' },
        { name: 'sk', type: 'N' },
      ],
      capacity: { readUnits: 5, writeUnits: 10 },
      maxOnDemand: { readUnits: undefined, writeUnits: undefined },
      warmThroughput: undefined,
      tableClass: 'STANDARD',
      encryption: undefined,
      streamViewType: undefined,
      latestStreamArn: 'arn:old',
      isDeletionProtected: false,
      itemCount: 0,
      sizeBytes: 0,
      indexes: [{ name: 'byDay', status: 'CREATING', capacity: { readUnits: 0, writeUnits: 3 }, sizeBytes: 0 }],
      localIndexNames: [],
      replicas: [],
      witnesses: [],
      isStronglyConsistent: false,
      globalTableVersion: undefined,
      settingsReplication: undefined,
    });
  });

  it('reads replicas in one order, whatever order AWS has, and the percent as a number', async () => {
    const { aws } = await doorTo(response => {
      answerJson(response, {
        Table: {
          ...description,
          BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
          OnDemandThroughput: { MaxReadRequestUnits: -1, MaxWriteRequestUnits: 400 },
          SSEDescription: {
            Status: 'ENABLED',
            SSEType: 'KMS',
            KMSMasterKeyArn: 'arn:key',
            InaccessibleEncryptionDateTime: 1_795_000_000,
          },
          GlobalTableVersion: '2019.11.21',
          MultiRegionConsistency: 'STRONG',
          GlobalTableWitnesses: [{ RegionName: 'us-west-2', WitnessStatus: 'ACTIVE' }],
          Replicas: [
            {
              RegionName: 'eu-west-1',
              ReplicaStatus: 'CREATING',
              ReplicaStatusPercentProgress: '42.5',
              KMSMasterKeyId: 'arn:eu',
              ReplicaTableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
            },
            { RegionName: 'ap-south-1', ReplicaStatus: 'REGION_DISABLED', ReplicaInaccessibleDateTime: 1_795_000_000 },
          ],
        },
      });
    });
    const table = await (await aws.replicas('us-east-1')).describe('Orders');
    expect(table).toMatchObject({
      capacity: undefined,
      maxOnDemand: { readUnits: undefined, writeUnits: 400 },
      encryption: { kmsKeyArn: 'arn:key', inaccessibleSinceMs: 1_795_000_000_000 },
      isStronglyConsistent: true,
      witnesses: [{ region: 'us-west-2', status: 'ACTIVE' }],
      replicas: [
        { region: 'ap-south-1', status: 'REGION_DISABLED', percent: undefined, inaccessibleSinceMs: 1_795_000_000_000 },
        {
          region: 'eu-west-1',
          status: 'CREATING',
          percent: 42.5,
          kmsKey: 'arn:eu',
          tableClass: 'STANDARD_INFREQUENT_ACCESS',
        },
      ],
    });
  });
});

describe('the time', () => {
  it('is that of the endpoint, as soon as it has answered', async () => {
    const aheadMs = -3_600_000;
    const { aws } = await doorTo(response => {
      response.setHeader('Date', new Date(Date.now() + aheadMs).toUTCString());
      answerJson(response, { Table: description });
    });
    const replicas = await aws.replicas('us-east-1');
    expect(Math.abs(replicas.serverNow() - Date.now())).toBeLessThan(1_000);
    await replicas.describe('Orders');
    expect(Math.abs(replicas.serverNow() - Date.now() - aheadMs)).toBeLessThan(2_000);
  });
});

describe('changing replicas', () => {
  it('sends one action, with what was said of the replica and nothing else', async () => {
    const { aws, server } = await doorTo(response => {
      answerJson(response, { TableDescription: { ...description, TableStatus: 'UPDATING' } });
    });
    const replicas = await aws.replicas('us-east-1');
    await replicas.createReplica('Orders', { region: 'eu-west-1' });
    await replicas.createReplica('Orders', {
      region: 'eu-west-1',
      kmsKey: 'arn:key',
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
      readCapacity: 7,
    });
    expect((await replicas.deleteReplica('Orders', 'eu-west-1')).status).toBe('UPDATING');
    expect([0, 1, 2].map(index => bodyOf(server, index))).toEqual([
      { TableName: 'Orders', ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] },
      {
        TableName: 'Orders',
        ReplicaUpdates: [
          {
            Create: {
              RegionName: 'eu-west-1',
              KMSMasterKeyId: 'arn:key',
              TableClassOverride: 'STANDARD_INFREQUENT_ACCESS',
              ProvisionedThroughputOverride: { ReadCapacityUnits: 7 },
            },
          },
        ],
      },
      { TableName: 'Orders', ReplicaUpdates: [{ Delete: { RegionName: 'eu-west-1' } }] },
    ]);
  });

  it('makes and takes down a strongly consistent group in one call each', async () => {
    const { aws, server } = await doorTo(response => {
      answerJson(response, { TableDescription: description });
    });
    const replicas = await aws.replicas('us-east-1');
    await replicas.createStrongGroup('Orders', { replicas: [{ region: 'us-east-2' }], witness: 'us-west-2' });
    await replicas.createStrongGroup('Orders', { replicas: [{ region: 'us-east-2' }, { region: 'us-west-2' }] });
    await replicas.deleteStrongGroup('Orders', { replicas: ['us-east-2'], witness: 'us-west-2' });
    expect([0, 1, 2].map(index => bodyOf(server, index))).toEqual([
      {
        TableName: 'Orders',
        MultiRegionConsistency: 'STRONG',
        ReplicaUpdates: [{ Create: { RegionName: 'us-east-2' } }],
        GlobalTableWitnessUpdates: [{ Create: { RegionName: 'us-west-2' } }],
      },
      {
        TableName: 'Orders',
        MultiRegionConsistency: 'STRONG',
        ReplicaUpdates: [{ Create: { RegionName: 'us-east-2' } }, { Create: { RegionName: 'us-west-2' } }],
      },
      {
        TableName: 'Orders',
        ReplicaUpdates: [{ Delete: { RegionName: 'us-east-2' } }],
        GlobalTableWitnessUpdates: [{ Delete: { RegionName: 'us-west-2' } }],
      },
    ]);
  });
});
