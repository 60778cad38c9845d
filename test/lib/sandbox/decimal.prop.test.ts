import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  canonicalNumber,
  compareNumbers,
  formatDecimal,
  parseDecimal,
  subtractDecimals,
} from '../../../src/lib/sandbox/dynamodb/decimal.js';

/** Numbers of up to 18 digits and 9 decimals, and what they are in billionths. */
const number = fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(9)).map(([units, decimals]) => ({
  text: `${units}e-${decimals}`,
  billionths: units * 10n ** BigInt(9 - decimals),
}));

describe('exact decimals', () => {
  it('add and subtract as whole numbers do', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const sum = addDecimals(parseDecimal(a.text), parseDecimal(b.text));
        const difference = subtractDecimals(parseDecimal(a.text), parseDecimal(b.text));
        expect(formatDecimal(sum)).toBe(canonicalNumber(`${a.billionths + b.billionths}e-9`));
        expect(formatDecimal(difference)).toBe(canonicalNumber(`${a.billionths - b.billionths}e-9`));
      }),
    );
  });

  it('compare as whole numbers do', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(Math.sign(compareNumbers(a.text, b.text))).toBe(
          a.billionths < b.billionths ? -1 : a.billionths > b.billionths ? 1 : 0,
        );
      }),
    );
  });

  it('have one text for one value, which reads as the value it came from', () => {
    fc.assert(
      fc.property(number, fc.nat(5), ({ text, billionths }, zeros) => {
        const canonical = canonicalNumber(text);
        expect(canonical).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(canonicalNumber(canonical)).toBe(canonical);
        expect(canonicalNumber(`${canonical}${canonical.includes('.') ? '' : '.'}${'0'.repeat(zeros)}`)).toBe(
          canonical,
        );
        expect(compareNumbers(canonical, `${billionths}e-9`)).toBe(0);
      }),
    );
  });

  it.each([
    ['-0', '0'],
    ['+.5', '0.5'],
    ['00012', '12'],
    ['1E+3', '1000'],
    ['9.99e125', `999${'0'.repeat(123)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
  ])('write %s as %s', (given, expected) => {
    expect(canonicalNumber(given)).toBe(expected);
  });

  it.each(['', '.', 'e5', '1e', '0x1', 'NaN', '1 2', '--1'])('refuse %j', given => {
    expect(() => canonicalNumber(given)).toThrow('cannot be converted to a numeric value');
  });
});
