import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRetryPolicy, fullJitterDelayMs } from '../../../src/lib/aws/retry.js';

describe('full jitter', () => {
  const attempt = fc.integer({ min: 1, max: 10_000 });
  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('lies between nothing and the doubled delay, and never beyond the cap', () => {
    fc.assert(
      fc.property(attempt, random, (failures, pick) => {
        const delayMs = fullJitterDelayMs(failures, defaultRetryPolicy, () => pick);
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThan(Math.min(20_000, 100 * 2 ** (failures - 1)) + 1);
      }),
    );
  });

  it('uses the whole of that span', () => {
    const longest = (failures: number): number => fullJitterDelayMs(failures, defaultRetryPolicy, () => 0.999_999_999);
    expect([1, 2, 3, 8, 9, 40, 2_000].map(longest)).toEqual([99, 199, 399, 12_799, 19_999, 19_999, 19_999]);
    expect(fullJitterDelayMs(9, defaultRetryPolicy, () => 0)).toBe(0);
  });
});
