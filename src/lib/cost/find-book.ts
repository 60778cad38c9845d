import { readFile } from 'node:fs/promises';
import { DdbxError } from '../model/error.js';
import { bundledBook } from './books.js';
import { parsePriceBook, type PriceBook, PriceBookError } from './price-book.js';

/** Which prices are wanted: the newest book that is there, the one that ddbx came with, or those until 2024-10-31. */
export type BookChoice = 'newest' | 'bundled' | '2019';

const STALE_AFTER_MS = 90 * 86_400_000;

/**
 * Finds the book.
 * @param path where `cost prices update` keeps its book; undefined where there is no place for one
 * @throws DdbxError `price-book-damaged`
 */
export async function findBook(choice: BookChoice, path: string | undefined): Promise<PriceBook> {
  if (choice === '2019') return (await import('./old-book.js')).bookUntil2024();
  const bundled = bundledBook();
  if (choice === 'bundled' || path === undefined) return bundled;
  const own = await readBook(path);
  // A newer ddbx may have come with newer prices than those that were once downloaded.
  return own === undefined || own.publishedOn < bundled.publishedOn ? bundled : own;
}

/** The book in a file; undefined when there is none. @throws DdbxError `price-book-damaged` */
async function readBook(path: string): Promise<PriceBook | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw damaged(path, error);
  }
  try {
    return parsePriceBook(JSON.parse(text));
  } catch (error) {
    if (error instanceof PriceBookError || error instanceof SyntaxError) throw damaged(path, error);
    throw error;
  }
}

function damaged(path: string, cause: unknown): DdbxError {
  return new DdbxError({
    code: 'price-book-damaged',
    message: `The price book ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'ddbx cost prices update writes it anew; --prices bundled uses the one that ddbx came with.',
    cause,
  });
}

/** How old a book is when it is too old to be taken for today's prices, in days; undefined for a fresh one. */
export function staleDays(book: PriceBook, nowMs: number): number | undefined {
  const ageMs = nowMs - Date.parse(`${book.checkedOn ?? book.publishedOn}T00:00:00Z`);
  return ageMs > STALE_AFTER_MS ? Math.floor(ageMs / 86_400_000) : undefined;
}
