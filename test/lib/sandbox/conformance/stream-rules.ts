import {
  BatchWriteItemCommand,
  type StreamViewType,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetRecordsCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { expect } from 'vitest';
import { allShards, iteratorAt, readStream } from '../harness.js';
import { type Store, type StoreRule, type StoreTable, streaming } from './store.js';

const KEY = { pk: { S: 'a' } };
const ITEM = { ...KEY, total: { N: '42' } };
const CHANGED = { ...KEY, total: { N: '43' } };

async function insertModifyRemove(table: StoreTable): Promise<void> {
  await table.put(ITEM);
  await table.put(CHANGED);
  await table.remove(KEY);
}

/** The images of a MODIFY, old and new, in the stream of a view type. */
async function imagesOfModify(store: Store, viewType: StreamViewType) {
  const table = await store.create(streaming(viewType));
  await insertModifyRemove(table);
  const [, modify] = await table.records();
  expect(modify?.dynamodb).toMatchObject({ Keys: KEY, StreamViewType: viewType });
  return [modify?.dynamodb?.OldImage, modify?.dynamodb?.NewImage];
}

const statusOf = async (store: Store, arn: string) =>
  (await store.streams.send(new DescribeStreamCommand({ StreamArn: arn }))).StreamDescription?.StreamStatus;

/** Waits for a stream to leave the status of a moment. */
async function settledStatus(store: Store, arn: string): Promise<string | undefined> {
  let status = await statusOf(store, arn);
  while (status?.endsWith('ING') === true) status = await statusOf(store, arn);
  return status;
}

/** What streams hold, and how they begin and end: FACTS A.3 and A.4. */
export const streamRules: readonly StoreRule[] = [
  {
    name: 'A.3: INSERT, MODIFY and REMOVE carry both images of NEW_AND_OLD_IMAGES',
    check: async store => {
      const table = await store.create(streaming());
      await insertModifyRemove(table);
      const records = await table.records();
      expect(records.map(({ eventName, dynamodb: change }) => [eventName, change?.OldImage, change?.NewImage])).toEqual(
        [
          ['INSERT', undefined, ITEM],
          ['MODIFY', ITEM, CHANGED],
          ['REMOVE', CHANGED, undefined],
        ],
      );
    },
  },
  {
    name: 'A.3: each view type shows of a MODIFY what it promises',
    check: async store => {
      expect(await imagesOfModify(store, 'KEYS_ONLY')).toEqual([undefined, undefined]);
      expect(await imagesOfModify(store, 'NEW_IMAGE')).toEqual([undefined, CHANGED]);
      expect(await imagesOfModify(store, 'OLD_IMAGE')).toEqual([ITEM, undefined]);
      expect(await imagesOfModify(store, 'NEW_AND_OLD_IMAGES')).toEqual([ITEM, CHANGED]);
    },
  },
  {
    name: 'A.3: a record has on the wire the documented members and no others',
    check: async store => {
      const table = await store.create(streaming());
      await table.put(ITEM);
      const [record] = await recordsOnTheWire(store, table);
      expect(record).toEqual({
        awsRegion: expect.any(String),
        dynamodb: {
          ApproximateCreationDateTime: expect.any(Number),
          Keys: KEY,
          NewImage: ITEM,
          SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
          SizeBytes: expect.any(Number),
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventID: expect.any(String),
        eventName: 'INSERT',
        eventSource: 'aws:dynamodb',
        eventVersion: '1.1',
      });
    },
  },
  {
    name: 'A.3: awsRegion is the Region of the request',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      await table.put(ITEM);
      expect((await table.records())[0]?.awsRegion).toBe(store.region);
    },
  },
  {
    name: 'A.3: ApproximateCreationDateTime is a number of whole seconds',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      await table.put(ITEM);
      const [record] = await recordsOnTheWire(store, table);
      expect(Number.isInteger(record?.dynamodb.ApproximateCreationDateTime)).toBe(true);
    },
  },
  {
    name: 'A.3: every type of value comes as it was written',
    check: async store => {
      const table = await store.create(streaming('NEW_IMAGE'));
      const Item = {
        pk: { S: 'ünïcode "quoted" \\ \u2028 🎉' },
        big: { N: '12345678901234567890123456789012345678' },
        binary: { B: new Uint8Array([0, 255, 128]) },
        yes: { BOOL: true },
        nothing: { NULL: true as const },
        list: { L: [{ N: '1' }, { M: { deep: { S: '' } } }] },
        texts: { SS: ['one'] },
        numbers: { NS: ['-1.5'] },
        binaries: { BS: [new Uint8Array([1])] },
      };
      await table.put(Item);
      expect((await table.records())[0]?.dynamodb?.NewImage).toEqual(Item);
    },
  },
  {
    name: 'A.3: a write that changes nothing makes no record',
    check: async store => {
      const table = await store.create(streaming());
      await table.put(ITEM);
      await table.put(ITEM);
      await store.dynamodb.send(
        new UpdateItemCommand({
          TableName: table.name,
          Key: KEY,
          UpdateExpression: 'SET #t = :t',
          ExpressionAttributeNames: { '#t': 'total' },
          ExpressionAttributeValues: { ':t': { N: '42.0' } },
        }),
      );
      await table.remove({ pk: { S: 'not there' } });
      expect(await table.records()).toHaveLength(1);
    },
  },
  {
    name: 'A.3: a set in another order is no change',
    check: async store => {
      const table = await store.create(streaming());
      await table.put({ ...KEY, tags: { SS: ['x', 'y'] } });
      await table.put({ ...KEY, tags: { SS: ['y', 'x'] } });
      expect(await table.records()).toHaveLength(1);
    },
  },
  {
    name: 'A.3: the writes of batches and transactions are recorded, one by one',
    check: async store => {
      const table = await store.create(streaming());
      await store.dynamodb.send(
        new BatchWriteItemCommand({ RequestItems: { [table.name]: [{ PutRequest: { Item: ITEM } }] } }),
      );
      await store.dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName: table.name, Item: { pk: { S: 'b' } } } },
            { Delete: { TableName: table.name, Key: KEY } },
          ],
        }),
      );
      const records = await table.records();
      expect(records.map(record => `${record.eventName} ${record.dynamodb?.Keys?.['pk']?.S}`).sort()).toEqual([
        'INSERT a',
        'INSERT b',
        'REMOVE a',
      ]);
    },
  },
  {
    name: 'A.3: each record has an event id of its own and, for an item, a larger sequence number than the one before',
    check: async store => {
      const table = await store.create(streaming());
      for (let at = 0; at < 20; at += 1) await table.put({ ...KEY, total: { N: String(at) } });
      const records = await table.records();
      const numbers = records.map(record => BigInt(record.dynamodb?.SequenceNumber ?? 0));
      expect(records.map(record => record.dynamodb?.NewImage?.['total']?.N)).toEqual(
        Array.from({ length: 20 }, (_, at) => String(at)),
      );
      expect(new Set(records.map(record => record.eventID)).size).toBe(20);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => (a < b ? -1 : 1)));
    },
  },
  {
    name: 'A.4: what is enabled is not enabled again, with the same view type or another',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      for (const StreamViewType of ['KEYS_ONLY', 'NEW_IMAGE'] as const) {
        await expect(
          table.update({ StreamSpecification: { StreamEnabled: true, StreamViewType } }),
        ).rejects.toMatchObject({
          name: 'ValidationException',
          message: `Table already has an enabled stream: TableName: ${table.name}`,
        });
      }
    },
  },
  {
    name: 'A.4: what is not enabled is not disabled',
    check: async store => {
      const table = await store.create();
      await expect(table.update({ StreamSpecification: { StreamEnabled: false } })).rejects.toMatchObject({
        name: 'ValidationException',
        message: `Table has no stream to disable: TableName: ${table.name}`,
      });
    },
  },
  {
    name: 'A.4: enabling takes a view type',
    check: async store => {
      const table = await store.create();
      await expect(table.update({ StreamSpecification: { StreamEnabled: true } })).rejects.toMatchObject({
        name: 'ValidationException',
        message:
          'One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required',
      });
    },
  },
  {
    name: 'A.4: disabling takes no view type',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      await expect(
        table.update({ StreamSpecification: { StreamEnabled: false, StreamViewType: 'KEYS_ONLY' } }),
      ).rejects.toMatchObject({
        name: 'ValidationException',
        message:
          'One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be specified',
      });
    },
  },
  {
    name: 'A.4: a view type that there is not is refused',
    check: async store => {
      const answer = await store.raw('DynamoDB_20120810.UpdateTable', {
        TableName: (await store.create()).name,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'EVERYTHING' },
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ __type: expect.stringContaining('ValidationException') });
    },
  },
  {
    name: 'A.4: nothing but a change to on-demand goes along with a stream',
    check: async store => {
      const table = await store.create();
      const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const;
      await expect(table.update({ StreamSpecification, DeletionProtectionEnabled: true })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      const allowed = await table.update({ StreamSpecification, BillingMode: 'PAY_PER_REQUEST' });
      expect(allowed?.LatestStreamArn).toBeDefined();
    },
  },
  {
    name: 'A.4: after disabling there is no StreamSpecification, and still the latest stream',
    check: async store => {
      const table = await store.create(streaming('NEW_IMAGE'));
      await table.update({ StreamSpecification: { StreamEnabled: false } });
      const description = await table.describe();
      expect(description?.StreamSpecification).toBeUndefined();
      expect(description?.LatestStreamArn).toBe(table.streamArn);
      expect(description?.LatestStreamLabel).toBe(table.streamArn.split('/stream/')[1]);
    },
  },
  {
    name: 'A.4: a disabled stream has closed shards and can be read to its end',
    check: async store => {
      const table = await store.create(streaming('NEW_IMAGE'));
      await table.put(ITEM);
      await table.update({ StreamSpecification: { StreamEnabled: false } });
      expect(await settledStatus(store, table.streamArn)).toBe('DISABLED');
      await table.put(CHANGED);
      const shards = await allShards(store.streams, table.streamArn);
      expect(shards.every(shard => shard.SequenceNumberRange?.EndingSequenceNumber !== undefined)).toBe(true);
      expect((await table.records()).map(record => record.dynamodb?.NewImage)).toEqual([ITEM]);
    },
  },
  {
    name: 'A.1: NextShardIterator is absent once a closed shard is read to its end',
    check: async store => {
      const table = await store.create(streaming('KEYS_ONLY'));
      await table.put(ITEM);
      await table.update({ StreamSpecification: { StreamEnabled: false } });
      await settledStatus(store, table.streamArn);
      let records = 0;
      for (const shard of await allShards(store.streams, table.streamArn)) {
        let iterator = await iteratorAt(store.streams, table.streamArn, shard.ShardId);
        for (let pages = 0; iterator !== undefined; pages += 1) {
          expect(pages).toBeLessThan(5);
          const page = await store.streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
          records += page.Records?.length ?? 0;
          iterator = page.NextShardIterator;
        }
      }
      expect(records).toBe(1);
    },
  },
  {
    name: 'A.4: enabled again it is a new stream, and the old one is still listed and read',
    check: async store => {
      const table = await store.create(streaming('NEW_IMAGE'));
      await table.put(ITEM);
      await table.update({ StreamSpecification: { StreamEnabled: false } });
      const again = await table.update({
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'OLD_IMAGE' },
      });
      const { Streams } = await store.streams.send(new ListStreamsCommand({ TableName: table.name }));
      expect(again?.LatestStreamArn).not.toBe(table.streamArn);
      expect(Streams?.map(each => each.StreamArn).sort()).toEqual([table.streamArn, again?.LatestStreamArn].sort());
      expect(await table.records()).toHaveLength(1);
      expect(await readStream(store.streams, again?.LatestStreamArn ?? '')).toEqual([]);
    },
  },
  {
    name: 'A.4: the stream of a deleted table is DISABLED, listed, and can be read',
    check: async store => {
      const table = await store.create(streaming('NEW_IMAGE'));
      await table.put(ITEM);
      await table.drop();
      expect(await settledStatus(store, table.streamArn)).toBe('DISABLED');
      const { Streams } = await store.streams.send(new ListStreamsCommand({ TableName: table.name }));
      expect(Streams).toHaveLength(1);
      expect(await table.records()).toHaveLength(1);
    },
  },
];

/** What a stream record has on the wire. */
interface RawRecord {
  readonly dynamodb: { readonly ApproximateCreationDateTime: number };
}

/** The records of a stream as they come over the wire, without the SDK's reading of them. */
async function recordsOnTheWire(store: Store, table: StoreTable): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = [];
  for (const shard of await allShards(store.streams, table.streamArn)) {
    const answer = await store.raw('DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: await iteratorAt(store.streams, table.streamArn, shard.ShardId),
    });
    const page: { readonly Records: readonly RawRecord[] } = JSON.parse(await answer.text());
    records.push(...page.Records);
  }
  return records;
}
