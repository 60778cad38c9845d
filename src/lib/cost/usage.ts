import type { Exact } from '../model/exact.js';
import { ZERO } from '../model/exact.js';
import type { Dimension } from './dimensions.js';
import type { RuleName } from './rules.js';

/** A quantity of which AWS leaves open how large it is exactly; mostly both ends are the same. */
export interface Range {
  readonly low: Exact;
  readonly high: Exact;
}

/** Something that is paid for: so much of a dimension in a Region, in a month or once. */
export interface Usage {
  /** Tells lines of two estimates apart and together, e.g. `eu-west-1/index byDate writes`. */
  readonly id: string;
  readonly region: string;
  readonly dimension: Dimension;
  readonly title: string;
  readonly quantity: Range;
  readonly rule: RuleName;
  /** The rule with its numbers in place. */
  readonly arithmetic: string;
  readonly once: boolean;
}

/** A quantity that is known. */
export function just(quantity: Exact): Range {
  return { low: quantity, high: quantity };
}

/** Nothing. */
export const nothing: Range = just(ZERO);

/** Both ends through one function. */
export function mapRange({ low, high }: Range, change: (amount: Exact) => Exact): Range {
  return { low: change(low), high: change(high) };
}

/** The sum of two. */
export function addRanges(a: Range, b: Range): Range {
  return { low: a.low.plus(b.low), high: a.high.plus(b.high) };
}

/** Whether both ends are the same. */
export function isExactRange({ low, high }: Range): boolean {
  return low.eq(high);
}
