import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { ordersTable, START_MS, seededRandom } from './harness.js';
import { wireCall } from './wire.js';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ region: fc.constantFrom(...REGIONS), pk: fc.nat(2), v: fc.nat(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ region: fc.constantFrom(...REGIONS), pk: fc.nat(2), v: fc.constant(undefined) }),
  },
  { weight: 2, arbitrary: fc.record({ waitMs: fc.nat(1500) }) },
  { weight: 1, arbitrary: fc.record({ lagMs: fc.nat(2000) }) },
);

describe('replication (FACTS D.8)', () => {
  it('leaves all Regions with the same items once it has settled, whatever the interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const clock = { now: () => START_MS, sleep: async () => {} };
        const sandbox = await startSandbox({ clock, regions: REGIONS, statusDelayMs: 0, random: seededRandom(7) });
        try {
          const call = (region: string, operation: string, body: object) =>
            wireCall(sandbox.url, `DynamoDB_20120810.${operation}`, { TableName: 'Orders', ...body }, region);
          await call('us-east-1', 'CreateTable', ordersTable());
          for (const RegionName of REGIONS.slice(1)) {
            await call('us-east-1', 'UpdateTable', { ReplicaUpdates: [{ Create: { RegionName } }] });
          }
          for (const each of steps) {
            if ('waitMs' in each) sandbox.control.advanceClock({ ms: each.waitMs });
            else if ('lagMs' in each) sandbox.control.setReplicationLag({ ms: each.lagMs });
            else {
              const key = { pk: { S: `order-${each.pk}` } };
              if (each.v === undefined) await call(each.region, 'DeleteItem', { Key: key });
              else await call(each.region, 'PutItem', { Item: { ...key, v: { N: String(each.v) } } });
            }
          }
          sandbox.control.advanceClock({ ms: 10_000 });
          const [first, ...others] = await Promise.all(
            REGIONS.map(async region => (await call(region, 'Scan', {})).Items),
          );
          for (const other of others) expect(other).toEqual(first);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
