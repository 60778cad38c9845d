import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, isDuration, parseDuration } from '../../../src/lib/model/duration.js';

const UNITS = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

describe('durations', () => {
  it('add up their units', () => {
    const amounts = fc.tuple(...UNITS.map(() => fc.option(fc.nat(5000), { nil: undefined })));
    fc.assert(
      fc.property(amounts, chosen => {
        fc.pre(chosen.some(amount => amount !== undefined));
        const text = chosen.map((amount, i) => (amount === undefined ? '' : `${amount}${UNITS[i]?.[0]}`)).join('');
        const ms = chosen.reduce<number>((sum, amount, i) => sum + (amount ?? 0) * (UNITS[i]?.[1] ?? 0), 0);
        expect(parseDuration(text)).toBe(ms);
      }),
    );
  });

  it('are refused when their units are not in order', () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(5)).filter(([a, b]) => a >= b);
    fc.assert(
      fc.property(pair, fc.nat(99), fc.nat(99), ([a, b], x, y) => {
        expect(isDuration(`${x}${UNITS[a]?.[0]}${y}${UNITS[b]?.[0]}`)).toBe(false);
      }),
    );
  });

  it('come back as they were from two neighbouring units', () => {
    const exact = fc.oneof(
      fc.nat(999),
      fc.integer({ min: 10, max: 3599 }).map(s => s * 1000),
      fc.nat(1439).map(m => m * 60_000),
      fc.nat(2399).map(h => h * 3_600_000),
    );
    fc.assert(
      fc.property(exact, ms => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  it('are written within a twentieth of what they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 10 ** 12 }), ms => {
        expect(Math.abs(parseDuration(formatDuration(ms)) - ms)).toBeLessThanOrEqual(ms / 20);
      }),
    );
  });
});
