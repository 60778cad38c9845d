import { describe, expect, it } from 'vitest';
import { BatchEstimate, type BatchShape } from '../../../src/lib/streams/batch-estimate.js';
import { aRecord } from './records.js';

/** Invocations for records of one shard, written at these seconds. */
function invocations(shape: BatchShape, ...seconds: readonly number[]): number {
  const estimate = new BatchEstimate(shape);
  for (const second of seconds) {
    estimate.add('shard-1', aRecord({}, { ApproximateCreationDateTime: 1_795_306_399 + second }));
  }
  return estimate.invocations;
}

describe('BatchEstimate', () => {
  it('sends a batch when it is full', () => {
    expect(invocations({ batchSize: 2, windowMs: 0 }, 0, 0, 0, 0, 0)).toBe(3);
    expect(invocations({ batchSize: 1, windowMs: 60_000 }, 0, 0, 1)).toBe(3);
  });

  it('takes records of one second to come together, and others not, without a window', () => {
    expect(invocations({ batchSize: 100, windowMs: 0 }, 0, 0, 1, 2, 2)).toBe(3);
  });

  it('gathers from the first record of a batch for as long as the window says', () => {
    expect(invocations({ batchSize: 100, windowMs: 5_000 }, 0, 4, 5, 9, 10)).toBe(3);
  });

  it('keeps shards apart', () => {
    const estimate = new BatchEstimate({ batchSize: 100, windowMs: 0 });
    for (const shardId of ['shard-1', 'shard-2', 'shard-1']) estimate.add(shardId, aRecord());
    expect(estimate.invocations).toBe(2);
  });

  it('counts nothing for nothing', () => {
    expect(invocations({ batchSize: 1, windowMs: 0 })).toBe(0);
  });
});
