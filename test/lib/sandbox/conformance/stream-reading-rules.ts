import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
  type StreamDescription,
} from '@aws-sdk/client-dynamodb-streams';
import { expect } from 'vitest';
import { allShards, iteratorAt, readShard } from '../harness.js';
import { type Store, type StoreRule, type StoreTable, streaming } from './store.js';

const MEGABYTE = 1024 * 1024;
const version = (at: number) => ({ pk: { S: 'a' }, version: { N: String(at) } });
const versions = (records: readonly StreamRecord[] | undefined) =>
  records?.map(record => Number(record.dynamodb?.NewImage?.['version']?.N));

/** A stream with versions of one item, and the shard that they are in, since an item stays in one line of shards. */
async function fed(store: Store, count: number) {
  const table = await store.create(streaming());
  for (let at = 1; at <= count; at += 1) await table.put(version(at));
  for (const { ShardId } of await allShards(store.streams, table.streamArn)) {
    const records = await readShard(store.streams, table.streamArn, ShardId);
    if (records.length > 0) return { table, shardId: ShardId ?? '', records };
  }
  throw new Error('The stream is empty.');
}

const page = (store: Store, iterator: string | undefined, Limit?: number) =>
  store.streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit }));

async function describe(store: Store, table: StoreTable): Promise<StreamDescription> {
  const { StreamDescription } = await store.streams.send(new DescribeStreamCommand({ StreamArn: table.streamArn }));
  return StreamDescription ?? {};
}

