import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allShards, type Harness, iteratorAt, ordersTable, readStream, startHarness } from './harness.js';

const ITEM = { pk: { S: 'a' }, total: { N: '42' } };
const CHANGED = { pk: { S: 'a' }, total: { N: '43' } };

describe('stream records, FACTS A.3', () => {
  let harness: Harness;
  let dynamodb: DynamoDBClient;
  let streams: DynamoDBStreamsClient;

  beforeEach(async () => {
    harness = await startHarness({ shardsPerTable: 1 });
    dynamodb = harness.dynamodb();
    streams = harness.streams();
  });
  afterEach(() => harness.close());

  const create = async (viewType: Parameters<typeof ordersTable>[0] = 'NEW_AND_OLD_IMAGES') => {
    const created = await dynamodb.send(new CreateTableCommand(ordersTable(viewType)));
    return created.TableDescription?.LatestStreamArn ?? '';
  };
  const put = (Item: typeof ITEM) => dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item }));
  const insertModifyRemove = async () => {
    await put(ITEM);
    await put(CHANGED);
    await dynamodb.send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: 'a' } } }));
  };

  it('tells INSERT, MODIFY and REMOVE with both images', async () => {
    const arn = await create();
    await insertModifyRemove();
    const records = await readStream(streams, arn);
    expect(records.map(({ eventName, dynamodb: change }) => [eventName, change?.OldImage, change?.NewImage])).toEqual([
      ['INSERT', undefined, ITEM],
      ['MODIFY', ITEM, CHANGED],
      ['REMOVE', CHANGED, undefined],
    ]);
  });

  it.each([
    ['KEYS_ONLY', [undefined, undefined]],
    ['NEW_IMAGE', [undefined, CHANGED]],
    ['OLD_IMAGE', [ITEM, undefined]],
    ['NEW_AND_OLD_IMAGES', [ITEM, CHANGED]],
  ] as const)('shows of a MODIFY what %s promises', async (viewType, images) => {
    const arn = await create(viewType);
    await insertModifyRemove();
    const [, modify] = await readStream(streams, arn);
    expect([modify?.dynamodb?.OldImage, modify?.dynamodb?.NewImage]).toEqual(images);
    expect(modify?.dynamodb?.Keys).toEqual({ pk: { S: 'a' } });
    expect(modify?.dynamodb?.StreamViewType).toBe(viewType);
  });

  it('has on the wire exactly the members of the documented form, time in whole seconds', async () => {
    const arn = await create();
    await put(ITEM);
    const [shard] = await allShards(streams, arn);
    const answer = await harness.raw('DynamoDBStreams_20120810.GetRecords', {
      ShardIterator: await iteratorAt(streams, arn, shard?.ShardId),
    });
    expect(await answer.json()).toEqual({
      NextShardIterator: expect.stringContaining(`${arn}|1|`),
      Records: [
        {
          awsRegion: 'us-east-1',
          dynamodb: {
            ApproximateCreationDateTime: 1795169472,
            Keys: { pk: { S: 'a' } },
            NewImage: ITEM,
            SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
            SizeBytes: 3 + 3 + 7,
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

  it('keeps every type of value as it was written', async () => {
    const arn = await create('NEW_IMAGE');
    const Item = {
      pk: { S: 'ünïcode "quoted" \\ \u2028 🎉' },
      big: { N: '12345678901234567890123456789012345678' },
      binary: { B: new Uint8Array([0, 255, 128]) },
      yes: { BOOL: true },
      nothing: { NULL: true as const },
      list: { L: [{ N: '1' }, { M: { deep: { S: '' } } }] },
      texts: { SS: ['b', 'a'] },
      numbers: { NS: ['1.5', '-2'] },
      binaries: { BS: [new Uint8Array([1])] },
    };
    await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item }));
    const [record] = await readStream(streams, arn);
    expect(record?.dynamodb?.NewImage).toEqual(Item);
  });

  it('writes no record for a write that changes nothing', async () => {
    const arn = await create();
    await put(ITEM);
    await put(ITEM);
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: 'Orders',
        Key: { pk: { S: 'a' } },
        UpdateExpression: 'SET #t = :t',
        ExpressionAttributeNames: { '#t': 'total' },
        ExpressionAttributeValues: { ':t': { N: '42.0' } },
      }),
    );
    await dynamodb.send(new DeleteItemCommand({ TableName: 'Orders', Key: { pk: { S: 'not there' } } }));
    expect(await readStream(streams, arn)).toHaveLength(1);
  });

  it('takes sets in another order for no change', async () => {
    const arn = await create();
    for (const SS of [
      ['x', 'y'],
      ['y', 'x'],
    ]) {
      await dynamodb.send(new PutItemCommand({ TableName: 'Orders', Item: { pk: { S: 'a' }, tags: { SS } } }));
    }
    expect(await readStream(streams, arn)).toHaveLength(1);
  });

  it('records the writes of batches and transactions', async () => {
    const arn = await create();
    await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { Orders: [{ PutRequest: { Item: { pk: { S: 'batch' } } } }] } }),
    );
    await dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: 'Orders', Item: { pk: { S: 'transaction' } } } },
          { Delete: { TableName: 'Orders', Key: { pk: { S: 'batch' } } } },
        ],
      }),
    );
    const records = await readStream(streams, arn);
    expect(records.map(record => [record.eventName, record.dynamodb?.Keys?.['pk']?.S])).toEqual([
      ['INSERT', 'batch'],
      ['INSERT', 'transaction'],
      ['REMOVE', 'batch'],
    ]);
  });

  it('gives each record its own event id and a growing sequence number', async () => {
    const arn = await create();
    for (let at = 0; at < 50; at += 1) await put({ pk: { S: 'a' }, total: { N: String(at) } });
    const records = await readStream(streams, arn);
    const numbers = records.map(record => BigInt(record.dynamodb?.SequenceNumber ?? 0));
    expect(new Set(records.map(record => record.eventID)).size).toBe(50);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => (a < b ? -1 : 1)));
  });
});
