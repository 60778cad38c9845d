import { describe, expect, it } from 'vitest';
import type { RegionTable } from '../../../src/lib/aws/region-table.js';
import { type MeasuredRegion, type Measurement, measureWorkload } from '../../../src/lib/cost/measure.js';
import { applyChange } from '../../../src/lib/cost/scenario.js';
import type { Workload } from '../../../src/lib/cost/workload.js';
import { aRegionTable } from '../../support/fake-global.js';
import { fakeMetrics, type FakeMetrics } from '../../support/fake-metrics.js';
import { complaintOf } from './complaint.js';
import { plainEstimate, quantities } from './workloads.js';

const HOUR_MS = 3_600_000;
const END_MS = Date.parse('2026-11-23T12:00:00Z');
/** 73 hours: a month of 730 has ten of them. */
const period = { startMs: END_MS - 73 * HOUR_MS, endMs: END_MS };
const GB = 1024 ** 3;

interface Side extends MeasuredRegion {
  readonly metrics: FakeMetrics;
  /** Puts a value an hour ago. */
  put(
    name: string,
    value: number,
    more?: Readonly<Record<string, string>>,
    statistic?: 'Sum' | 'SampleCount' | 'Average',
  ): void;
}

function side(region: string, change: Partial<RegionTable> = {}, hasPitr = false): Side {
  const metrics = fakeMetrics(region);
  return {
    table: aRegionTable(region, change),
    hasPitr,
    metrics,
    put: (name, value, more = {}, statistic = 'Sum') => {
      const metric = { namespace: 'AWS/DynamoDB', name, dimensions: { TableName: 'Orders', ...more } };
      metrics.put(metric, statistic, [
        { atMs: END_MS - 73 * HOUR_MS, value: 0 },
        { atMs: END_MS - HOUR_MS, value },
      ]);
    },
  };
}

async function measure(...sides: readonly Side[]): Promise<Measurement> {
  return measureWorkload(sides, period, new AbortController().signal);
}

function measuredQuantities(workload: Workload): Readonly<Record<string, string>> {
  return quantities(plainEstimate(workload));
}