/** How streams are listed and read: FACTS A.1 and A.2. */
export const streamReadingRules: readonly StoreRule[] = [
  {
    name: 'A.1: the ARN of a stream names the Region, the table and the label',
    check: async store => {
      const table = await store.create(streaming());
      const { StreamLabel } = await describe(store, table);
      expect(table.streamArn).toMatch(
        new RegExp(`^arn:aws:dynamodb:${store.region}:\\d{12}:table/${table.name}/stream/`),
      );
      expect(table.streamArn.endsWith(`/stream/${StreamLabel}`)).toBe(true);
    },
  },
  {
    name: 'A.1: labels, shard ids and sequence numbers have the documented form',
    check: async store => {
      const { StreamLabel, Shards } = await describe(store, await store.create(streaming()));
      expect(StreamLabel).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
      expect(Shards?.[0]?.ShardId).toMatch(/^shardId-\d{20}-[0-9a-f]{8}$/);
      expect(Shards?.[0]?.SequenceNumberRange?.StartingSequenceNumber).toMatch(/^\d{21,40}$/);
    },
  },
  {
    name: 'A.1: DescribeStream tells the table, its key, the view type and the status',
    check: async store => {
      const table = await store.create(streaming('OLD_IMAGE'));
      expect(await describe(store, table)).toMatchObject({
        StreamArn: table.streamArn,
        TableName: table.name,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        StreamViewType: 'OLD_IMAGE',
        StreamStatus: 'ENABLED',
        CreationRequestDateTime: expect.any(Date),
      });
    },
  },
  {
    name: 'A.2: an open shard has no EndingSequenceNumber',
    check: async store => {
      const { Shards } = await describe(store, await store.create(streaming()));
      expect(Shards?.length).toBeGreaterThan(0);
      for (const shard of Shards ?? []) expect(shard.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
    },
  },
  {
    name: 'A.1: TRIM_HORIZON reads from the oldest record, in the order of the writes',
    check: async store => {
      const { table, shardId } = await fed(store, 3);
      const iterator = await iteratorAt(store.streams, table.streamArn, shardId, 'TRIM_HORIZON');
      expect(versions((await page(store, iterator)).Records)).toEqual([1, 2, 3]);
    },
  },
  {
    name: 'A.1: LATEST reads what is written afterwards',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const iterator = await iteratorAt(store.streams, table.streamArn, shardId, 'LATEST');
      await table.put(version(2));
      expect(versions((await page(store, iterator)).Records)).toEqual([2]);
    },
  },
  {
    name: 'A.1: AT_SEQUENCE_NUMBER reads from that record, AFTER_SEQUENCE_NUMBER from the next',
    check: async store => {
      const { table, shardId, records } = await fed(store, 3);
      const number = records[1]?.dynamodb?.SequenceNumber;
      const at = await iteratorAt(store.streams, table.streamArn, shardId, 'AT_SEQUENCE_NUMBER', number);
      const after = await iteratorAt(store.streams, table.streamArn, shardId, 'AFTER_SEQUENCE_NUMBER', number);
      expect(versions((await page(store, at)).Records)).toEqual([2, 3]);
      expect(versions((await page(store, after)).Records)).toEqual([3]);
    },
  },
  {
    name: 'A.1: AT_SEQUENCE_NUMBER needs a sequence number',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      await expect(iteratorAt(store.streams, table.streamArn, shardId, 'AT_SEQUENCE_NUMBER')).rejects.toMatchObject({
        name: 'ValidationException',
      });
    },
  },
  {
    name: 'A.1: there is no AT_TIMESTAMP',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const answer = await store.raw('DynamoDBStreams_20120810.GetShardIterator', {
        StreamArn: table.streamArn,
        ShardId: shardId,
        ShardIteratorType: 'AT_TIMESTAMP',
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ __type: expect.stringContaining('ValidationException') });
    },
  },
  {
    name: 'A.1: an empty page of an open shard has an iterator, and reading goes on from it',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const empty = await page(store, await iteratorAt(store.streams, table.streamArn, shardId, 'LATEST'));
      expect(empty.Records).toEqual([]);
      await table.put(version(2));
      expect(versions((await page(store, empty.NextShardIterator)).Records)).toEqual([2]);
    },
  },
  {
    name: 'A.1: Limit cuts pages, which together hold every record once',
    check: async store => {
      const { table, shardId } = await fed(store, 5);
      const first = await page(store, await iteratorAt(store.streams, table.streamArn, shardId), 2);
      const second = await page(store, first.NextShardIterator, 2);
      const third = await page(store, second.NextShardIterator, 2);
      expect([first, second, third].map(each => versions(each.Records))).toEqual([[1, 2], [3, 4], [5]]);
    },
  },
  {
    name: 'A.1: GetRecords takes a Limit of 1 to 1000',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const iterator = await iteratorAt(store.streams, table.streamArn, shardId);
      for (const limit of [0, 1001]) {
        await expect(page(store, iterator, limit)).rejects.toMatchObject({
          name: 'ValidationException',
          message: expect.stringContaining("at 'limit' failed to satisfy constraint"),
        });
      }
      expect((await page(store, iterator, 1000)).Records).toHaveLength(1);
    },
  },
  {
    name: 'A.1: a page has at most 1000 records',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      for (let at = 0; at < 1050; at += 25) {
        const puts = Array.from({ length: 25 }, (_, n) => ({ PutRequest: { Item: { pk: { S: `k${at + n}` } } } }));
        await store.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: puts } }));
      }
      for (const { ShardId } of await allShards(store.streams, table.streamArn)) {
        const first = await page(store, await iteratorAt(store.streams, table.streamArn, ShardId));
        expect(first.Records?.length).toBeLessThanOrEqual(1000);
      }
      expect(await table.records()).toHaveLength(1050);
    },
  },
  {
    name: 'A.1: a page has at most 1 MB',
    check: async store => {
      const table = await store.create(streaming());
      for (let at = 1; at <= 5; at += 1) await table.put({ ...version(at), note: { S: 'n'.repeat(200_000) } });
      for (const { ShardId } of await allShards(store.streams, table.streamArn)) {
        const first = await page(store, await iteratorAt(store.streams, table.streamArn, ShardId));
        expect(JSON.stringify(first.Records).length).toBeLessThan(MEGABYTE + 10_000);
      }
      expect(versions(await table.records())).toEqual([1, 2, 3, 4, 5]);
    },
  },
  {
    name: 'A.1: what is no iterator is ValidationException',
    check: async store => {
      await expect(page(store, 'nonsense')).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
  {
    name: 'A.1: a stream that is not there is ResourceNotFoundException, which names it',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const unknown = table.streamArn.replace(/\/stream\/.*/, '/stream/2020-01-01T00:00:00.000');
      const refused = {
        name: 'ResourceNotFoundException',
        message: `Requested resource not found: Stream: ${unknown} not found`,
      };
      await expect(store.streams.send(new DescribeStreamCommand({ StreamArn: unknown }))).rejects.toMatchObject(
        refused,
      );
      await expect(iteratorAt(store.streams, unknown, shardId)).rejects.toMatchObject(refused);
    },
  },
  {
    name: 'A.1: a shard that is not there is ResourceNotFoundException',
    check: async store => {
      const table = await store.create(streaming());
      const unknown = 'shardId-00000000000000000000-00000000';
      await expect(iteratorAt(store.streams, table.streamArn, unknown)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    },
  },
  {
    name: 'A.1: DescribeStream and ListStreams take a Limit of at most 100',
    check: async store => {
      const { streamArn } = await store.create(streaming());
      const refused = {
        name: 'ValidationException',
        message: expect.stringContaining('Member must have value less than or equal to 100'),
      };
      const describing = new DescribeStreamCommand({ StreamArn: streamArn, Limit: 101 });
      await expect(store.streams.send(describing)).rejects.toMatchObject(refused);
      await expect(store.streams.send(new ListStreamsCommand({ Limit: 101 }))).rejects.toMatchObject(refused);
    },
  },
  {
    name: 'A.1: only an absent LastEvaluatedShardId is the end of the shards',
    check: async store => {
      const { streamArn } = await store.create(streaming());
      const whole = await allShards(store.streams, streamArn);
      expect(await allShards(store.streams, streamArn, 1)).toEqual(whole);
      const { StreamDescription: rest } = await store.streams.send(
        new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: whole.at(-1)?.ShardId }),
      );
      expect([rest?.Shards, rest?.LastEvaluatedShardId]).toEqual([[], undefined]);
    },
  },
  {
    name: 'A.6: ShardFilter CHILD_SHARDS finds no children of an open shard',
    check: async store => {
      const { table, shardId } = await fed(store, 1);
      const { StreamDescription } = await store.streams.send(
        new DescribeStreamCommand({
          StreamArn: table.streamArn,
          ShardFilter: { Type: 'CHILD_SHARDS', ShardId: shardId },
        }),
      );
      expect(StreamDescription?.Shards).toEqual([]);
    },
  },
  {
    name: 'A.1: ListStreams gives every stream once, page by page, or those of one table',
    check: async store => {
      const made = [await store.create(streaming()), await store.create(streaming())].map(table => table.streamArn);
      const found: (string | undefined)[] = [];
      let from: string | undefined;
      do {
        const listed = await store.streams.send(new ListStreamsCommand({ ExclusiveStartStreamArn: from, Limit: 1 }));
        found.push(...(listed.Streams ?? []).map(stream => stream.StreamArn));
        from = listed.LastEvaluatedStreamArn;
      } while (from !== undefined);
      expect(found.filter(arn => made.includes(arn ?? '')).sort()).toEqual([...made].sort());
      const name = made[1]?.split('/')[1];
      const ofOne = await store.streams.send(new ListStreamsCommand({ TableName: name }));
      expect(ofOne.Streams?.map(stream => stream.StreamArn)).toEqual([made[1]]);
    },
  },
  {
    name: 'A.4: a stream belongs to one Region',
    check: async store => {
      const { name } = await store.create(streaming());
      const elsewhere = store.elsewhere(store.region === 'eu-west-1' ? 'us-east-1' : 'eu-west-1');
      expect((await elsewhere.send(new ListStreamsCommand({ TableName: name }))).Streams).toEqual([]);
    },
  },
];
