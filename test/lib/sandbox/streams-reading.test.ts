import { CreateTableCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, iteratorAt, ordersTable, readShard, readStream, startHarness } from './harness.js';

const MINUTE_MS = 60_000;
const MEGABYTE = 1024 * 1024;

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

  const put = (pk: string, note = 'x') =>
    dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk }, note: { S: note } } }));

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

  it('describes the stream with its table, key, view type and status', async () => {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    expect(StreamDescription).toMatchObject({
      TableName: 'Orders',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      StreamStatus: 'ENABLED',
    });
    expect(StreamDescription?.CreationRequestDateTime?.toISOString()).toBe('2026-11-20T10:11:12.123Z');
  });

  it('reads from TRIM_HORIZON, in the order of the writes', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    expect(await keysOf(await iteratorAt(streams, arn, shardId, 'TRIM_HORIZON'))).toEqual(['a', 'b', 'c']);
  });

  it('reads from LATEST only what is written afterwards', async () => {
    await put('before');
    const iterator = await iteratorAt(streams, arn, shardId, 'LATEST');
    await put('after');
    expect(await keysOf(iterator)).toEqual(['after']);
  });

  it('reads AT_SEQUENCE_NUMBER from that record, AFTER_SEQUENCE_NUMBER from the next', async () => {
    for (const pk of ['a', 'b', 'c']) await put(pk);
    const second = (await readShard(streams, arn, shardId))[1]?.dynamodb?.SequenceNumber;
    expect(await keysOf(await iteratorAt(streams, arn, shardId, 'AT_SEQUENCE_NUMBER', second))).toEqual(['b', 'c']);
    expect(await keysOf(await iteratorAt(streams, arn, shardId, 'AFTER_SEQUENCE_NUMBER', second))).toEqual(['c']);
  });

  it('needs a sequence number where the iterator type says so', async () => {
    const command = new GetShardIteratorCommand({
      StreamArn: arn,
      ShardId: shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    });
    await expect(streams.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('has no AT_TIMESTAMP', async () => {
    const answer = await harness.raw('DynamoDBStreams_20120810.GetShardIterator', {
      StreamArn: arn,
      ShardId: shardId,
      ShardIteratorType: 'AT_TIMESTAMP',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ __type: expect.stringContaining('ValidationException') });
  });

  it('gives an iterator with an empty page of an open shard, and goes on from it', async () => {
    const iterator = await iteratorAt(streams, arn, shardId);
    const empty = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    expect(empty.Records).toEqual([]);
    await put('a');
    expect(await keysOf(empty.NextShardIterator)).toEqual(['a']);
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

  it('gives at most 1000 records a page', async () => {
    harness.sandbox.control.seedRecords({ table: 'Orders', count: 1500, bytes: 300 });
    const iterator = await iteratorAt(streams, arn, shardId);
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    expect(page.Records).toHaveLength(1000);
    expect(await readShard(streams, arn, shardId)).toHaveLength(1500);
  });

  it('gives at most a megabyte a page, and no record twice or not at all', async () => {
    for (let at = 0; at < 5; at += 1) await put(`k${at}`, 'n'.repeat(300_000));
    const answer = await harness.raw('DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: await iteratorAt(streams, arn, shardId),
    });
    const text = await answer.text();
    expect(text.length).toBeGreaterThan(300_000);
    expect(text.length).toBeLessThan(MEGABYTE + 1000);
    expect((await readShard(streams, arn, shardId)).map(record => record.dynamodb?.Keys?.['pk']?.S)).toEqual([
      'k0',
      'k1',
      'k2',
      'k3',
      'k4',
    ]);
  });

  it.each([0, 1001])('refuses a Limit of %i for GetRecords', async limit => {
    const iterator = await iteratorAt(streams, arn, shardId);
    const command = new GetRecordsCommand({ ShardIterator: iterator, Limit: limit });
    await expect(streams.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("at 'limit' failed to satisfy constraint"),
    });
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

  it('refuses what is no iterator', async () => {
    await expect(keysOf('nonsense')).rejects.toMatchObject({ name: 'ValidationException' });
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

  it('names the stream that it does not find', async () => {
    const unknown = `${arn.slice(0, -3)}999`;
    await expect(streams.send(new DescribeStreamCommand({ StreamArn: unknown }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Stream: ${unknown} not found`,
    });
    await expect(iteratorAt(streams, unknown, shardId)).rejects.toMatchObject({
      message: `Requested resource not found: Stream: ${unknown} not found`,
    });
  });

  it('does not find a shard that is not there', async () => {
    const unknown = 'shardId-00000000000000000000-00000000';
    await expect(iteratorAt(streams, arn, unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('pages DescribeStream: every page but the last has a LastEvaluatedShardId', async () => {
    for (let at = 0; at < 4; at += 1) harness.sandbox.control.splitShard({ table: 'Orders' });
    const whole = await allShards(streams, arn);
    expect(whole).toHaveLength(9);
    expect(await allShards(streams, arn, 2)).toEqual(whole);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: arn, Limit: 9 }));
    expect(StreamDescription?.LastEvaluatedShardId).toBeUndefined();
  });

  it('refuses a Limit of more than 100 for DescribeStream and ListStreams', async () => {
    const message = expect.stringContaining('Member must have value less than or equal to 100');
    await expect(streams.send(new DescribeStreamCommand({ StreamArn: arn, Limit: 101 }))).rejects.toMatchObject({
      message,
    });
    await expect(streams.send(new ListStreamsCommand({ Limit: 101 }))).rejects.toMatchObject({ message });
  });

  it('lists the children of a shard with ShardFilter CHILD_SHARDS', async () => {
    const { children } = harness.sandbox.control.splitShard({ table: 'Orders' });
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: arn, ShardFilter: { Type: 'CHILD_SHARDS', ShardId: shardId } }),
    );
    expect(StreamDescription?.Shards?.map(shard => shard.ShardId)).toEqual(children);
  });

  it('lists streams page by page, of one table if asked', async () => {
    for (const TableName of ['Alpha', 'Beta']) {
      await dynamodb.send(new CreateTableCommand({ ...ordersTable('KEYS_ONLY'), TableName }));
    }
    const first = await streams.send(new ListStreamsCommand({ Limit: 2 }));
    const second = await streams.send(
      new ListStreamsCommand({ Limit: 2, ExclusiveStartStreamArn: first.LastEvaluatedStreamArn }),
    );
    expect([...(first.Streams ?? []), ...(second.Streams ?? [])].map(stream => stream.TableName)).toEqual([
      'Alpha',
      'Beta',
      'Orders',
    ]);
    expect(second.LastEvaluatedStreamArn).toBeUndefined();
    const ofOne = await streams.send(new ListStreamsCommand({ TableName: 'Beta' }));
    expect(ofOne.Streams?.map(stream => stream.TableName)).toEqual(['Beta']);
  });

  it('keeps the streams of Regions apart', async () => {
    expect((await harness.streams('eu-west-1').send(new ListStreamsCommand({}))).Streams).toEqual([]);
    expect(await readStream(streams, arn)).toEqual([]);
  });
});
