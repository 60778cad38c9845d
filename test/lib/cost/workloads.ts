import { bundledBook } from '../../../src/lib/cost/books.js';
import { bookUntil2024 } from '../../../src/lib/cost/old-book.js';
import { estimate, type Estimate } from '../../../src/lib/cost/estimate.js';
import { makeRates, type RateOptions, type Rates } from '../../../src/lib/cost/rates.js';
import type { RegionLoad, Workload } from '../../../src/lib/cost/workload.js';
import { exact } from '../../../src/lib/model/exact.js';

/** A table of one Region without any use, and what a test says of it. */
export function aWorkload(parts: Partial<Workload> = {}): Workload {
  return {
    name: 'Orders',
    regions: [aLoad('us-east-1')],
    consistency: 'eventual',
    witness: undefined,
    capacity: { mode: 'on-demand' },
    tableClass: 'standard',
    itemBytes: 1024,
    readConsistency: 'eventual',
    transactionalShare: exact(0),
    ttlDeletes: exact(0),
    indexes: [],
    storageGb: exact(0),
    pitr: 'nowhere',
    backupsKept: exact(0),
    streamReaders: undefined,
    trigger: undefined,
    addedRegions: [],
    measured: false,
    ...parts,
  };
}

/** A Region with so many writes and reads a month. */
export function aLoad(region: string, writes: number | string = 0, reads: number | string = 0): RegionLoad {
  return { region, writes: exact(writes), reads: exact(reads) };
}

/** Rates of the bundled book, as a test changes them. */
export function bundledRates(parts: Partial<RateOptions> = {}): Rates {
  return makeRates({ book: bundledBook(), typed: [], discounts: [], pricedAs: undefined, ...parts });
}

/** Rates until 2024-10-31. */
export function oldRates(parts: Partial<RateOptions> = {}): Rates {
  return bundledRates({ book: bookUntil2024(), ...parts });
}

/** An estimate without transfer and without free allowances. */
export function plainEstimate(workload: Workload, rates: Rates = bundledRates()): Estimate {
  return estimate(workload, rates, { includeTransfer: false, freeTier: false });
}

/** The monthly sum, as a text; `at least` stands before it where a price is missing. */
export function monthly({ monthly: { usd, atLeast } }: Estimate): string {
  const range = usd.low.eq(usd.high) ? usd.low.toFixed() : `${usd.low.toFixed()} to ${usd.high.toFixed()}`;
  return `${atLeast ? 'at least ' : ''}${range}`;
}

/** The quantities of an estimate by the ends of their lines' ids. */
export function quantities({ lines }: Estimate): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map(({ id, quantity: { low, high } }) => [
      id,
      low.eq(high) ? low.toFixed() : `${low.toFixed()} to ${high.toFixed()}`,
    ]),
  );
}
