import { usageError } from './error.js';

/** A decimal number in parts: `0.digits` times ten to the `magnitude`; no zero at either end of the digits. */
interface Decimal {
  readonly isNegative: boolean;
  /** Empty for zero. */
  readonly digits: string;
  readonly magnitude: number;
}

const NUMBER = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** True when `text` is a number as DynamoDB takes it: decimal, with an exponent if need be. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Orders two numbers by value, exactly: `1E+2` is `100`, and digits that a double would drop count.
 *
 * @returns negative, 0 or positive.
 * @throws DdbxError (usage) when one of them is no number.
 */
export function compareNumbers(a: string, b: string): number {
  const left = decimalOf(a);
  const right = decimalOf(b);
  if (left.isNegative !== right.isNegative) return left.isNegative ? -1 : 1;
  return left.isNegative ? compareSizes(right, left) : compareSizes(left, right);
}

/** One text for all spellings of a number (`1E+2`, `100.0`), fit for a Set; text that is no number stays as it is. */
export function canonicalNumber(text: string): string {
  if (!isNumberText(text)) return text;
  const { isNegative, digits, magnitude } = decimalOf(text);
  return digits === '' ? '0' : `${isNegative ? '-' : ''}0.${digits}e${magnitude}`;
}

/**
 * The number as JavaScript has it, when it prints back as the same decimal number; `undefined` when digits would be
 * lost on the way.
 */
export function toExactNumber(text: string): number | undefined {
  const value = Number(text);
  if (!isNumberText(text) || !Number.isFinite(value)) return undefined;
  if (canonicalNumber(String(value)) !== canonicalNumber(text)) return undefined;
  return value === 0 ? 0 : value;
}

function decimalOf(text: string): Decimal {
  const match = NUMBER.exec(text);
  if (match === null) throw usageError(`"${text}" is not a number.`, 'Write it in decimal: 42, -0.5, 1.5E+20.');
  const whole = match[2] ?? '';
  const all = whole + (match[3] ?? '');
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  return {
    isNegative: match[1] === '-' && digits !== '',
    digits,
    magnitude: whole.length - (all.length - significant.length) + Number(match[4] ?? 0),
  };
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length;
  if (a.magnitude !== b.magnitude) return a.magnitude - b.magnitude;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}
