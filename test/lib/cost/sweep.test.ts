import { describe, expect, it } from 'vitest';
import { type Sweep, sweep, type SweepRange } from '../../../src/lib/cost/sweep.js';
import type { Workload } from '../../../src/lib/cost/workload.js';
import { exact } from '../../../src/lib/model/exact.js';
import { aLoad, aWorkload, bundledRates } from './workloads.js';

const options = {
  includeTransfer: false,
  freeTier: false,
  provisioned: { mode: 'provisioned', utilization: exact(1) },
} as const;

function swept(parts: Partial<Workload>, range: SweepRange, utilization = '1'): Sweep {
  const provisioned = { mode: 'provisioned', utilization: exact(utilization) } as const;
  return sweep(aWorkload(parts), bundledRates(), { ...options, provisioned }, range, 5);
}

const writes = (from: number, to: number): SweepRange => ({ of: 'writes', from: exact(from), to: exact(to) });

describe('a sweep', () => {
  it('goes from one end to the other by the same factor', () => {
    const { points } = swept({}, writes(1000, 10_000_000));
    expect(points.map(({ value }) => value.toNumber())).toEqual([1000, 10_000, 100_000, 1_000_000, 10_000_000]);
    // 10,000,000 x $0.625 a million
    expect(points.at(-1)?.monthly.usd.high.toFixed()).toBe('6.25');
  });

  it('finds where on-demand and provisioned cost the same', () => {
    // One WCU is the least: 730 h x $0.00065 = $0.4745 a month, up to 2,628,000 writes. On demand that buys
    // 0.4745 / 0.625 x 1,000,000 = 759,200 writes.
    const { verdicts } = swept({}, writes(100_000, 2_600_000));
    expect(verdicts[0]).toMatchObject({
      kind: 'break-even',
      places: [{ cheaperBelow: 'on-demand', cheaperAbove: 'provisioned' }],
    });
    const [verdict] = verdicts;
    const at = verdict?.kind === 'break-even' ? verdict.places[0]?.at.toNumber() : undefined;
    expect(at).toBeGreaterThan(759_200);
    expect(at).toBeLessThan(759_200 * 1.002);
  });

  it('finds where Standard and Standard-IA cost the same', () => {
    // 100 GB: $25 against $10 of storage; a million writes cost $0.155 more in Standard-IA: 15 / 0.155 = 96.77 million.
    const [, verdict] = swept({ storageGb: exact(100) }, writes(1_000_000, 1_000_000_000)).verdicts;
    expect(verdict).toMatchObject({
      kind: 'break-even',
      places: [{ cheaperBelow: 'standard-ia', cheaperAbove: 'standard' }],
    });
    const at = verdict?.kind === 'break-even' ? verdict.places[0]?.at.toNumber() : undefined;
    expect(at).toBeGreaterThan(96_774_193);
    expect(at).toBeLessThan(96_774_193 * 1.002);
  });

  it('says which is cheaper throughout, and that two are the same', () => {
    // 10 million writes a month are 3.8 a second: 4 WCU, far below $6.25.
    expect(swept({}, writes(10_000_000, 20_000_000)).verdicts[0]).toMatchObject({
      kind: 'always',
      cheaper: 'provisioned',
    });
    // Nothing but storage: how throughput is paid for makes no difference.
    const range: SweepRange = { of: 'storage', from: exact(10), to: exact(100) };
    expect(swept({}, range).verdicts[0]).toMatchObject({ kind: 'same' });
  });

  it('names the prices without which two cannot be compared', () => {
    const { verdicts, unknown } = swept({ regions: [aLoad('eu-west-1')] }, writes(1_000_000, 2_000_000));
    expect(verdicts[1]).toMatchObject({ kind: 'unknown', missing: [{ region: 'eu-west-1', dimension: 'ia-wru' }] });
    // The table itself lacks nothing.
    expect(unknown).toEqual([]);
  });

  it('compares all the same where both lack the same line', () => {
    const range = writes(10_000_000, 20_000_000);
    const { verdicts, unknown, points } = swept({ storageGb: exact(10), pitr: 'everywhere' }, range);
    expect(unknown).toEqual([{ region: 'us-east-1', dimension: 'pitr' }]);
    expect(points[0]?.monthly.atLeast).toBe(true);
    expect(verdicts[0]).toMatchObject({ kind: 'always', cheaper: 'provisioned' });
  });

  it('sets sizes, reads and storage as well', () => {
    const load = aLoad('us-east-1', 1_000_000);
    const size: SweepRange = { of: 'item-size', from: exact(1024), to: exact(16_384) };
    // $0.625 for each KB; an index without a size of its own grows with the item
    const grown = swept({ regions: [load], indexes: [{ name: '1', share: exact(1), itemBytes: undefined }] }, size);
    expect(grown.points.map(({ monthly }) => monthly.usd.high.toFixed())).toEqual(['1.25', '2.5', '5', '10', '20']);
    const reads: SweepRange = { of: 'reads', from: exact(1_000_000), to: exact(16_000_000) };
    // half a unit each, $0.125 a million
    expect(swept({}, reads).points[0]?.monthly.usd.high.toFixed()).toBe('0.0625');
  });
});
