import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { ordersTable, seededRandom } from './harness.js';
import { replay, wireRecords, wireShards } from './replay.js';
import { wireCall } from './wire.js';

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

          const { items, numbers } = replay(await wireRecords({ url: sandbox.url, arn }, limit));
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

async function nthOpenShard({ url }: Sandbox, arn: string, n: number) {
  const shards = await wireShards({ url, arn });
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
