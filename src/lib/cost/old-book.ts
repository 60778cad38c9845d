import until2024 from './book-2019.json' with { type: 'json' };
import { parsePriceBook, type PriceBook } from './price-book.js';

/** What is known of the prices until 2024-10-31, for old plans and articles (FACTS E.3). */
export function bookUntil2024(): PriceBook {
  return parsePriceBook(until2024);
}
