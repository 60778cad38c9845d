import { type Exact, Exact as ExactNumber, exact } from '../model/exact.js';
import type { Dimension } from './dimensions.js';
import { mapRange, type Range } from './usage.js';

/** What AWS gives for nothing each month, and whether each Region has its own (FACTS E.3, A.5). */
const ALLOWANCES: readonly {
  readonly dimensions: readonly Dimension[];
  readonly quantity: Exact;
  readonly scope: 'region' | 'account';
}[] = [
  { dimensions: ['storage'], quantity: exact(25), scope: 'region' },
  { dimensions: ['rcu-hour'], quantity: exact(18_600), scope: 'region' },
  { dimensions: ['wcu-hour'], quantity: exact(18_600), scope: 'region' },
  { dimensions: ['rwcu-hour'], quantity: exact(18_600), scope: 'region' },
  { dimensions: ['streams'], quantity: exact(2_500_000), scope: 'region' },
  { dimensions: ['lambda-requests'], quantity: exact(1_000_000), scope: 'account' },
  { dimensions: ['lambda-x86', 'lambda-arm64'], quantity: exact(400_000), scope: 'account' },
  { dimensions: ['sqs', 'sqs-fifo'], quantity: exact(1_000_000), scope: 'account' },
];

/** Gives out free allowances, line by line, until they are used up. */
export interface FreeAllowances {
  /** Takes what is still free off a quantity. */
  takeOff(region: string, dimension: Dimension, quantity: Range): Range;
}

/** Whole allowances, as if nothing else in the account used them. */
export function freeAllowances(): FreeAllowances {
  const left = new Map<string, Range>();
  return {
    takeOff: (region, dimension, quantity) => {
      const allowance = ALLOWANCES.find(each => each.dimensions.includes(dimension));
      if (allowance === undefined) return quantity;
      const key = `${allowance.dimensions.join()}/${allowance.scope === 'region' ? region : ''}`;
      const free = left.get(key) ?? { low: allowance.quantity, high: allowance.quantity };
      const taken = {
        low: ExactNumber.min(free.low, quantity.low),
        high: ExactNumber.min(free.high, quantity.high),
      };
      left.set(key, { low: free.low.minus(taken.low), high: free.high.minus(taken.high) });
      return { low: quantity.low.minus(taken.low), high: quantity.high.minus(taken.high) };
    },
  };
}

/** The same with nothing given. */
export const noAllowances: FreeAllowances = { takeOff: (_region, _dimension, quantity) => mapRange(quantity, q => q) };
