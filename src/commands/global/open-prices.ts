import type { CommandContext } from '../../context.js';
import { priceBookPath } from '../../data-path.js';
import type { Dimension } from '../../lib/cost/dimensions.js';
import { findBook } from '../../lib/cost/find-book.js';
import { makeRates } from '../../lib/cost/rates.js';
import type { KnownPrice } from '../../lib/global/known-price.js';

/** Finds a price; undefined where the book has none for this very Region. */
export type Prices = (region: string, dimension: Dimension) => KnownPrice | undefined;

/** Opens the newest price book. A downloaded one that is damaged must not stop a look at a table: the bundled one stands in. */
export async function openPrices({ env }: Pick<CommandContext, 'env'>): Promise<Prices> {
  const book = await findBook('newest', priceBookPath(env)).catch(() => findBook('bundled', undefined));
  const rates = makeRates({ book, typed: [], discounts: [], pricedAs: undefined });
  return (region, dimension) => {
    const rate = rates(region, dimension);
    return rate === undefined || rate.origin.kind === 'typed' ? undefined : { usd: rate.usd, asOf: rate.origin.asOf };
  };
}
