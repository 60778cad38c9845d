import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, type DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, iteratorAt, ordersTable, readShard, startHarness } from './harness.js';

const MINUTE_MS = 60_000;

describe('reading streams, FACTS A.1', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;
  let streams: DynamoDBStreamsClient;
  let arn: string;
  let shardId: string;

  beforeEach(async () => {
    harness = await startHarness({ shardsPerTable: 1 });
    dynamodb = harness.dynamodb();
    streams = harness.streams();
    const created = await dynamodb.send(new CreateTableCommand(ordersTable('NEW_AND_OLD_IMAGES')));
    arn = created.TableDescription?.LatestStreamArn ?? '';
    shardId = (await allShards(streams, arn))[0]?.ShardId ?? '';
  });
  afterEach(() => harness.close());

  const put = (pk: string) =>
    dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk }, note: { S: 'x' } } }));

  const keysOf = async (iterator: string | undefined) => {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    return page.Records?.map(record => record.dynamodb?.Keys?.['pk']?.S);
  };

  it('gives names of the documented form: stream ARN, label, shard id and sequence numbers', async () => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    expect(arn).toBe('arn:aws:dynamodb:us-east-1:111122223333:table/Orders/stream/2026-11-20T10:11:12.123');
    expect(StreamDescription?.StreamLabel).toBe('2026-11-20T10:11:12.123');
    expect(shardId).toMatch(/^shardId-\d{20}-[0-9a-f]{8}$/);
    expect(StreamDescription?.Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber).toMatch(/^\d{21,40}$/);
  });

  it('A.3: has on the wire exactly the members of the documented form, time in whole seconds', async () => {
    await put('a');
    const answer = await harness.raw('DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: await iteratorAt(streams, arn, shardId),
    });
    expect(await answer.json()).toEqual({
      NextShardIterator: expect.stringContaining(`${arn}|1|`),
      Records: [
        {
          awsRegion: 'us-east-1',
          dynamodb: {
            ApproximateCreationDateTime: 1795169472,
            Keys: { pk: { S: 'a' } },
            NewImage: { pk: { S: 'a' }, note: { S: 'x' } },
            SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
            SizeBytes: 3 + 3 + 5,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          eventVersion: '1.1',
        },
      ],
    });
  });

  it('gives no iterator once a closed shard is read to its end', async () => {
    await put('a');
    harness.sandbox.control.rollShard({ table: 'Orders' });
    const iterator = await iteratorAt(streams, arn, shardId);
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    expect(page.Records).toHaveLength(1);
    expect(page.NextShardIterator).toBeUndefined();
  });

  it('gives an iterator while a closed shard has more to give', async () => {
    await put('a');
    await put('b');
    harness.sandbox.control.rollShard({ table: 'Orders' });
    const iterator = await iteratorAt(streams, arn, shardId);
    const first = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1 }));
    const second = await streams.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator, Limit: 1 }));
    expect(first.NextShardIterator).toBeDefined();
    expect(second.Records).toHaveLength(1);
    expect(second.NextShardIterator).toBeUndefined();
  });

  it('lets an iterator live for 15 minutes and no longer', async () => {
    await put('a');
    const iterator = await iteratorAt(streams, arn, shardId);
    harness.sandbox.control.advanceClock({ ms: 15 * MINUTE_MS - 1 });
    expect(await keysOf(iterator)).toEqual(['a']);
    harness.sandbox.control.advanceClock({ ms: 1 });
    await expect(keysOf(iterator)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  });

  it('goes on AFTER_SEQUENCE_NUMBER when an iterator has expired, and misses nothing', async () => {
    await put('a');
    const [first] = await readShard(streams, arn, shardId);
    await put('b');
    harness.sandbox.control.advanceClock({ ms: 16 * MINUTE_MS });
    const number = first?.dynamodb?.SequenceNumber;
    expect(await keysOf(await iteratorAt(streams, arn, shardId, 'AFTER_SEQUENCE_NUMBER', number))).toEqual(['b']);
  });

  it('answers TrimmedDataAccessException at a position that was trimmed', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const [first, second] = await readShard(streams, arn, shardId);
    const atFirst = await iteratorAt(streams, arn, shardId, 'AT_SEQUENCE_NUMBER', first?.dynamodb?.SequenceNumber);
    harness.sandbox.control.trim({ table: 'Orders', upTo: second?.dynamodb?.SequenceNumber ?? '' });
    await expect(keysOf(atFirst)).rejects.toMatchObject({
      name: 'TrimmedDataAccessException',
      message: 'The operation attempted to read past the oldest stream record in a shard.',
    });
    await expect(
      iteratorAt(streams, arn, shardId, 'AT_SEQUENCE_NUMBER', first?.dynamodb?.SequenceNumber),
    ).rejects.toMatchObject({ name: 'TrimmedDataAccessException' });
    expect(await keysOf(await iteratorAt(streams, arn, shardId))).toEqual(['c']);
  });

  it('has lost nothing AFTER the last record that was trimmed', async () => {
    for (const pk of ['a', 'b']) await put(pk);
    const [first] = await readShard(streams, arn, shardId);
    const number = first?.dynamodb?.SequenceNumber ?? '';
    harness.sandbox.control.trim({ table: 'Orders', upTo: number });
    expect(await keysOf(await iteratorAt(streams, arn, shardId, 'AFTER_SEQUENCE_NUMBER', number))).toEqual(['b']);
  });

  it('pages DescribeStream: every page but the last has a LastEvaluatedShardId', async () => {
    for (let at = 0; at < 4; at += 1) harness.sandbox.control.splitShard({ table: 'Orders' });
    const whole = await allShards(streams, arn);
    expect(whole).toHaveLength(9);
    expect(await allShards(streams, arn, 2)).toEqual(whole);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn, Limit: 9 }));
    expect(StreamDescription?.LastEvaluatedShardId).toBeUndefined();
  });

  it('lists the children of a shard with ShardFilter CHILD_SHARDS', async () => {
    const { children } = harness.sandbox.control.splitShard({ table: 'Orders' });
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: arn, ShardFilter: { Type: 'CHILD_SHARDS', ShardId: shardId } }),
    );
    expect(StreamDescription?.Shards?.map(shard => shard.ShardId)).toEqual(children);
  });
});
