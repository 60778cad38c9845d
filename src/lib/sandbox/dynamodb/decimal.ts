import { validationError } from '../aws-error.js';

/** An exact decimal number: `units * 10 ** exponent`, without trailing zeros in `units`. */
export interface Decimal {
  readonly units: bigint;
  readonly exponent: number;
}

/** DynamoDB keeps 38 significant digits, of magnitudes from 1E-130 to 9.99E+125. */
const MAX_DIGITS = 38;
const MAX_MAGNITUDE = 125;
const MIN_MAGNITUDE = -130;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** Reads a DynamoDB number; refuses what DynamoDB refuses, in its words. */
export function parseDecimal(text: string): Decimal {
  const match = NUMBER.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || whole + fraction === '') {
    throw validationError(`The parameter cannot be converted to a numeric value: ${text}`);
  }
  const units = BigInt(whole + fraction) * (match[1] === '-' ? -1n : 1n);
  return checked(normalised(units, Number(match[4] ?? 0) - fraction.length));
}

/** The one text of a number: plain digits, no exponent, no trailing zeros. */
export function canonicalNumber(text: string): string {
  return CANONICAL_INTEGER.test(text) ? text : formatDecimal(parseDecimal(text));
}

/** Writes a number as plain digits. */
export function formatDecimal({ units, exponent }: Decimal): string {
  if (exponent >= 0) return units.toString() + '0'.repeat(exponent);
  const sign = units < 0n ? '-' : '';
  const digits = absolute(units)
    .toString()
    .padStart(1 - exponent, '0');
  return `${sign}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/** The exact sum; refused when it needs more than 38 digits. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return checked(normalised(scaled(a, exponent) + scaled(b, exponent), exponent));
}

/** The exact difference; refused when it needs more than 38 digits. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { units: -b.units, exponent: b.exponent });
}

/** Less than zero, zero, or more than zero, as `a` is less than, equal to or more than `b`. */
export function compareNumbers(a: string, b: string): number {
  if (CANONICAL_INTEGER.test(a) && CANONICAL_INTEGER.test(b)) return Number(a) - Number(b);
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  const exponent = Math.min(left.exponent, right.exponent);
  const difference = scaled(left, exponent) - scaled(right, exponent);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(value: Decimal, exponent: number): bigint {
  return value.units * 10n ** BigInt(value.exponent - exponent);
}

function normalised(units: bigint, exponent: number): Decimal {
  if (units === 0n) return { units, exponent: 0 };
  const text = units.toString();
  const kept = text.replace(/0+$/, '');
  return { units: BigInt(kept), exponent: exponent + text.length - kept.length };
}

function checked(value: Decimal): Decimal {
  if (value.units === 0n) return value;
  const digits = absolute(value.units).toString().length;
  const magnitude = digits - 1 + value.exponent;
  if (magnitude > MAX_MAGNITUDE) {
    throw validationError('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < MIN_MAGNITUDE) {
    throw validationError('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (digits > MAX_DIGITS) throw validationError('Attempting to store more than 38 significant digits in a Number');
  return value;
}

function absolute(units: bigint): bigint {
  return units < 0n ? -units : units;
}
