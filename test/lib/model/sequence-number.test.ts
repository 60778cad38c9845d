import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareSequenceNumbers, isSequenceNumber } from '../../../src/lib/model/sequence-number.js';

describe('compareSequenceNumbers', () => {
  const digits = fc
    .tuple(fc.nat(4), fc.oneof(fc.bigInt(0n, 99n), fc.bigInt(0n, 10n ** 35n)))
    .map(([zeros, value]) => '0'.repeat(zeros) + String(value));

  it('orders as BigInt does', () => {
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        const expected = BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
        expect(Math.sign(compareSequenceNumbers(a, b))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('tells neighbours apart that are one double', () => {
    expect(compareSequenceNumbers('800000000003126276362', '800000000003126276363')).toBeLessThan(0);
    expect(compareSequenceNumbers('99999999999999999999', '100000000000000000000')).toBeLessThan(0);
    expect(compareSequenceNumbers('000', '0')).toBe(0);
  });
});

describe('isSequenceNumber', () => {
  it.each(['1', '800000000003126276362', '9'.repeat(40)])('takes %s', text => {
    expect(isSequenceNumber(text)).toBe(true);
  });

  it.each(['', '9'.repeat(41), '1.0', '1e5', '-1', ' 1', '١'])('does not take %j', text => {
    expect(isSequenceNumber(text)).toBe(false);
  });
});
