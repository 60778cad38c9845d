import {
  BatchWriteItemCommand,
  CreateGlobalTableCommand,
  DescribeGlobalTableCommand,
  ListGlobalTablesCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EAST, EUROPE, type GlobalHarness, startGlobalHarness, WEST } from '../global-harness.js';
import { readStream, START_MS } from '../harness.js';

const A = { pk: { S: 'a' } };

describe('replication, as FACTS D.8 has it', () => {
  let global: GlobalHarness;

  beforeEach(async () => {
    global = await startGlobalHarness();
    await global.create();
  });
  afterEach(() => global.close());

  const valueIn = async (region: string) => (await global.get(region, 'a'))?.['v']?.N;
  const write = (region: string, v: number) => global.put(region, { ...A, v: { N: String(v) } });

  it('D.8: takes as long as is set for two Regions, in that direction only', async () => {
    await global.add(WEST);
    await global.add(EUROPE);
    global.control.setReplicationLag({ ms: 1000, from: EAST, to: EUROPE });
    await write(EAST, 1);
    expect([await valueIn(WEST), await valueIn(EUROPE)]).toEqual(['1', undefined]);
    global.control.advanceClock({ ms: 1000 });
    expect(await valueIn(EUROPE)).toBe('1');
    await write(EUROPE, 2);
    expect(await valueIn(EAST)).toBe('2');
  });

  it('D.8: a lag for all takes those of pairs away', async () => {
    await global.add(WEST);
    global.control.setReplicationLag({ ms: 1000, from: EAST, to: WEST });
    global.control.setReplicationLag({ ms: 0 });
    await write(EAST, 1);
    expect(await valueIn(WEST)).toBe('1');
  });

  it('D.8: a condition sees its own Region only', async () => {
    await global.add(WEST);
    global.control.setReplicationLag({ ms: 1000 });
    await write(EAST, 1);
    const onlyNew = {
      TableName: 'Orders',
      Item: { ...A, v: { N: '2' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    await global.dynamodb(WEST).send(new PutItemCommand(onlyNew));
    await expect(global.dynamodb(EAST).send(new PutItemCommand(onlyNew))).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
    global.control.advanceClock({ ms: 1000 });
    expect([await valueIn(EAST), await valueIn(WEST)]).toEqual(['2', '2']);
  });

  it('D.8: a Region that is cut off goes on by itself, and the last writer has won when it is healed', async () => {
    await global.add(WEST);
    await global.add(EUROPE);
    expect(global.control.cutRegion({ region: WEST })).toEqual({ cut: [WEST] });
    await write(WEST, 1);
    await write(EAST, 2);
    await global.put(WEST, { pk: { S: 'own' } });
    global.control.advanceClock({ ms: 3_600_000 });
    expect([await valueIn(EAST), await valueIn(WEST), await valueIn(EUROPE)]).toEqual(['2', '1', '2']);
    expect(await global.get(EAST, 'own')).toBeUndefined();
    expect((await global.table(EAST))?.Replicas?.map(({ ReplicaStatus }) => ReplicaStatus)).toEqual([
      'ACTIVE',
      'ACTIVE',
    ]);
    expect(global.control.healRegion({ region: WEST })).toEqual({ cut: [] });
    for (const region of [EAST, WEST, EUROPE]) {
      expect(await valueIn(region)).toBe('2');
      expect(await global.get(region, 'own')).toBeDefined();
    }
  });

  it('D.8: what is on its way to the source reaches the new replica too', async () => {
    await global.add(WEST);
    global.control.setReplicationLag({ ms: 1000 });
    await write(WEST, 1);
    await global.replicas(EAST, { Create: { RegionName: EUROPE } });
    global.settle(2);
    expect(await valueIn(EUROPE)).toBeUndefined();
    global.control.advanceClock({ ms: 1000 });
    expect(await valueIn(EUROPE)).toBe('1');
  });

  it('D.8: a write that is overtaken leaves no record where it comes too late', async () => {
    await global.add(WEST);
    global.control.setReplicationLag({ ms: 2000 });
    await write(EAST, 1);
    global.control.setReplicationLag({ ms: 1000 });
    await write(EAST, 2);
    global.control.advanceClock({ ms: 2000 });
    const records = await readStream(global.streams(WEST), (await global.table(WEST))?.LatestStreamArn ?? '');
    expect(records.map(record => record.dynamodb?.NewImage?.['v']?.N)).toEqual(['2']);
  });

  it('D.1: global tables of 2017 cannot be made, and none is found', async () => {
    const client = global.dynamodb(EAST);
    const GlobalTableName = 'Orders';
    const ReplicationGroup = [{ RegionName: EAST }, { RegionName: WEST }];
    await expect(
      client.send(new CreateGlobalTableCommand({ GlobalTableName, ReplicationGroup })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        'One or more parameter values were invalid: DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version 2019.11.21, instead of version 2017.11.29 (Legacy).',
    });
    await global.add(WEST);
    await expect(client.send(new DescribeGlobalTableCommand({ GlobalTableName }))).rejects.toMatchObject({
      name: 'GlobalTableNotFoundException',
      message: "Global table not found: Global table with name: 'Orders' does not exist.",
    });
    expect((await client.send(new ListGlobalTablesCommand({}))).GlobalTables).toEqual([]);
  });

  describe('F: what CloudWatch shows of it', () => {
    it('F: ReplicationLatency in the Region that writes, by the Region that receives', async () => {
      await global.add(WEST);
      global.control.setReplicationLag({ ms: 800 });
      await write(EAST, 1);
      global.control.advanceClock({ ms: 5000 });
      expect(await global.metrics(EAST, 'ReplicationLatency')).toEqual([
        { dimensions: `ReceivingRegion=${WEST} TableName=Orders`, sum: 800, samples: 1 },
      ]);
      expect(await global.metrics(WEST, 'ReplicationLatency')).toEqual([]);
    });

    it('F: it grows with a cut: a write counts from when it was written', async () => {
      await global.add(WEST);
      global.control.cutRegion({ region: WEST });
      await write(EAST, 1);
      global.control.advanceClock({ ms: 120_000 });
      expect(await global.metrics(EAST, 'ReplicationLatency')).toEqual([]);
      global.control.healRegion({ region: WEST });
      expect((await global.metrics(EAST, 'ReplicationLatency'))[0]?.sum).toBe(120_000);
    });

    it('F: ConsumedWriteCapacityUnits tells replicated writes by their Source', async () => {
      await global.add(WEST);
      await global.put(EAST, { ...A, text: { S: 'x'.repeat(1500) } });
      await global.get(WEST, 'a');
      const used = async (region: string) => await global.metrics(region, 'ConsumedWriteCapacityUnits');
      expect(await used(EAST)).toEqual([
        { dimensions: 'TableName=Orders', sum: 2, samples: 1 },
        { dimensions: 'Source=Customer TableName=Orders', sum: 2, samples: 1 },
      ]);
      expect(await used(WEST)).toEqual([
        { dimensions: 'TableName=Orders', sum: 2, samples: 1 },
        { dimensions: 'Source=GlobalTable TableName=Orders', sum: 2, samples: 1 },
      ]);
    });

    it('D.8: what TTL deletes is free where it happens, and paid on every other replica', async () => {
      await global.add(WEST);
      const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
      await global.dynamodb(EAST).send(new UpdateTimeToLiveCommand({ TableName: 'Orders', TimeToLiveSpecification }));
      global.settle();
      await global.put(EAST, { ...A, expires: { N: String(Math.floor(START_MS / 1000) - 60) } });
      await global.get(EAST, 'a');
      global.control.sweepTtl();
      await global.get(EAST, 'a');
      const sums = async (region: string, source: string) =>
        (await global.metrics(region, 'ConsumedWriteCapacityUnits')).find(each => each.dimensions.includes(source))
          ?.sum;
      expect(await sums(EAST, 'Source=Customer')).toBe(1);
      expect(await sums(WEST, 'Source=GlobalTable')).toBe(2);
      expect(await global.metrics(EAST, 'TimeToLiveDeletedItemCount')).toEqual([
        { dimensions: 'TableName=Orders', sum: 1, samples: 1 },
      ]);
      expect(await global.metrics(WEST, 'TimeToLiveDeletedItemCount')).toEqual([]);
    });

    it('D.9: a transaction costs twice where it is made, and what it is elsewhere', async () => {
      await global.add(WEST);
      const Put = { TableName: 'Orders', Item: A };
      await global.dynamodb(EAST).send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
      await global.get(WEST, 'a');
      expect((await global.metrics(EAST, 'ConsumedWriteCapacityUnits'))[0]?.sum).toBe(2);
      expect((await global.metrics(WEST, 'ConsumedWriteCapacityUnits'))[0]?.sum).toBe(1);
    });

    it('F: SuccessfulRequestLatency counts calls by operation, of a batch too', async () => {
      await write(EAST, 1);
      await write(EAST, 2);
      await global.get(EAST, 'a');
      await global
        .dynamodb(EAST)
        .send(new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item: A } }] } }));
      const calls = (await global.metrics(EAST, 'SuccessfulRequestLatency')).map(
        ({ dimensions, samples }) => `${dimensions} ${samples}`,
      );
      expect(calls.sort()).toEqual([
        'Operation=BatchWriteItem TableName=Orders 1',
        'Operation=GetItem TableName=Orders 1',
        'Operation=PutItem TableName=Orders 2',
      ]);
    });

    it('F: GetRecords is counted by table and by stream, with its records; A.5: empty ones too', async () => {
      await global.add(WEST);
      await write(EAST, 1);
      const table = await global.table(EAST);
      await readStream(global.streams(EAST), table?.LatestStreamArn ?? '');
      const label = `Operation=GetRecords StreamLabel=${table?.LatestStreamLabel} TableName=Orders`;
      const [calls] = (await global.metrics(EAST, 'SuccessfulRequestLatency')).filter(
        each => each.dimensions === label,
      );
      expect(calls?.samples).toBeGreaterThan(1);
      expect(await global.metrics(EAST, 'ReturnedRecordsCount')).toEqual([
        { dimensions: label, sum: 1, samples: calls?.samples },
      ]);
    });

    it('F: UserErrors counts what was refused, but for conditions that did not hold', async () => {
      await write(EAST, 1);
      const failing = { TableName: 'Orders', Item: A, ConditionExpression: 'attribute_not_exists(pk)' };
      await expect(global.dynamodb(EAST).send(new PutItemCommand(failing))).rejects.toThrow();
      expect(await global.metrics(EAST, 'UserErrors')).toEqual([]);
      await expect(global.table(EAST).then(() => global.update(EAST, {}))).rejects.toThrow();
      expect(await global.metrics(EAST, 'UserErrors')).toEqual([{ dimensions: '', sum: 1, samples: 1 }]);
    });
  });
});
