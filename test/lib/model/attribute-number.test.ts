import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalNumber,
  compareNumbers,
  isNumberText,
  toExactNumber,
} from '../../../src/lib/model/attribute-number.js';

/** A number `coefficient * 10 ** exponent`, and one of its many spellings. */
const spelled = fc
  .record({
    coefficient: fc.oneof(fc.bigInt(-50n, 50n), fc.bigInt(-(10n ** 38n), 10n ** 38n)),
    exponent: fc.integer({ min: -30, max: 30 }),
    point: fc.nat(6),
    zeros: fc.nat(2),
    style: fc.constantFrom('e', 'E', 'E+'),
  })
  .map(({ coefficient, exponent, point, zeros, style }) => {
    const sign = coefficient < 0n ? '-' : '';
    const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(point + 1, '0');
    const whole = '0'.repeat(zeros) + digits.slice(0, digits.length - point);
    const fraction = point === 0 ? '' : `.${digits.slice(digits.length - point)}${'0'.repeat(zeros)}`;
    const power = exponent + point;
    const mark = power >= 0 ? style : style.charAt(0);
    return { text: `${sign}${whole}${fraction}${power === 0 ? '' : `${mark}${power}`}`, coefficient, exponent };
  });

describe('compareNumbers', () => {
  it('orders as exact integers of one scale do', () => {
    fc.assert(
      fc.property(spelled, spelled, (a, b) => {
        const left = a.coefficient * 10n ** BigInt(a.exponent + 30);
        const right = b.coefficient * 10n ** BigInt(b.exponent + 30);
        const expected = left < right ? -1 : left > right ? 1 : 0;
        expect(Math.sign(compareNumbers(a.text, b.text))).toBe(expected);
        expect(canonicalNumber(a.text) === canonicalNumber(b.text)).toBe(expected === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['1E+2', '100'],
    ['100.00', '1e2'],
    ['-0', '0.000'],
    ['.5', '0.5'],
    ['+7', '7.'],
    ['0e99', '0'],
  ])('%s equals %s', (a, b) => {
    expect(compareNumbers(a, b)).toBe(0);
  });

  it.each([
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345679'],
    ['-1E+125', '-9.9E+124'],
    ['-1', '0'],
    ['0', '1E-130'],
    ['0.09', '0.1'],
  ])('%s is less than %s', (a, b) => {
    expect(compareNumbers(a, b)).toBeLessThan(0);
    expect(compareNumbers(b, a)).toBeGreaterThan(0);
  });

  it('refuses what is no number', () => {
    expect(() => compareNumbers('1', 'abc')).toThrow('"abc" is not a number.');
  });
});

describe('isNumberText', () => {
  it.each(['', '.', '-', 'e5', '1e', '0x10', 'NaN', 'Infinity', '1_000', ' 1', '1e9999999999'])('refuses %j', text => {
    expect(isNumberText(text)).toBe(false);
    expect(canonicalNumber(text)).toBe(text);
    expect(toExactNumber(text)).toBeUndefined();
  });
});

describe('toExactNumber', () => {
  it.each([
    ['42', 42],
    ['0.1', 0.1],
    ['-1.50', -1.5],
    ['1E+2', 100],
    ['-0', 0],
    ['1E+100', 1e100],
    ['9007199254740993', undefined],
    ['0.1234567890123456789', undefined],
    ['1E-400', undefined],
    ['9.9E+400', undefined],
  ])('%s becomes %s', (text, value) => {
    expect(toExactNumber(text)).toBe(value);
  });
});
