import { Decimal } from 'decimal.js';

/**
 * Decimal numbers for money and for what it pays: sums and products of prices and quantities keep every digit.
 * A hundred digits are more than any of them has; only quotients that do not end are rounded, at the hundredth digit.
 */
export const Exact = Decimal.clone({ precision: 100, toExpNeg: -60, toExpPos: 100 });

/** An exact decimal number. */
export type Exact = Decimal;

export const ZERO: Exact = new Exact(0);
export const ONE: Exact = new Exact(1);

/** Reads a decimal number; a bare JavaScript number is taken by its shortest text, as a person would read it. */
export function exact(value: Decimal.Value): Exact {
  return new Exact(value);
}

/** The sum of any number of amounts. */
export function sumOf(amounts: Iterable<Exact>): Exact {
  let total = ZERO;
  for (const each of amounts) total = total.plus(each);
  return total;
}
