import { usageError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import type { PriceBook } from './price-book.js';
import type { RateOptions } from './rates.js';
import type { Workload } from './workload.js';

/** Refuses Regions that the book does not even know by name. @throws DdbxError `usage` with the near names */
export function checkRegions({ regions, witness }: Pick<Workload, 'regions' | 'witness'>, book: PriceBook): void {
  const names = [...regions.map(each => each.region), ...(witness === undefined ? [] : [witness])];
  for (const name of names) checkRegion(name, book);
  const partitionOf = (name: string | undefined) =>
    name === undefined ? undefined : book.regions.get(name)?.partition;
  const [home] = names;
  const foreign = names.find(name => partitionOf(name) !== partitionOf(home));
  if (foreign !== undefined) {
    throw usageError(
      `${home ?? ''} (${partitionOf(home) ?? ''}) and ${foreign} (${partitionOf(foreign) ?? ''}) cannot hold one table.`,
      'A global table stays within one partition of AWS.',
    );
  }
}

/** Refuses prices of Regions that the book does not know by name. @throws DdbxError `usage` with the near names */
export function checkPriceRegions({ typed, pricedAs }: Pick<RateOptions, 'typed' | 'pricedAs'>, book: PriceBook): void {
  for (const { region } of typed) checkRegion(region, book);
  if (pricedAs !== undefined) checkRegion(pricedAs, book);
}

/** Refuses one Region that the book does not know by name. @throws DdbxError `usage` with the near names */
export function checkRegion(name: string, book: PriceBook): void {
  if (book.regions.has(name)) return;
  const near = nearNames(name, [...book.regions.keys()]);
  throw usageError(
    `There is no AWS Region ${name} in the price book.`,
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : 'ddbx cost prices show lists the Regions; for a newer one run ddbx cost prices update.',
  );
}
