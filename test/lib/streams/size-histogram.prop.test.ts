import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SizeHistogram } from '../../../src/lib/streams/size-histogram.js';

const summaryOf = (sizes: readonly number[]) => {
  const histogram = new SizeHistogram();
  for (const size of sizes) histogram.add(size);
  return histogram.summary();
};

describe('SizeHistogram', () => {
  it('has nothing to say of nothing', () => {
    expect(summaryOf([])).toBeUndefined();
  });

  it('is exact below 64 bytes', () => {
    const sizes = Array.from({ length: 64 }, (_, index) => index);
    expect(summaryOf(sizes)).toEqual({ min: 0, avg: 32, p50: 31, p99: 63, max: 63 });
  });

  it('tells percentiles that are at most 1/32 above the truth, and never below it', () => {
    const size = fc.oneof(fc.nat(200), fc.nat(5_000), fc.nat(2 ** 31 - 1));
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 300 }), sizes => {
        const sorted = sizes.toSorted((a, b) => a - b);
        const summary = summaryOf(sizes);
        const exact = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
        expect([summary?.min, summary?.max]).toEqual([sorted[0], sorted.at(-1)]);
        for (const [told, share] of [
          [summary?.p50, 0.5],
          [summary?.p99, 0.99],
        ] as const) {
          expect(told).toBeGreaterThanOrEqual(exact(share));
          expect(told).toBeLessThanOrEqual(exact(share) * (1 + 1 / 32));
        }
      }),
    );
  });
});
