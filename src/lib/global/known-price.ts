import type { Exact } from '../model/exact.js';

/** A price as a price book tells it. */
export interface KnownPrice {
  /** For as many units as AWS quotes it for: a GB restored, a million units read. */
  readonly usd: Exact;
  /** When it was read or published: a date, or a month or year where no more is known. */
  readonly asOf: string;
}

/** What something costs in a Region; undefined where that is not known: no neighbour's price stands in for it. */
export type PriceIn = (region: string) => KnownPrice | undefined;
