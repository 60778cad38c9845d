import { CreateTableCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetRecordsCommand, type DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, iteratorAt, ordersTable, readStream, startHarness } from './harness.js';

interface ControlAnswer {
  readonly parent?: string;
  readonly children?: readonly string[];
  readonly error?: string;
}

describe('the tester’s hands', () => {
  let harness: Harness;
  let streams: DynamoDBStreamsClient;
  let arn: string;

  beforeEach(async () => {
    harness = await startHarness({ shardsPerTable: 2 });
    streams = harness.streams();
    const created = await harness.dynamodb().send(new CreateTableCommand(ordersTable('NEW_AND_OLD_IMAGES')));
    arn = created.TableDescription?.LatestStreamArn ?? '';
    harness.sandbox.control.advanceClock({ ms: 1 });
  });
  afterEach(() => harness.close());

  const post = async (operation: string, body?: unknown) => {
    const answer = await fetch(`${harness.sandbox.url}/_ddbx/${operation}`, {
      method: 'POST',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answered: ControlAnswer = JSON.parse(await answer.text());
    return { status: answer.status, body: answered };
  };
  const listTables = () => harness.raw('DynamoDB_20120810.ListTables', {});

  it('does over HTTP what it does in process', async () => {
    const { status, body } = await post('splitShard', { table: 'Orders' });
    expect(status).toBe(200);
    expect((await allShards(streams, arn)).map(shard => shard.ShardId)).toEqual(
      expect.arrayContaining([body.parent, ...(body.children ?? [])]),
    );
    expect((await post('status')).body).toEqual(JSON.parse(JSON.stringify(harness.sandbox.control.status())));
  });

  it('says what it holds', () => {
    expect(harness.sandbox.control.status()).toMatchObject({
      now: '2026-11-20T10:11:12.124Z',
      clockOffsetMs: 1,
      regions: [
        {
          region: 'us-east-1',
          tables: [{ table: 'Orders', status: 'ACTIVE', items: 0 }],
          streams: [{ arn, status: 'ENABLED', openShards: 2, closedShards: 0, records: 0 }],
        },
      ],
    });
  });

  it.each<[string, unknown, string]>([
    ['advanceClock', {}, 'advanceClock: "ms" is missing'],
    ['advanceClock', { ms: -1 }, 'advanceClock: "ms" must be a number of at least 0'],
    ['advanceClock', { ms: 1, hours: 2 }, 'advanceClock: There is no member "hours"; there is: ms'],
    ['advanceClock', [], 'advanceClock: The input must be a JSON object'],
    ['advanceClock', '{', 'advanceClock: The body is not JSON'],
    ['splitShard', {}, 'splitShard: "table" is missing'],
    ['splitShard', { table: 'Nothing' }, 'splitShard: There is no table Nothing in us-east-1; there is: Orders'],
    ['splitShard', { table: 'Orders', shardId: 'x' }, 'There is no open shard x; open are: shardId-'],
    ['rollShard', { table: 'Orders', region: 'nowhere' }, 'rollShard: There is no Region nowhere'],
    ['trim', { table: 'Orders' }, 'trim: Say what to trim: one of "upTo"'],
    ['trim', { table: 'Orders', all: true, olderThanMs: 5 }, 'trim: Say what to trim'],
    ['trim', { table: 'Orders', upTo: '12' }, '"upTo" must be a sequence number, not 12'],
    ['expireIterators', { table: 'Nothing' }, 'expireIterators: Nothing has no stream'],
    ['failNext', { operation: 'GetRecords', error: 'fire' }, 'failNext: "error" must be "throttle", "reset", "html"'],
    ['failNext', { error: 'reset' }, 'failNext: "operation" is missing'],
    ['failNext', { operation: 'x', error: { status: 200, type: 'y', message: 'z' } }, '"status" must be a number'],
    ['throttle', { operation: 'DescribeStream', perSecond: 0 }, '"perSecond" must be a number'],
    ['seedRecords', { table: 'Orders', count: 0 }, '"count" must be a number of at least 1'],
    ['seedRecords', { table: 'Orders', count: 1, event: 'EXPLODE' }, '"event" must be one of INSERT'],
    ['addFunction', { name: 'f', handlerPath: 'handler.mjs' }, '"handlerPath" must be an absolute path'],
    ['addFunction', { name: 'f', handlerPath: '/nowhere/handler.mjs' }, 'There is no file /nowhere/handler.mjs'],
    ['addFunction', { name: 'f f', handlerPath: '/x' }, '"name" must be 1 to 64 letters'],
    ['setReplicationLag', { ms: 'soon' }, '"ms" must be a number'],
  ])('%s refuses %j', async (operation, input, message) => {
    const { status, body } = await post(operation, input);
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });

  it('says which operations there are', async () => {
    expect(await post('explode')).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining('splitShard') },
    });
    expect((await fetch(`${harness.sandbox.url}/_ddbx/trim`)).status).toBe(405);
  });

  it('fails the next n calls of an operation, and no others', async () => {
    const error = { status: 500, type: 'InternalServerError', message: 'broken' };
    expect(harness.sandbox.control.failNext({ operation: 'ListTables', count: 2, error })).toEqual({ pending: 2 });
    const dynamodb = harness.dynamodb();
    await streams.send(new DescribeStreamCommand({ StreamArn: arn }));
    for (let at = 0; at < 2; at += 1) {
      await expect(dynamodb.send(new ListTablesCommand({}))).rejects.toMatchObject({
        name: 'InternalServerError',
        message: 'broken',
        $metadata: { httpStatusCode: 500 },
      });
    }
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toEqual(['Orders']);
  });

  it('throttles as AWS words it: by rate, and data operations by throughput', async () => {
    harness.sandbox.control.failNext({ operation: '*', count: 2, error: 'throttle' });
    await expect(streams.send(new DescribeStreamCommand({ StreamArn: arn }))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
    const put = new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'a' } } });
    await expect(harness.dynamodb().send(put)).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
    expect(await readStream(streams, arn)).toEqual([]);
  });

  it('cuts the connection', async () => {
    harness.sandbox.control.failNext({ operation: 'ListTables', error: 'reset' });
    await expect(listTables()).rejects.toThrow('fetch failed');
    expect((await listTables()).status).toBe(200);
  });

  it('answers with an HTML page', async () => {
    harness.sandbox.control.failNext({ operation: 'ListTables', error: 'html' });
    const answer = await listTables();
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<html>');
  });

  it('limits the rate of DescribeStream (FACTS A.1: 10 a second) by the sandbox’s clock', async () => {
    harness.sandbox.control.throttle({ operation: 'DescribeStream', perSecond: 10 });
    const burst = async () => {
      const calls = Array.from({ length: 12 }, () => streams.send(new DescribeStreamCommand({ StreamArn: arn })));
      return (await Promise.allSettled(calls)).filter(call => call.status === 'rejected').length;
    };
    expect(await burst()).toBe(2);
    harness.sandbox.control.advanceClock({ ms: 500 });
    expect(await burst()).toBe(7);
    harness.sandbox.control.throttle({ operation: 'DescribeStream', perSecond: null });
    expect(await burst()).toBe(0);
  });

  it('expires the iterators that were given so far', async () => {
    const [shard] = await allShards(streams, arn);
    const before = await iteratorAt(streams, arn, shard?.ShardId);
    expect(harness.sandbox.control.expireIterators({ table: 'Orders' })).toEqual({ streams: 1 });
    const after = await iteratorAt(streams, arn, shard?.ShardId);
    await expect(streams.send(new GetRecordsCommand({ ShardIterator: before }))).rejects.toMatchObject({
      name: 'ExpiredIteratorException',
    });
    expect((await streams.send(new GetRecordsCommand({ ShardIterator: after }))).Records).toEqual([]);
  });

  it('trims what is older than asked', async () => {
    const put = (pk: string) =>
      harness.dynamodb().send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: pk } } }));
    await put('old');
    harness.sandbox.control.advanceClock({ ms: 1000 });
    await put('new');
    expect(harness.sandbox.control.trim({ table: 'Orders', olderThanMs: 500 })).toEqual({ trimmed: 1 });
    expect((await readStream(streams, arn)).map(record => record.dynamodb?.Keys?.['pk']?.S)).toEqual(['new']);
  });

  it('trims one shard and leaves the others', async () => {
    harness.sandbox.control.seedRecords({ table: 'Orders', count: 10 });
    const [first] = await allShards(streams, arn);
    expect(harness.sandbox.control.trim({ table: 'Orders', shardId: first?.ShardId ?? '', all: true })).toEqual({
      trimmed: 5,
    });
    expect(await readStream(streams, arn)).toHaveLength(5);
  });

  it('stops over HTTP after it has answered', async () => {
    expect((await post('stop')).status).toBe(200);
    await harness.sandbox.closed;
    await expect(fetch(harness.sandbox.url)).rejects.toThrow();
  });

  describe('seeded records', () => {
    it('are spread over the open shards, whole records of about the size asked for', async () => {
      const seeded = harness.sandbox.control.seedRecords({ table: 'Orders', count: 101, bytes: 1200 });
      expect(seeded).toEqual({ records: 101, shards: 2 });
      const [shard] = await allShards(streams, arn);
      const answer = await harness.raw('DynamoDBStreams_20120810.GetRecords', {
        ShardIterator: await iteratorAt(streams, arn, shard?.ShardId),
      });
      const { Records } = JSON.parse(await answer.text());
      expect(Records).toHaveLength(51);
      for (const record of Records) expect(Math.abs(JSON.stringify(record).length - 1200)).toBeLessThan(5);
    });

    it('tell each item’s life, with their own ids, and growing sequence numbers', async () => {
      harness.sandbox.control.seedRecords({ table: 'Orders', count: 400 });
      const records = await readStream(streams, arn);
      const lives = new Map<string, string[]>();
      for (const { eventName = '', dynamodb } of records) {
        const key = dynamodb?.Keys?.['pk']?.S ?? '';
        lives.set(key, [...(lives.get(key) ?? []), eventName]);
        expect(dynamodb?.NewImage?.['pk']?.S ?? key).toBe(key);
      }
      expect(lives.size).toBe(100);
      for (const life of lives.values()) expect(life).toEqual(['INSERT', 'MODIFY', 'MODIFY', 'REMOVE']);
      expect(new Set(records.map(record => record.eventID)).size).toBe(400);
      expect(new Set(records.map(record => record.dynamodb?.SequenceNumber)).size).toBe(400);
    });

    it('can be read from anywhere, and followed by written ones', async () => {
      harness.sandbox.control.seedRecords({ table: 'Orders', count: 3000, event: 'INSERT' });
      await harness.dynamodb().send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'written' } } }));
      const whole = await readStream(streams, arn);
      expect(whole).toHaveLength(3001);
      const [shard] = await allShards(streams, arn);
      const middle = whole[700]?.dynamodb?.SequenceNumber;
      const iterator = await iteratorAt(streams, arn, shard?.ShardId, 'AFTER_SEQUENCE_NUMBER', middle);
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 5 }));
      expect(page.Records).toEqual(whole.slice(701, 706));
    });

    it('can be spread over a span of time', async () => {
      const HOUR_MS = 3_600_000;
      harness.sandbox.control.seedRecords({ table: 'Orders', count: 24, spanMs: 12 * HOUR_MS });
      harness.sandbox.control.advanceClock({ ms: 17.5 * HOUR_MS });
      expect(await readStream(streams, arn)).toHaveLength(12);
    });
  });
});
