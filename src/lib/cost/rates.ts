import { type Exact, ONE } from '../model/exact.js';
import { type Dimension, dimensionFacts } from './dimensions.js';
import type { PriceBand, PriceBook, PriceSource } from './price-book.js';

/** A price that somebody typed: a negotiated rate, or one that the book does not know. */
export interface TypedPrice {
  readonly region: string;
  readonly dimension: Dimension;
  readonly usd: Exact;
}

/** A reduction of all prices, or of one dimension's. */
export interface Discount {
  /** 0.12 for 12 percent. */
  readonly share: Exact;
  readonly dimension: Dimension | undefined;
}

/** How prices are found. */
export interface RateOptions {
  readonly book: PriceBook;
  readonly typed: readonly TypedPrice[];
  readonly discounts: readonly Discount[];
  /** Every Region is priced as this one, as articles do; said on every line. */
  readonly pricedAs: string | undefined;
}

/** Where a rate came from. */
export type RateOrigin =
  | { readonly kind: 'book'; readonly source: PriceSource; readonly asOf: string }
  | {
      readonly kind: 'derived';
      readonly from: Dimension;
      readonly source: PriceSource;
      readonly asOf: string;
    }
  | { readonly kind: 'typed' };

/** A price with all that has to be said about it. */
export interface Rate {
  /** For `per` units, discounts taken off. */
  readonly usd: Exact;
  readonly bands: readonly PriceBand[] | undefined;
  readonly origin: RateOrigin;
  /** What was taken off, as a share; undefined for nothing. */
  readonly discount: Exact | undefined;
  /** The Region whose price it is, where that is another one than asked for. */
  readonly ofRegion: string | undefined;
}

/** Finds the rate of a dimension in a Region; undefined where it is not known. */
export type Rates = (region: string, dimension: Dimension) => Rate | undefined;

/** From then on replicated writes are priced as single-Region writes (FACTS E.3, D.9). */
const REPLICATED_AS_PLAIN_SINCE = '2024-11-01';

const PLAIN_OF: ReadonlyMap<Dimension, Dimension> = new Map([
  ['rwru', 'wru'],
  ['rwcu-hour', 'wcu-hour'],
  ['ia-rwru', 'ia-wru'],
  ['ia-rwcu-hour', 'ia-wcu-hour'],
]);

/**
 * Makes the finder of rates: what was typed first, then the book, then the one rule that AWS documents (a replicated
 * write unit costs what a write unit costs). Nothing is ever taken from a neighbouring Region unasked.
 */
export function makeRates({ book, typed, discounts, pricedAs }: RateOptions): Rates {
  return (region, dimension) => {
    const home = pricedAs ?? region;
    const found =
      typedRate(typed, region, dimension) ?? bookRate(book, home, dimension) ?? derivedRate(book, home, dimension);
    if (found === undefined) return undefined;
    const discount = discountOn(discounts, dimension);
    const left = discount === undefined ? ONE : ONE.minus(discount);
    return {
      usd: found.usd.times(left),
      bands: found.bands?.map(band => ({ ...band, usd: band.usd.times(left) })),
      origin: found.origin,
      discount,
      ofRegion: found.origin.kind === 'typed' || home === region ? undefined : home,
    };
  };
}

type Found = Pick<Rate, 'usd' | 'bands' | 'origin'>;

function typedRate(typed: readonly TypedPrice[], region: string, dimension: Dimension): Found | undefined {
  const price = typed.findLast(each => each.region === region && each.dimension === dimension);
  return price === undefined ? undefined : { usd: price.usd, bands: undefined, origin: { kind: 'typed' } };
}

function bookRate(book: PriceBook, region: string, dimension: Dimension): Found | undefined {
  const price = book.regions.get(region)?.prices.get(dimension);
  const source = price === undefined ? undefined : book.sources.get(price.source);
  if (price === undefined || source === undefined) return undefined;
  return { usd: price.usd, bands: price.bands, origin: { kind: 'book', source, asOf: price.asOf } };
}

function derivedRate(book: PriceBook, region: string, dimension: Dimension): Found | undefined {
  const from = PLAIN_OF.get(dimension);
  if (from === undefined || book.publishedOn < REPLICATED_AS_PLAIN_SINCE) return undefined;
  const plain = bookRate(book, region, from);
  if (plain?.origin.kind !== 'book') return undefined;
  return { usd: plain.usd, bands: plain.bands, origin: { ...plain.origin, kind: 'derived', from } };
}

function discountOn(discounts: readonly Discount[], dimension: Dimension): Exact | undefined {
  const own = discounts.findLast(each => each.dimension === dimension);
  return (own ?? discounts.findLast(each => each.dimension === undefined))?.share;
}

/** The cost of a quantity at a rate, band by band where there are bands. */
export function costOf(rate: Rate, dimension: Dimension, quantity: Exact): Exact {
  const { per } = dimensionFacts(dimension);
  if (rate.bands === undefined) return quantity.times(rate.usd).div(per);
  let cost = quantity.times(0);
  let from = quantity.times(0);
  for (const { upTo, usd } of rate.bands) {
    const end = upTo === undefined || quantity.lt(upTo) ? quantity : upTo;
    if (end.gt(from)) cost = cost.plus(end.minus(from).times(usd).div(per));
    from = end;
  }
  return cost;
}
