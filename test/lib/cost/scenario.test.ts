import { describe, expect, it } from 'vitest';
import { compareEstimates } from '../../../src/lib/cost/compare.js';
import { applyChange, withReads, withWrites } from '../../../src/lib/cost/scenario.js';
import { exact } from '../../../src/lib/model/exact.js';
import { complaintOf } from './complaint.js';
import { aLoad, aWorkload, monthly, plainEstimate, quantities } from './workloads.js';

const two = aWorkload({ regions: [aLoad('us-east-1', 300, 10), aLoad('us-east-2', 100, 30)] });
const strong = aWorkload({
  regions: [aLoad('us-east-1'), aLoad('us-east-2'), aLoad('us-west-2')],
  consistency: 'strong',
});

describe('a change', () => {
  it('of all writes or reads leaves each Region its share', () => {
    expect(withWrites(two, exact(40)).regions.map(({ writes }) => writes.toNumber())).toEqual([30, 10]);
    expect(withReads(two, exact(80)).regions.map(({ reads }) => reads.toNumber())).toEqual([20, 60]);
    expect(withWrites(aWorkload(), exact(40)).regions.map(({ writes }) => writes.toNumber())).toEqual([40]);
  });

  it('of writes forgets what is provisioned today, and scales what was counted as replicated', () => {
    const measured = aWorkload({
      regions: [aLoad('us-east-1', 100), { ...aLoad('us-east-2'), replicated: exact(110) }],
      capacity: { mode: 'provisioned', utilization: exact('0.7'), units: new Map([['us-east-1/writes', exact(9)]]) },
    });
    const doubled = withWrites(measured, exact(200));
    expect(doubled.capacity).toEqual({ mode: 'provisioned', utilization: exact('0.7') });
    expect(doubled.regions[1]?.replicated?.toNumber()).toBe(220);
  });

  it('that removes a replica brings its callers home', () => {
    const [home, ...others] = applyChange(two, { kind: 'remove-replica', region: 'us-east-2' }).regions;
    expect([home?.writes.toNumber(), home?.reads.toNumber(), others]).toEqual([400, 40, []]);
  });

  it('that adds a replica pays for the copy once', () => {
    const table = aWorkload({ regions: [aLoad('us-west-2', 1000)], storageGb: exact(100) });
    const after = plainEstimate(applyChange(table, { kind: 'add-replica', region: 'us-east-2' }));
    // 100 GB x $0.15
    expect(after.once.usd.low.toFixed()).toBe('15');
  });

  it('between eventual and strong consistency changes no price (FACTS D.9)', () => {
    const three = aWorkload({ regions: strong.regions.map((each, at) => ({ ...each, writes: exact(at * 1000) })) });
    const changed = applyChange(three, { kind: 'consistency', consistency: 'strong', witness: undefined });
    expect(monthly(plainEstimate(changed))).toBe(monthly(plainEstimate(three)));
  });

  it('to a witness takes two Regions, and the third costs nothing', () => {
    const changed = applyChange(two, { kind: 'consistency', consistency: 'strong', witness: 'us-west-2' });
    expect(quantities(plainEstimate(changed))).toEqual(quantities(plainEstimate(two)));
  });

  it.each([
    [two, { kind: 'add-replica', region: 'us-east-2' }, 'Orders is in us-east-2 already.'],
    [two, { kind: 'remove-replica', region: 'us-east-1' }, 'us-east-1 is the Region of the table itself'],
    [two, { kind: 'remove-replica', region: 'eu-west-1' }, 'has no replica in eu-west-1. Its replicas: us-east-2.'],
    [aWorkload(), { kind: 'remove-replica', region: 'eu-west-1' }, 'It has no replicas.'],
    [strong, { kind: 'add-replica', region: 'eu-west-1' }, 'its three Regions are fixed when it is made'],
    [two, { kind: 'consistency', consistency: 'strong', witness: undefined }, 'exactly three Regions, not 2'],
    [{ ...two, measured: true }, { kind: 'item-size', itemBytes: 100 }, 'CloudWatch counts units, not items'],
  ] as const)('is refused where it does not fit the table (%#)', (workload, change, complaint) => {
    expect(complaintOf(() => applyChange(workload, change))).toContain(complaint);
  });
});

describe('two estimates beside each other', () => {
  it('have the differences of their lines, what is new and what is gone', () => {
    const before = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 1_000_000)], storageGb: exact(4) }));
    const after = plainEstimate(aWorkload({ regions: [aLoad('us-east-1', 2_000_000, 8_000_000)] }));
    const { lines, difference, atLeast } = compareEstimates(before, after);
    expect(lines.map(each => [each.id, each.difference?.toFixed()])).toEqual([
      ['us-east-1/writes', '0.625'],
      ['us-east-1/storage', '-1'],
      // 8 million x 0.5 x $0.125
      ['us-east-1/reads', '0.5'],
    ]);
    expect([difference.toFixed(), atLeast]).toEqual(['0.125', false]);
  });

  it('have no difference where a price is missing, and say which', () => {
    const before = plainEstimate(aWorkload({ regions: [aLoad('us-east-1')], storageGb: exact(4) }));
    const after = plainEstimate(aWorkload({ storageGb: exact(4), pitr: 'everywhere' }));
    const { lines, atLeast, unknown } = compareEstimates(before, after);
    expect(lines.map(each => each.difference?.toFixed())).toEqual(['0', undefined]);
    expect([atLeast, unknown]).toEqual([true, [{ region: 'us-east-1', dimension: 'pitr' }]]);
  });
});
