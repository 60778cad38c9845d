import { assumptionsOf, exclusionsOf } from '../../lib/cost/assumptions.js';
import { dimensionFacts } from '../../lib/cost/dimensions.js';
import type { Estimate, EstimateLine, EstimateOptions, Total } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import type { Rate } from '../../lib/cost/rates.js';
import type { Range } from '../../lib/cost/usage.js';
import type { PriceOptions } from './price-options.js';

/** What json and ndjson say of a range. */
function rangeJson({ low, high }: Range): { readonly low: number; readonly high: number } {
  return { low: low.toNumber(), high: high.toNumber() };
}

function totalJson({ usd, atLeast }: Total): {
  readonly low: number;
  readonly high: number;
  readonly atLeast: boolean;
} {
  return { ...rangeJson(usd), atLeast };
}

/** A line of an estimate for machines; `usd` and `unitPriceUsd` are null where the price is not known. */
export function lineJson(line: EstimateLine) {
  const { unit, per } = dimensionFacts(line.dimension);
  return {
    id: line.id,
    region: line.region,
    dimension: line.dimension,
    title: line.title,
    quantity: rangeJson(line.quantity),
    billed: rangeJson(line.billed),
    unit,
    unitPriceUsd: line.rate?.usd.toNumber() ?? null,
    per,
    usd: line.cost === undefined ? null : rangeJson(line.cost),
    once: line.once,
    rule: line.rule,
    arithmetic: line.arithmetic,
    price: line.rate === undefined ? null : originJson(line.rate),
  };
}

function originJson({ origin, discount, ofRegion }: Rate) {
  return {
    origin: origin.kind,
    source: origin.kind === 'typed' ? null : origin.source.what,
    sourceKind: origin.kind === 'typed' ? null : origin.source.kind,
    asOf: origin.kind === 'typed' ? null : origin.asOf,
    derivedFrom: origin.kind === 'derived' ? origin.from : null,
    ofRegion: ofRegion ?? null,
    discount: discount?.toNumber() ?? null,
  };
}

/** The sums of an estimate for machines. */
export function sumsJson(estimate: Estimate) {
  return {
    table: estimate.workload.name,
    monthlyUsd: totalJson(estimate.monthly),
    yearlyUsd: totalJson(estimate.yearly),
    onceUsd: totalJson(estimate.once),
    regions: [...estimate.perRegion].map(([region, total]) => ({ region, monthlyUsd: totalJson(total) })),
    unknown: estimate.unknown,
  };
}

/** All of an estimate but its lines, for machines. */
export function frameJson(estimate: Estimate, book: PriceBook, options: EstimateOptions & PriceOptions) {
  return {
    ...sumsJson(estimate),
    prices: pricesJson(book, options),
    assumptions: assumptionsOf(estimate.workload, options),
    notIncluded: exclusionsOf(estimate.workload, options),
  };
}

/** Which prices were used. */
export function pricesJson(book: PriceBook, options: PriceOptions) {
  return {
    version: book.version,
    publishedOn: book.publishedOn,
    typed: options.typed.map(({ region, dimension, usd }) => ({ region, dimension, usd: usd.toNumber() })),
    discounts: options.discounts.map(({ share, dimension }) => ({
      share: share.toNumber(),
      dimension: dimension ?? null,
    })),
    pricedAs: options.pricedAs ?? null,
  };
}
