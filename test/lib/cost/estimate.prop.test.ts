import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Estimate, estimate } from '../../../src/lib/cost/estimate.js';
import { applyChange, withReads, withWrites } from '../../../src/lib/cost/scenario.js';
import type { CapacityMode, Workload } from '../../../src/lib/cost/workload.js';
import { exact, sumOf } from '../../../src/lib/model/exact.js';
import { aLoad, aWorkload, bundledRates, plainEstimate } from './workloads.js';

/** Regions of which the bundled book knows all prices of the table itself. */
const KNOWN = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-1'] as const;

const share = fc.integer({ min: 0, max: 100 }).map(percent => exact(percent).div(100));
const amount = fc.integer({ min: 0, max: 1_000_000_000 });
const capacity: fc.Arbitrary<CapacityMode> = fc.oneof(
  fc.constant({ mode: 'on-demand' as const }),
  fc
    .integer({ min: 1, max: 100 })
    .map(percent => ({ mode: 'provisioned' as const, utilization: exact(percent).div(100) })),
);

const workload: fc.Arbitrary<Workload> = fc
  .record({
    loads: fc.tuple(
      fc.shuffledSubarray([...KNOWN], { minLength: 1 }),
      fc.array(fc.tuple(amount, amount), { minLength: 4, maxLength: 4 }),
    ),
    capacity,
    itemBytes: fc.integer({ min: 1, max: 400 * 1024 }),
    readConsistency: fc.constantFrom('eventual' as const, 'strong' as const),
    transactionalShare: share,
    ttlDeletes: amount.map(exact),
    indexes: fc.array(fc.record({ share, itemBytes: fc.integer({ min: 1, max: 10_000 }) }), { maxLength: 3 }),
    storageGb: fc.integer({ min: 0, max: 10_000 }).map(exact),
    readers: fc.integer({ min: 0, max: 3 }),
    batchSize: fc.integer({ min: 1, max: 10_000 }),
    passShare: share,
    failedShare: share,
  })
  .map(({ loads: [regions, uses], indexes, readers, batchSize, passShare, failedShare, ...rest }) =>
    aWorkload({
      ...rest,
      regions: regions.map((region, at) => aLoad(region, ...(uses[at] ?? [0, 0]))),
      indexes: indexes.map((index, at) => ({ name: String(at + 1), ...index })),
      streamReaders: readers === 0 ? undefined : { count: readers, pollIntervalMs: 1000, shards: 4 },
      trigger: { batchSize, duration: { ms: 100, memoryMb: 128 }, architecture: 'arm64', passShare, failedShare },
    }),
  );

function highOf({ monthly }: Estimate): string {
  return monthly.usd.high.toFixed();
}

function isNotCheaper(dearer: Estimate, cheaper: Estimate): boolean {
  return dearer.monthly.usd.low.gte(cheaper.monthly.usd.low) && dearer.monthly.usd.high.gte(cheaper.monthly.usd.high);
}

/** Makes one quantity of a workload larger by a factor. */
const GROWTHS: readonly (readonly [string, (workload: Workload, factor: number) => Workload])[] = [
  [
    'writes',
    (w, factor) =>
      withWrites(
        w,
        sumOf(w.regions.map(each => each.writes))
          .times(factor)
          .plus(factor - 1),
      ),
  ],
  [
    'reads',
    (w, factor) =>
      withReads(
        w,
        sumOf(w.regions.map(each => each.reads))
          .times(factor)
          .plus(factor - 1),
      ),
  ],
  ['item size', (w, factor) => ({ ...w, itemBytes: w.itemBytes * factor })],
  ['storage', (w, factor) => ({ ...w, storageGb: w.storageGb.times(factor) })],
  ['deletes by TTL', (w, factor) => ({ ...w, ttlDeletes: w.ttlDeletes.times(factor) })],
  ['indexes', (w, factor) => ({ ...w, indexes: Array.from({ length: factor }, () => w.indexes).flat() })],
];

describe('an estimate', () => {
  it.each(GROWTHS)('never falls when there are more %s', (_name, grow) => {
    fc.assert(
      fc.property(workload, fc.integer({ min: 1, max: 5 }), (before, factor) => {
        expect(isNotCheaper(plainEstimate(grow(before, factor)), plainEstimate(before))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is the sum of its lines, and of its Regions', () => {
    fc.assert(
      fc.property(workload, fc.boolean(), fc.boolean(), (each, includeTransfer, freeTier) => {
        const result = estimate(each, bundledRates(), { includeTransfer, freeTier });
        const lines = sumOf(result.lines.filter(({ once }) => !once).map(({ cost }) => cost?.high ?? exact(0)));
        const regions = sumOf([...result.perRegion.values()].map(({ usd }) => usd.high));
        expect([lines.toFixed(), regions.toFixed()]).toEqual([highOf(result), highOf(result)]);
      }),
      { numRuns: 60 },
    );
  });

  it('never becomes cheaper by a Region more', () => {
    fc.assert(
      fc.property(workload, fc.constantFrom(...KNOWN, 'eu-central-1'), (each, region) => {
        fc.pre(!each.regions.some(load => load.region === region));
        const added = applyChange(each, { kind: 'add-replica', region });
        expect(isNotCheaper(plainEstimate(added), plainEstimate(each))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is never dearer for what is free', () => {
    fc.assert(
      fc.property(workload, each => {
        const free = estimate(each, bundledRates(), { includeTransfer: false, freeTier: true });
        expect(isNotCheaper(plainEstimate(each), free)).toBe(true);
        expect(free.lines.every(({ billed }) => billed.low.gte(0))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('comes back to itself when an added replica is removed', () => {
    fc.assert(
      fc.property(workload, each => {
        fc.pre(!each.regions.some(load => load.region === 'eu-central-1'));
        const added = applyChange(each, { kind: 'add-replica', region: 'eu-central-1' });
        const back = applyChange(added, { kind: 'remove-replica', region: 'eu-central-1' });
        expect(back).toEqual(each);
      }),
      { numRuns: 30 },
    );
  });

  it('takes a discount off every line alike', () => {
    fc.assert(
      fc.property(workload, each => {
        const half = plainEstimate(each, bundledRates({ discounts: [{ share: exact('0.5'), dimension: undefined }] }));
        expect(half.monthly.usd.high.times(2).toFixed()).toBe(highOf(plainEstimate(each)));
      }),
      { numRuns: 30 },
    );
  });
});
