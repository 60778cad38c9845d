import { type Exact, exact, Exact as ExactNumber } from '../model/exact.js';
import {
  type Estimate,
  type EstimateLine,
  type EstimateOptions,
  estimate,
  type Total,
  unknownPrices,
} from './estimate.js';
import type { Rates } from './rates.js';
import { applyChange, withReads, withWrites } from './scenario.js';
import type { CapacityMode, Workload } from './workload.js';

/** What is varied: a quantity of the workload in the units of the workload (items a month, bytes, GB). */
export interface SweepRange {
  readonly of: 'writes' | 'reads' | 'item-size' | 'storage';
  readonly from: Exact;
  readonly to: Exact;
}

/** The workload in one of the forms that a sweep compares. */
export type Variant = 'on-demand' | 'provisioned' | 'standard' | 'standard-ia';

/** One value of the range, with the monthly cost of each variant. */
export interface SweepPoint {
  readonly value: Exact;
  readonly monthly: Total;
  readonly variants: ReadonlyMap<Variant, Total>;
}

/** Where two variants change places. */
export interface BreakEven {
  readonly pair: readonly [Variant, Variant];
  /** The value at which they cost the same, as near as a thousandth. */
  readonly at: Exact;
  readonly cheaperBelow: Variant;
  readonly cheaperAbove: Variant;
}

/** What a pair of variants comes to over the whole range. */
export type PairVerdict =
  | { readonly pair: readonly [Variant, Variant]; readonly kind: 'break-even'; readonly places: readonly BreakEven[] }
  | { readonly pair: readonly [Variant, Variant]; readonly kind: 'always'; readonly cheaper: Variant }
  | { readonly pair: readonly [Variant, Variant]; readonly kind: 'same' }
  | {
      readonly pair: readonly [Variant, Variant];
      readonly kind: 'unknown';
      /** The prices without which they cannot be told apart. */
      readonly missing: Estimate['unknown'];
    };

/** A drawn range. */
export interface Sweep {
  readonly range: SweepRange;
  readonly points: readonly SweepPoint[];
  readonly verdicts: readonly PairVerdict[];
  /** The prices that the table itself lacks, somewhere in the range. */
  readonly unknown: Estimate['unknown'];
}

const PAIRS: readonly (readonly [Variant, Variant])[] = [
  ['on-demand', 'provisioned'],
  ['standard', 'standard-ia'],
];
const PRECISION = exact('1.001');

/**
 * Prices the workload at `count` values of the range, evenly spaced by ratio, and finds where on-demand and provisioned,
 * and Standard and Standard-IA, change places. `provisioned` says how provisioned capacity is used.
 */
export function sweep(
  workload: Workload,
  rates: Rates,
  options: EstimateOptions & { readonly provisioned: CapacityMode & { readonly mode: 'provisioned' } },
  range: SweepRange,
  count: number,
): Sweep {
  const estimateAt = (value: Exact, variant?: Variant): Estimate => {
    const at = withValue(workload, range.of, value);
    return estimate(variant === undefined ? at : inForm(at, variant, options.provisioned), rates, options);
  };
  const priced = valuesOf(range, count).map(value => ({
    value,
    plain: estimateAt(value),
    variants: new Map(PAIRS.flat().map(variant => [variant, estimateAt(value, variant)])),
  }));
  return {
    range,
    points: priced.map(({ value, plain, variants }) => ({
      value,
      monthly: plain.monthly,
      variants: new Map([...variants].map(([variant, each]) => [variant, each.monthly])),
    })),
    verdicts: PAIRS.map(pair => verdictOn(pair, priced, estimateAt)),
    unknown: unknownPrices(priced.flatMap(({ plain }) => plain.lines)),
  };
}

/** Values from one end to the other, each the same multiple of the one before. */
function valuesOf({ from, to }: SweepRange, count: number): readonly Exact[] {
  if (count < 2 || from.eq(to)) return [from];
  const step = to.div(from).pow(exact(1).div(count - 1));
  return Array.from({ length: count }, (_, at) => {
    if (at === 0) return from;
    return at === count - 1 ? to : from.times(step.pow(at)).toSignificantDigits(12);
  });
}

/** The workload with one quantity set. */
export function withValue(workload: Workload, of: SweepRange['of'], value: Exact): Workload {
  switch (of) {
    case 'writes':
      return withWrites(workload, value);
    case 'reads':
      return withReads(workload, value);
    case 'item-size':
      return applyChange(workload, { kind: 'item-size', itemBytes: value.round().toNumber() });
    case 'storage':
      return { ...workload, storageGb: value };
  }
}

function inForm(workload: Workload, variant: Variant, provisioned: CapacityMode): Workload {
  switch (variant) {
    case 'on-demand':
      return { ...workload, capacity: { mode: 'on-demand' } };
    case 'provisioned':
      return { ...workload, capacity: provisioned };
    case 'standard':
    case 'standard-ia':
      return { ...workload, tableClass: variant };
  }
}

function verdictOn(
  pair: readonly [Variant, Variant],
  priced: readonly { readonly value: Exact; readonly variants: ReadonlyMap<Variant, Estimate> }[],
  estimateAt: (value: Exact, variant: Variant) => Estimate,
): PairVerdict {
  const [first, second] = pair;
  const signAt = (value: Exact): number => signOf(estimateAt(value, first), estimateAt(value, second));
  const compared = priced.flatMap(({ value, variants }) => {
    const [a, b] = [variants.get(first), variants.get(second)];
    return a === undefined || b === undefined ? [] : [{ value, both: [a, b] as const }];
  });
  const missing = unknownPrices(compared.flatMap(({ both: [a, b] }) => [...unlike(a, b), ...unlike(b, a)]));
  if (missing.length > 0) return { pair, kind: 'unknown', missing };
  const telling = compared
    .map(({ value, both }) => ({ value, sign: signOf(...both) }))
    .filter(({ sign }) => sign !== 0);
  const places = telling.flatMap(({ value, sign }, at): readonly BreakEven[] => {
    const before = telling[at - 1];
    if (before === undefined || before.sign === sign) return [];
    return [
      {
        pair,
        at: crossing(before.value, value, before.sign, signAt),
        cheaperBelow: before.sign < 0 ? first : second,
        cheaperAbove: sign < 0 ? first : second,
      },
    ];
  });
  if (places.length > 0) return { pair, kind: 'break-even', places };
  const [only] = telling;
  return only === undefined
    ? { pair, kind: 'same' }
    : { pair, kind: 'always', cheaper: only.sign < 0 ? first : second };
}

function signOf(a: Estimate, b: Estimate): number {
  return a.monthly.usd.low.comparedTo(b.monthly.usd.low);
}

/** Lines of the first without a price that the second does not have just so: what is unknown on both sides alike takes no part. */
function unlike(first: Estimate, second: Estimate): readonly EstimateLine[] {
  return first.lines.filter(
    line =>
      line.cost === undefined &&
      !second.lines.some(
        other =>
          other.id === line.id && other.dimension === line.dimension && other.quantity.high.eq(line.quantity.high),
      ),
  );
}

/** Halves the stretch between two values, by ratio, until its ends are a thousandth apart. */
function crossing(below: Exact, above: Exact, signBelow: number, signAt: (value: Exact) => number): Exact {
  let low = below;
  let high = above;
  while (high.gt(low.times(PRECISION))) {
    const middle = low.times(high).sqrt().toSignificantDigits(12);
    if (signAt(middle) === signBelow) low = middle;
    else high = middle;
  }
  return ExactNumber.max(low, high).toSignificantDigits(4);
}
