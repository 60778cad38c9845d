import bundled from './bundled-book.json' with { type: 'json' };
import { parsePriceBook, type PriceBook } from './price-book.js';

/** The book that ddbx comes with. */
export function bundledBook(): PriceBook {
  return parsePriceBook(bundled);
}
