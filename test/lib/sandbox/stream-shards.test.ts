import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, type DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, iteratorAt, ordersTable, readShard, readStream, startHarness } from './harness.js';

const HOUR_MS = 3_600_000;

describe('shards, FACTS A.2', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;
  let streams: DynamoDBStreamsClient;
  let arn: string;

  beforeEach(async () => {
    harness = await startHarness({ shardsPerTable: 2 });
    dynamodb = harness.dynamodb();
    streams = harness.streams();
    const created = await dynamodb.send(new CreateTableCommand(ordersTable('NEW_IMAGE')));
    arn = created.TableDescription?.LatestStreamArn ?? '';
  });
  afterEach(() => harness.close());

  const put = (pk: string, version = 0) =>
    dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk }, v: { N: String(version) } } }));
  const putMany = (prefix: string) =>
    dynamodb.send(
      new BatchWriteItemCommand({
        RequestItems: {
          Orders: Array.from({ length: 25 }, (_, at) => ({ PutRequest: { Item: { pk: { S: `${prefix}${at}` } } } })),
        },
      }),
    );

  it('opens one shard for each partition, and spreads items over them', async () => {
    await putMany('a');
    const shards = await allShards(streams, arn);
    const counts = await Promise.all(
      shards.map(async ({ ShardId }) => (await readShard(streams, arn, ShardId)).length),
    );
    expect(shards).toHaveLength(2);
    expect(counts.every(count => count > 0)).toBe(true);
  });

  it('shows no EndingSequenceNumber on an open shard, one on a closed', async () => {
    harness.sandbox.control.splitShard({ table: 'Orders' });
    const [closed, ...open] = await allShards(streams, arn);
    expect(closed?.SequenceNumberRange?.EndingSequenceNumber).toMatch(/^\d+9{20}$/);
    expect(open.map(shard => shard.SequenceNumberRange?.EndingSequenceNumber)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('closes the parent of a split and opens two children of it', async () => {
    const [parent] = await allShards(streams, arn);
    const split = harness.sandbox.control.splitShard({ table: 'Orders', shardId: parent?.ShardId ?? '' });
    const shards = await allShards(streams, arn);
    expect(split.parent).toBe(parent?.ShardId);
    expect(shards.filter(shard => shard.ParentShardId === parent?.ShardId).map(shard => shard.ShardId)).toEqual(
      split.children,
    );
    expect(split.children).toHaveLength(2);
  });

  it('opens one child when a shard rolls over', async () => {
    const { parent, children } = harness.sandbox.control.rollShard({ table: 'Orders' });
    const shards = await allShards(streams, arn);
    expect(shards.filter(shard => shard.ParentShardId === parent).map(shard => shard.ShardId)).toEqual(children);
    expect(children).toHaveLength(1);
  });

  it('begins a child behind the end of its parent', async () => {
    await putMany('a');
    harness.sandbox.control.splitShard({ table: 'Orders' });
    const shards = await allShards(streams, arn);
    const [parent] = shards;
    const end = BigInt(parent?.SequenceNumberRange?.EndingSequenceNumber ?? 0);
    const records = await readShard(streams, arn, parent?.ShardId);
    const children = shards.filter(shard => shard.ParentShardId !== undefined);
    expect(records.every(record => BigInt(record.dynamodb?.SequenceNumber ?? 0) <= end)).toBe(true);
    for (const child of children) {
      expect(BigInt(child.SequenceNumberRange?.StartingSequenceNumber ?? 0) > end).toBe(true);
    }
  });

  it('keeps the changes of one item in one line of descent, in order', async () => {
    for (let version = 0; version < 30; version += 1) {
      await put('a', version);
      const open = (await allShards(streams, arn)).filter(
        s => s.SequenceNumberRange?.EndingSequenceNumber === undefined,
      );
      const shardId = open[version % open.length]?.ShardId ?? '';
      if (version % 5 === 4) harness.sandbox.control.splitShard({ table: 'Orders', shardId });
      if (version % 7 === 6) harness.sandbox.control.rollShard({ table: 'Orders' });
    }
    const shards = await allShards(streams, arn);
    const holders: string[] = [];
    const versions: string[] = [];
    for (const { ShardId = '' } of shards) {
      const records = await readShard(streams, arn, ShardId);
      if (records.length > 0) holders.push(ShardId);
      versions.push(...records.map(record => record.dynamodb?.NewImage?.['v']?.N ?? ''));
    }
    const parentOf = new Map(shards.map(shard => [shard.ShardId, shard.ParentShardId]));
    const ancestorsOf = (id: string): readonly string[] => {
      const parent = parentOf.get(id);
      return parent === undefined ? [] : [parent, ...ancestorsOf(parent)];
    };
    expect(versions).toEqual(Array.from({ length: 30 }, (_, version) => String(version)));
    expect(ancestorsOf(holders.at(-1) ?? '')).toEqual(expect.arrayContaining(holders.slice(0, -1)));
  });

  it('trims a record 24 hours after its write, not before', async () => {
    await put('old');
    harness.sandbox.control.advanceClock({ ms: HOUR_MS });
    await put('new');
    harness.sandbox.control.advanceClock({ ms: 23 * HOUR_MS - 1 });
    expect(await readStream(streams, arn)).toHaveLength(2);
    harness.sandbox.control.advanceClock({ ms: 1 });
    const left = await readStream(streams, arn);
    expect(left.map(record => record.dynamodb?.Keys?.['pk']?.S)).toEqual(['new']);
  });

  it('does not list a closed shard any more of which everything was trimmed; its children name it all the same', async () => {
    const [first] = await allShards(streams, arn);
    await putMany('a');
    harness.sandbox.control.splitShard({ table: 'Orders', shardId: first?.ShardId ?? '' });
    harness.sandbox.control.advanceClock({ ms: 24 * HOUR_MS });
    const shards = await allShards(streams, arn);
    expect(shards.map(shard => shard.ShardId)).not.toContain(first?.ShardId);
    expect(shards.filter(shard => shard.ParentShardId === first?.ShardId)).toHaveLength(2);
  });

  it('pages on behind a shard that has vanished', async () => {
    const [first] = await allShards(streams, arn);
    harness.sandbox.control.splitShard({ table: 'Orders', shardId: first?.ShardId ?? '' });
    harness.sandbox.control.trim({ table: 'Orders', all: true });
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: arn, ExclusiveStartShardId: first?.ShardId }),
    );
    expect(StreamDescription?.Shards).toHaveLength(3);
  });

  it('answers TrimmedDataAccessException to an iterator whose shard vanished under it', async () => {
    const [first] = await allShards(streams, arn);
    await putMany('a');
    const iterator = await iteratorAt(streams, arn, first?.ShardId);
    harness.sandbox.control.rollShard({ table: 'Orders', shardId: first?.ShardId ?? '' });
    harness.sandbox.control.trim({ table: 'Orders', all: true });
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: iterator }))).rejects.toMatchObject({
      name: 'TrimmedDataAccessException',
    });
  });
});
