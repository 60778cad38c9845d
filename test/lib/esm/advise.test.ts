import { describe, expect, it } from 'vitest';
import { awsDefaults, type MappingSettings } from '../../../src/lib/aws/mapping-settings.js';
import { advise, type Measured } from '../../../src/lib/esm/advise.js';

const NAME = 'Orders:orders-indexer';

/** A quarter of an hour with 4 shards, 100 ms an invocation, and a lag. */
function measured(
  parts: Partial<Omit<Measured, 'settings'>> & { readonly settings?: Partial<MappingSettings> } = {},
): Measured {
  return {
    openShards: 4,
    spanMs: 900_000,
    ageMs: 300_000,
    firstAgeMs: 200_000,
    invocations: 900,
    errors: 0,
    throttles: 0,
    averageDurationMs: 100,
    longestDurationMs: 200,
    records: undefined,
    timeoutMs: 30_000,
    reservedConcurrency: undefined,
    ...parts,
    settings: { ...awsDefaults, ...parts.settings },
  };
}

/** Every lane works all the time: 36,000 invocations of 100 ms in 900 s are 4 lanes. */
const busy = { invocations: 36_000 };

describe('advise', () => {
  it('counts lanes and how many of them are busy', () => {
    const advice = advise(measured({ settings: { parallelizationFactor: 2 }, invocations: 9_000 }), NAME);
    expect(advice.lanes).toBe(8);
    expect(advice.busyLanes).toBeCloseTo(1);
    expect(advice.arithmetic).toContain('lanes: 4 open shards x parallelization 2 = 8');
    expect(advice.arithmetic).toContain('busy: 10 invocations/s x 100ms = 1 lanes on average, 13% of 8');
  });

  it('has nothing to say where nothing was read', () => {
    expect(advise(measured({ ageMs: undefined, invocations: 0, averageDurationMs: undefined }), NAME)).toMatchObject({
      limit: 'no-data',
      doThis: undefined,
    });
  });

  it.each([
    [9_000, 0, 'nothing'],
    [10_001, 0, 'hot-shard'],
    [69_000, 60, 'nothing'],
    [71_000, 60, 'hot-shard'],
  ])('a lag of %i ms with a batching window of %i s: %s', (ageMs, window, limit) => {
    const settings = { maximumBatchingWindowSeconds: window };
    expect(advise(measured({ ageMs, settings }), NAME).limit).toBe(limit);
  });

  it('looks at failures first', () => {
    expect(advise(measured({ ...busy, errors: 1_800, throttles: 5 }), NAME)).toMatchObject({
      limit: 'errors',
      doThis: 'ddbx esm blocked Orders:orders-indexer',
    });
  });

  it('looks at throttles next: the lanes need their concurrency', () => {
    const advice = advise(measured({ ...busy, throttles: 5, reservedConcurrency: 2 }), NAME);
    expect(advice.limit).toBe('concurrency');
    expect(advice.arithmetic).toContain('throttled: 5 times; 4 lanes need a concurrency of 4, 2 are reserved');
    expect(advice.doThis).toBe(
      'aws lambda put-function-concurrency --function-name orders-indexer --reserved-concurrent-executions 4',
    );
  });

  it('raises parallelization while lanes are busy', () => {
    const advice = advise(measured({ ...busy, settings: { parallelizationFactor: 1 } }), NAME);
    expect(advice).toMatchObject({
      limit: 'parallelization',
      doThis: 'ddbx esm tune Orders:orders-indexer --parallelization-factor 2',
    });
    expect(advice.arithmetic.at(-1)).toBe('parallelization 2 makes 8 lanes out of 4');
    const most = advise(measured({ invocations: 252_000, settings: { parallelizationFactor: 7 } }), NAME);
    expect(most.doThis).toContain('--parallelization-factor 10');
  });

  it('enlarges full batches when parallelization is at its limit', () => {
    const settings = { parallelizationFactor: 10 };
    const advice = advise(measured({ invocations: 360_000, records: 36_000_000, settings }), NAME);
    expect(advice).toMatchObject({
      limit: 'batch-size',
      doThis: 'ddbx esm tune Orders:orders-indexer --batch-size 200',
    });
    expect(advice.arithmetic).toContain('records: 40000/s, 100 an invocation of up to 100 (100% full)');
  });

  it.each([
    ['batches are not full', { records: 3_600_000 }],
    ['twice the records would not fit into the timeout', { records: 36_000_000, longestDurationMs: 20_000 }],
    [
      'the batch size is at its limit',
      { records: 3_600_000_000, settings: { parallelizationFactor: 10, batchSize: 10_000 } },
    ],
  ])('names the function when %s', (_why, parts) => {
    const settings = { parallelizationFactor: 10 };
    expect(advise(measured({ invocations: 360_000, settings, ...parts }), NAME).limit).toBe('function');
  });

  it('tells a hot shard from busy lanes', () => {
    expect(advise(measured(), NAME)).toMatchObject({
      limit: 'hot-shard',
      doThis: 'ddbx esm tune Orders:orders-indexer --parallelization-factor 2',
    });
    const settings = { parallelizationFactor: 10 };
    expect(advise(measured({ settings }), NAME).doThis).toBe('ddbx streams stats Orders --top 10');
  });

  it('says when a lag that shrinks is gone', () => {
    expect(advise(measured({ firstAgeMs: 600_000, ageMs: 300_000 }), NAME).arithmetic).toContain(
      'lag: 10m -> 5m in 15m; at this pace it is gone in 15m',
    );
    expect(advise(measured(), NAME).arithmetic).toContain('lag: 3m20s -> 5m in 15m');
  });
});
