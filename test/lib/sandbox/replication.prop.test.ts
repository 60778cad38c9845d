import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/lib/sandbox/sandbox.js';
import { ordersTable, START_MS, seededRandom } from './harness.js';
import { replay, wireRecords } from './replay.js';
import { type WireItem, wireCall } from './wire.js';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];
const ADDED = 'eu-west-1';
const TableName = 'Orders';

const region = fc.constantFrom(...REGIONS);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ put: region, pk: fc.nat(2), v: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ remove: region, pk: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ waitMs: fc.nat(1500) }) },
  { weight: 1, arbitrary: fc.record({ lagMs: fc.nat(2000) }) },
  { weight: 1, arbitrary: fc.record({ lagMs: fc.nat(2000), from: region, to: region }) },
  { weight: 1, arbitrary: fc.record({ cut: region }) },
  { weight: 1, arbitrary: fc.record({ heal: region }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A run of the table `Orders` in two Regions, and in a third from some step on. */
interface Run {
  readonly sandbox: Sandbox;
  readonly members: Set<string>;
}

describe('replication (FACTS D.8)', () => {
  it('leaves all Regions equal once it has settled, whatever the interleaving, cuts and joins; and so do their streams', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(40), async (steps, joinsAt) => {
        const clock = { now: () => START_MS, sleep: async () => {} };
        const sandbox = await startSandbox({ clock, regions: REGIONS, statusDelayMs: 0, random: seededRandom(7) });
        const run = { sandbox, members: new Set(['us-east-1']) };
        try {
          await call(run, 'us-east-1', 'CreateTable', ordersTable());
          await join(run, 'us-west-2');
          let atJoin: readonly WireItem[] = [];
          for (const [at, each] of steps.entries()) {
            if (at === joinsAt) atJoin = await join(run, ADDED);
            await perform(run, each);
          }
          if (!run.members.has(ADDED)) atJoin = await join(run, ADDED);
          for (const each of REGIONS) sandbox.control.healRegion({ region: each });
          sandbox.control.advanceClock({ ms: 10_000 });

          const [first, ...others] = await Promise.all(REGIONS.map(each => itemsIn(run, each)));
          for (const other of others) expect(other).toEqual(first);
          for (const each of REGIONS) {
            const before = each === ADDED ? atJoin : [];
            const { items } = replay(await recordsIn(run, each), before);
            expect(items).toEqual(new Map(first?.map(item => [item.pk.S, item])));
          }
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('lets the last writer win, whoever hears of it first', async () => {
    const writes = fc.array(fc.record({ put: region, pk: fc.constant(0), v: fc.nat(9) }), {
      minLength: 1,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(writes, fc.array(fc.nat(2000), { minLength: 6, maxLength: 6 }), async (steps, lags) => {
        const clock = { now: () => START_MS, sleep: async () => {} };
        const sandbox = await startSandbox({ clock, regions: REGIONS, statusDelayMs: 0, random: seededRandom(7) });
        const run = { sandbox, members: new Set(['us-east-1']) };
        try {
          await call(run, 'us-east-1', 'CreateTable', ordersTable());
          await join(run, 'us-west-2');
          await join(run, ADDED);
          const pairs = REGIONS.flatMap(from => REGIONS.filter(to => to !== from).map(to => ({ from, to })));
          for (const [at, pair] of pairs.entries()) {
            sandbox.control.setReplicationLag({ ms: 1 + (lags[at] ?? 0), ...pair });
          }
          // Each write says when it was made, so that none is equal to the one before it.
          for (const [at, each] of steps.entries()) {
            await call(run, each.put, 'PutItem', { Item: { pk: { S: 'a' }, at: { N: String(at) } } });
          }
          sandbox.control.advanceClock({ ms: 10_000 });
          const last = [{ pk: { S: 'a' }, at: { N: String(steps.length - 1) } }];
          for (const each of REGIONS) expect(await itemsIn(run, each)).toEqual(last);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

const call = ({ sandbox }: Run, inRegion: string, operation: string, body: object) =>
  wireCall(sandbox.url, `DynamoDB_20120810.${operation}`, { TableName, ...body }, inRegion);

/**
 * Adds a replica, filled from us-east-1; gives the items that it begins with, which are in no record of its own: those of
 * its source. A write that was on its way to the source comes to the replica as a write, and has its record.
 */
async function join(run: Run, added: string): Promise<readonly WireItem[]> {
  const filledWith = await itemsIn(run, 'us-east-1');
  await call(run, 'us-east-1', 'UpdateTable', { ReplicaUpdates: [{ Create: { RegionName: added } }] });
  run.members.add(added);
  return filledWith;
}

async function perform(run: Run, each: Step): Promise<void> {
  const { control } = run.sandbox;
  if ('waitMs' in each) control.advanceClock({ ms: each.waitMs });
  else if ('from' in each) control.setReplicationLag({ ms: each.lagMs, from: each.from, to: each.to });
  else if ('lagMs' in each) control.setReplicationLag({ ms: each.lagMs });
  else if ('cut' in each) control.cutRegion({ region: each.cut });
  else if ('heal' in each) control.healRegion({ region: each.heal });
  else if ('put' in each) {
    const Item = { pk: { S: `order-${each.pk}` }, v: { N: String(each.v) } };
    if (run.members.has(each.put)) await call(run, each.put, 'PutItem', { Item });
  } else if (run.members.has(each.remove)) {
    await call(run, each.remove, 'DeleteItem', { Key: { pk: { S: `order-${each.pk}` } } });
  }
}

async function itemsIn(run: Run, inRegion: string): Promise<readonly WireItem[]> {
  return (await call(run, inRegion, 'Scan', {})).Items ?? [];
}

async function recordsIn(run: Run, inRegion: string) {
  const { Table } = await call(run, inRegion, 'DescribeTable', {});
  return wireRecords({ url: run.sandbox.url, arn: Table?.LatestStreamArn ?? '', region: inRegion }, 1000);
}
