import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  type StreamSpecification,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, ordersTable, readStream, STATUS_DELAY_MS, startHarness } from './harness.js';

const DAY_MS = 24 * 3_600_000;

describe('enabling and disabling streams, FACTS A.4', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;
  let streams: DynamoDBStreamsClient;

  beforeEach(async () => {
    harness = await startHarness({ statusDelayMs: STATUS_DELAY_MS });
    dynamodb = harness.dynamodb();
    streams = harness.streams();
  });
  afterEach(() => harness.close());

  const settle = () => harness.sandbox.control.advanceClock({ ms: STATUS_DELAY_MS });
  const create = async (viewType?: Parameters<typeof ordersTable>[0]) => {
    const { TableDescription } = await dynamodb.send(new CreateTableCommand(ordersTable(viewType)));
    settle();
    return TableDescription?.LatestStreamArn ?? '';
  };
  const update = (specification: StreamSpecification) =>
    dynamodb.send(new UpdateTableCommand({ TableName: 'Orders', StreamSpecification: specification }));
  const table = async () => (await dynamodb.send(new DescribeTableCommand({ TableName: 'Orders' }))).Table;
  const put = (pk: string) => dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk } } }));
  const statusOf = async (arn: string) =>
    (await streams.send(new DescribeStreamCommand({ StreamArn: arn }))).StreamDescription?.StreamStatus;

  it('enables a stream: the table is UPDATING, the stream ENABLING, then both are done', async () => {
    await create();
    const { TableDescription } = await update({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    const arn = TableDescription?.LatestStreamArn ?? '';
    expect(TableDescription).toMatchObject({
      TableStatus: 'UPDATING',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
    });
    expect(await statusOf(arn)).toBe('ENABLING');
    settle();
    expect((await table())?.TableStatus).toBe('ACTIVE');
    expect(await statusOf(arn)).toBe('ENABLED');
  });

  it('refuses UpdateTable while the table is UPDATING', async () => {
    await create();
    await update({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    await expect(update({ StreamEnabled: false })).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  it('closes the shards of a disabled stream and lets it be read to its end', async () => {
    const arn = await create('NEW_IMAGE');
    await put('a');
    await update({ StreamEnabled: false });
    expect(await statusOf(arn)).toBe('DISABLING');
    settle();
    await put('not recorded');
    const shards = await allShards(streams, arn);
    expect(await statusOf(arn)).toBe('DISABLED');
    expect(shards.every(shard => shard.SequenceNumberRange?.EndingSequenceNumber !== undefined)).toBe(true);
    expect((await readStream(streams, arn)).map(record => record.dynamodb?.Keys?.['pk']?.S)).toEqual(['a']);
  });

  it('gives a new ARN and label when it is enabled again, and lists the old one for 24 hours', async () => {
    const old = await create('NEW_IMAGE');
    await update({ StreamEnabled: false });
    settle();
    const { TableDescription } = await update({ StreamEnabled: true, StreamViewType: 'OLD_IMAGE' });
    settle();
    const current = TableDescription?.LatestStreamArn;
    const arns = async () => (await streams.send(new ListStreamsCommand({}))).Streams?.map(each => each.StreamArn);
    expect(current).not.toBe(old);
    expect(await arns()).toEqual([old, current]);
    harness.sandbox.control.advanceClock({ ms: DAY_MS });
    expect(await arns()).toEqual([current]);
  });

  it('gives two streams of one millisecond two labels', async () => {
    const still = await startHarness({ statusDelayMs: 0 });
    const client = still.dynamodb();
    const change = (StreamSpecification: StreamSpecification) =>
      client.send(new UpdateTableCommand({ TableName: 'Orders', StreamSpecification }));
    const first = await client.send(new CreateTableCommand(ordersTable('NEW_IMAGE')));
    await change({ StreamEnabled: false });
    const second = await change({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' });
    await still.close();
    expect(first.TableDescription?.LatestStreamLabel).toBe('2026-11-20T10:11:12.123');
    expect(second.TableDescription?.LatestStreamLabel).toBe('2026-11-20T10:11:12.124');
  });

  it('keeps the stream of a deleted table listed and readable, DISABLED', async () => {
    const arn = await create('NEW_IMAGE');
    await put('a');
    await dynamodb.send(new DeleteTableCommand({ TableName: 'Orders' }));
    expect(await statusOf(arn)).toBe('DISABLING');
    settle();
    expect(await statusOf(arn)).toBe('DISABLED');
    expect((await streams.send(new ListStreamsCommand({ TableName: 'Orders' }))).Streams).toHaveLength(1);
    expect(await readStream(streams, arn)).toHaveLength(1);
  });
});