describe('a measured table', () => {
  it('has what CloudWatch counted, scaled to a month', async () => {
    const home = side(
      'us-east-1',
      { sizeBytes: 2 * GB, indexes: [{ name: 'byDate', status: 'ACTIVE', capacity: undefined, sizeBytes: GB }] },
      true,
    );
    home.put('ConsumedWriteCapacityUnits', 100);
    home.put('ConsumedReadCapacityUnits', 40.5);
    home.put('ConsumedWriteCapacityUnits', 60, { GlobalSecondaryIndexName: 'byDate' });
    home.put('ConsumedReadCapacityUnits', 9.5, { GlobalSecondaryIndexName: 'byDate' });
    home.put('SuccessfulRequestLatency', 700, { Operation: 'GetRecords' }, 'SampleCount');
    const { workload, notes } = await measure(home);
    expect(measuredQuantities(workload)).toEqual({
      'us-east-1/writes': '1000',
      'us-east-1/index byDate writes': '600',
      // of the table and of its index
      'us-east-1/reads': '500',
      'us-east-1/storage': '3',
      'us-east-1/pitr': '3',
      // Lambda's and replication's calls are free, and not told apart
      'us-east-1/stream reads': '0 to 7000',
    });
    expect(notes).toEqual([]);
    expect(plainEstimate(workload).lines.find(line => line.id.endsWith('/writes'))?.rule).toBe('measured');
  });

  it("has each Region's own writes and what was replicated to it, TTL and transactions and all", async () => {
    const home = side('us-east-1');
    const other = side('us-east-2');
    home.put('ConsumedWriteCapacityUnits', 130);
    home.put('ConsumedWriteCapacityUnits', 100, { Source: 'Customer' });
    home.put('ConsumedWriteCapacityUnits', 30, { Source: 'GlobalTable' });
    other.put('ConsumedWriteCapacityUnits', 150);
    other.put('ConsumedWriteCapacityUnits', 30, { Source: 'Customer' });
    // 20 more than were written in us-east-1: deletes by TTL there, which are free there.
    other.put('ConsumedWriteCapacityUnits', 120, { Source: 'GlobalTable' });
    const { workload } = await measure(home, other);
    expect(measuredQuantities(workload)).toEqual({ 'us-east-1/writes': '1300', 'us-east-2/writes': '1500' });
  });

  it('takes the busiest Region for all where CloudWatch tells no sources, and says so', async () => {
    const home = side('us-east-1');
    const other = side('us-east-2');
    home.put('ConsumedWriteCapacityUnits', 90);
    other.put('ConsumedWriteCapacityUnits', 100);
    const { workload, notes } = await measure(home, other);
    expect(measuredQuantities(workload)).toEqual({ 'us-east-1/writes': '1000', 'us-east-2/writes': '1000' });
    expect(notes).toEqual([expect.stringContaining('those of the busiest Region are taken for all')]);
  });

  it('pays for what auto scaling provisioned on average in each Region, and else for what is provisioned now', async () => {
    const index = { name: 'byDate', status: 'ACTIVE', capacity: { readUnits: 5, writeUnits: 7 }, sizeBytes: 0 };
    const home = side('us-east-1', { capacity: { readUnits: 10, writeUnits: 20 }, indexes: [index] });
    const other = side('us-east-2', { capacity: { readUnits: 50, writeUnits: 20 } });
    home.put('ConsumedWriteCapacityUnits', 100);
    // 0 and 60 on average
    home.put('ProvisionedWriteCapacityUnits', 60, {}, 'Average');
    const { workload } = await measure(home, other);
    expect(measuredQuantities(workload)).toEqual({
      // 30 rWCU x 730 h; 7 WCU of the index; 10 + 5 RCU
      'us-east-1/writes': '21900',
      'us-east-1/index byDate writes': '5110',
      'us-east-1/reads': '10950',
      // 20 rWCU; the replica reads with 50 RCU of its own
      'us-east-2/writes': '14600',
      'us-east-2/reads': '36500',
    });
  });

  it('keeps its class, its consistency and its witness', async () => {
    const home = side('us-east-1', {
      tableClass: 'STANDARD_INFREQUENT_ACCESS',
      isStronglyConsistent: true,
      witnesses: [{ region: 'us-west-2', status: 'ACTIVE' }],
    });
    home.put('ConsumedReadCapacityUnits', 1);
    expect((await measure(home, side('us-east-2'))).workload).toMatchObject({
      tableClass: 'standard-ia',
      consistency: 'strong',
      witness: 'us-west-2',
      measured: true,
    });
  });

  it('says when its numbers begin late in the period', async () => {
    const home = side('us-east-1');
    const metric = {
      namespace: 'AWS/DynamoDB',
      name: 'ConsumedReadCapacityUnits',
      dimensions: { TableName: 'Orders' },
    };
    home.metrics.put(metric, 'Sum', [{ atMs: END_MS - 10 * HOUR_MS, value: 5 }]);
    expect((await measure(home)).notes).toEqual([
      expect.stringContaining("CloudWatch's first numbers begin at 2026-11-23T02:00:00Z"),
    ]);
  });

  it('is not priced at nothing when CloudWatch knows nothing of it', async () => {
    await expect(measure(side('us-east-1', { sizeBytes: GB }))).rejects.toMatchObject({
      code: 'no-metrics',
      message:
        'CloudWatch has no numbers of Orders (us-east-1) since 2026-11-20T11:00:00Z, so there is nothing to price.',
    });
  });

  it('is summed by minutes over a day or less, and by hours over more, from one that is whole', async () => {
    const home = side('us-east-1');
    home.put('ConsumedReadCapacityUnits', 1);
    await measureWorkload([home], { startMs: END_MS - HOUR_MS - 1, endMs: END_MS - 1 }, new AbortController().signal);
    expect(new Set(home.metrics.asked.map(query => query.periodSeconds))).toEqual(new Set([60]));
    await measure(home);
    expect(home.metrics.asked.at(-1)?.periodSeconds).toBe(3600);
  });

  it('refuses to change the size of items that nobody has counted', async () => {
    const home = side('us-east-1');
    home.put('ConsumedWriteCapacityUnits', 1);
    const { workload } = await measure(home);
    expect(complaintOf(() => applyChange(workload, { kind: 'item-size', itemBytes: 1 }))).toContain('units, not items');
  });
});
