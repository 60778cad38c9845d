import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { ordersTable, seededRandom } from './harness.js';
import { type WireItem, type WireRecord, type WireShard, wireCall } from './wire.js';

const keys = fc.nat(6).map(n => ({ pk: { S: `order-${n}` } }));
const values = fc.nat(3).map(n => ({ N: String(n) }));

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: fc.tuple(keys, values).map(([key, v]) => ({ ...key, v })) }) },
  { weight: 3, arbitrary: fc.record({ addTo: keys, v: values }) },
  { weight: 3, arbitrary: fc.record({ remove: keys }) },
  { weight: 1, arbitrary: fc.record({ splitNth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ rollNth: fc.nat(20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('the stream', () => {
  it('replayed onto an empty map gives the table, whatever is written, split and rolled over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), async (steps, limit) => {
        const sandbox = await startSandbox({ statusDelayMs: 0, random: seededRandom(steps.length), shardsPerTable: 2 });
        try {
          const created = await dynamodb(sandbox, 'CreateTable', ordersTable('NEW_AND_OLD_IMAGES'));
          const arn = created.TableDescription?.LatestStreamArn ?? '';
          for (const each of steps) await perform(sandbox, arn, each);

          const { items, numbers } = replay(await readAll(sandbox, arn, limit));
          const { Items } = await dynamodb(sandbox, 'Scan', { TableName: 'Orders' });
          expect(items).toEqual(new Map(Items?.map(item => [item.pk.S, item])));
          expect(new Set(numbers).size).toBe(numbers.length);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

const dynamodb = (sandbox: Sandbox, operation: string, body: object) =>
  wireCall(sandbox.url, `DynamoDB_20120810.${operation}`, body);

const streams = (sandbox: Sandbox, operation: string, body: object) =>
  wireCall(sandbox.url, `DynamoDBStreams_20120810.${operation}`, body);

async function shardsOf(sandbox: Sandbox, StreamArn: string): Promise<readonly WireShard[]> {
  return (await streams(sandbox, 'DescribeStream', { StreamArn })).StreamDescription?.Shards ?? [];
}

async function nthOpenShard(sandbox: Sandbox, arn: string, n: number) {
  const shards = await shardsOf(sandbox, arn);
  const parents = new Set(shards.map(shard => shard.ParentShardId));
  const open = shards.filter(shard => !parents.has(shard.ShardId));
  return { table: 'Orders', shardId: open[n % open.length]?.ShardId ?? '' };
}

async function perform(sandbox: Sandbox, arn: string, each: Step): Promise<void> {
  const TableName = 'Orders';
  if ('splitNth' in each) sandbox.control.splitShard(await nthOpenShard(sandbox, arn, each.splitNth));
  else if ('rollNth' in each) sandbox.control.rollShard(await nthOpenShard(sandbox, arn, each.rollNth));
  else if ('put' in each) await dynamodb(sandbox, 'PutItem', { TableName, Item: each.put });
  else if ('remove' in each) await dynamodb(sandbox, 'DeleteItem', { TableName, Key: each.remove });
  else {
    await dynamodb(sandbox, 'UpdateItem', {
      TableName,
      Key: each.addTo,
      UpdateExpression: 'ADD v :v',
      ExpressionAttributeValues: { ':v': each.v },
    });
  }
}

/** Everything in the stream, shard by shard; the shards' ids are in the order of their birth, so parents come first. */
async function readAll(sandbox: Sandbox, StreamArn: string, limit: number): Promise<readonly WireRecord[]> {
  const records: WireRecord[] = [];
  for (const { ShardId } of await shardsOf(sandbox, StreamArn)) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' };
    let iterator = (await streams(sandbox, 'GetShardIterator', start)).ShardIterator;
    while (iterator !== undefined) {
      const page = await streams(sandbox, 'GetRecords', { ShardIterator: iterator, Limit: limit });
      records.push(...(page.Records ?? []));
      iterator = page.Records?.length === 0 ? undefined : page.NextShardIterator;
    }
  }
  return records;
}

/** Applies the records; each must fit onto what the ones before it left. */
function replay(records: readonly WireRecord[]) {
  const items = new Map<string, WireItem>();
  const numbers: string[] = [];
  for (const { eventName, dynamodb: change } of records) {
    const key = change.Keys.pk.S;
    const known = items.get(key);
    expect(change.OldImage).toEqual(known);
    expect(change.NewImage).not.toEqual(known);
    expect(eventName).toBe(change.NewImage === undefined ? 'REMOVE' : known === undefined ? 'INSERT' : 'MODIFY');
    if (change.NewImage === undefined) items.delete(key);
    else items.set(key, change.NewImage);
    numbers.push(change.SequenceNumber);
  }
  return { items, numbers };
}
