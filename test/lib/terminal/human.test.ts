import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatCount,
  formatPercent,
  formatRate,
  formatUsd,
  hoursLeft,
  plural,
} from '../../../src/lib/terminal/human.js';

const HOUR_MS = 3_600_000;

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [3214, '3,214'],
    [1_000_000, '1,000,000'],
    [-45_000, '-45,000'],
    [1234.5, '1,234.5'],
    [1e21, '1,000,000,000,000,000,000,000'],
    [9_007_199_254_740_993n, '9,007,199,254,740,993'],
    [Number.NaN, '-'],
  ])('%s is %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('agrees with Intl in en-US', () => {
    const intl = new Intl.NumberFormat('en-US');
    fc.assert(
      fc.property(fc.maxSafeInteger(), count => {
        expect(formatCount(count)).toBe(intl.format(count === 0 ? 0 : count));
      }),
    );
  });
});

describe('formatRate', () => {
  it.each([
    [0, '0/s'],
    [0.042, '0.04/s'],
    [7.54, '7.5/s'],
    [1204.4, '1,204/s'],
    [Number.NaN, '-/s'],
  ])('%s is %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});

describe('formatAge', () => {
  it.each([
    [-5, '0s'],
    [420, '420ms'],
    [3999, '3s'],
    [252_000, '4m 12s'],
    [240_000, '4m'],
    [2 * HOUR_MS + 5 * 60_000 + 59_000, '2h 5m'],
    [27 * HOUR_MS, '1d 3h'],
    [Number.POSITIVE_INFINITY, '-'],
  ])('%s ms is %s', (ageMs, text) => {
    expect(formatAge(ageMs)).toBe(text);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.125, '12.5%'],
    [1, '100%'],
    [0.0004, '<0.1%'],
    [0.9996, '>99.9%'],
    [12, '1,200%'],
    [Number.NaN, '-'],
  ])('%s is %s', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });
});

describe('formatUsd', () => {
  it.each([
    ['0', '$0.00'],
    ['1234.5678', '$1,234.57'],
    ['0.995', '$1.00'],
    ['2.5', '$2.50'],
    ['-12.345', '-$12.35'],
    ['0.05', '$0.05'],
    ['0.0000345', '$0.000035'],
    ['0.00000002', '$0.000000020'],
    ['-0', '$0.00'],
    ['98765432109876543210.019', '$98,765,432,109,876,543,210.02'],
  ])('%s is %s', (amount, text) => {
    expect(formatUsd(amount)).toBe(text);
  });

  it('refuses what is not a plain decimal', () => {
    expect(() => formatUsd('1e3')).toThrow(RangeError);
  });

  it('is never further than half a cent from the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), tenThousandths => {
        const digits = tenThousandths.toString().padStart(5, '0');
        const amount = `${digits.slice(0, -4)}.${digits.slice(-4)}`;
        const shown = formatUsd(amount).replace(/[$,]/g, '').split('.');
        const [whole = '', fraction = ''] = shown;
        const difference = BigInt(whole + fraction.padEnd(5, '0')) - tenThousandths * 10n;
        expect(difference <= 500n && difference >= -500n).toBe(true);
      }),
    );
  });
});

describe('plural', () => {
  it('counts with the noun', () => {
    expect([plural(0, 'shard'), plural(1, 'shard'), plural(3214, 'shard')]).toEqual([
      '0 shards',
      '1 shard',
      '3,214 shards',
    ]);
    expect([plural(1n, 'entry', 'entries'), plural(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
  });
});

describe('hoursLeft', () => {
  it.each([
    [0, 'gone'],
    [-1, 'gone'],
    [59_000, 'under a minute left'],
    [40 * 60_000, '40 min left'],
    [21.59 * HOUR_MS, '21.5 h left'],
    [24 * HOUR_MS, '24 h left'],
  ])('%s ms is %s', (leftMs, text) => {
    expect(hoursLeft(leftMs)).toBe(text);
  });
});
