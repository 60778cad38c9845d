import { usageError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import type { PriceBook } from './price-book.js';
import type { Workload } from './workload.js';

/** Refuses Regions that the book does not even know by name. @throws DdbxError `usage` with the near names */
export function checkRegions({ regions, witness }: Pick<Workload, 'regions' | 'witness'>, book: PriceBook): void {
  const names = [...regions.map(each => each.region), ...(witness === undefined ? [] : [witness])];
  for (const name of names) checkRegion(name, book);
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
