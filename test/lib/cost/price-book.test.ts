import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledBook } from '../../../src/lib/cost/books.js';
import { bookUntil2024 } from '../../../src/lib/cost/old-book.js';
import { findBook, staleDays } from '../../../src/lib/cost/find-book.js';
import { parsePriceBook, priceBookJson } from '../../../src/lib/cost/price-book.js';
import { DdbxError } from '../../../src/lib/model/error.js';

/** A small book as JSON, with one part put in place of another. */
function bookJson(
  parts: Readonly<Record<string, unknown>> = {},
  price: Readonly<Record<string, unknown>> = {},
): unknown {
  return {
    format: 1,
    version: 'v1',
    publishedOn: '2026-11-23',
    currency: 'USD',
    sources: { list: { what: 'a list', kind: 'price-list' } },
    regions: {
      'us-east-1': {
        name: 'N. Virginia',
        partition: 'aws',
        prices: { wru: { usd: '0.625', source: 'list', asOf: '2026-11-01', ...price } },
      },
    },
    ...parts,
  };
}

describe('a price book', () => {
  it.each([
    ['that ddbx came with', bundledBook],
    ['until 2024-10-31', bookUntil2024],
  ])('%s comes back from its JSON as it was', (_name, book) => {
    const json: unknown = JSON.parse(JSON.stringify(priceBookJson(book())));
    expect(parsePriceBook(json)).toEqual(book());
  });

  it('keeps when it was checked, and passes over dimensions of a later ddbx', () => {
    const book = parsePriceBook(bookJson({ checkedOn: '2026-12-24' }));
    expect(book.checkedOn).toBe('2026-12-24');
    expect(parsePriceBook(priceBookJson(book))).toEqual(book);
    const later = bookJson({
      regions: { 'us-east-1': { name: 'N', partition: 'aws', prices: { 'vector-search': { anything: 1 } } } },
    });
    expect(parsePriceBook(later).regions.get('us-east-1')?.prices.size).toBe(0);
  });

  it.each([
    [bookJson({ format: 2 }), 'format is 2, not 1'],
    [bookJson({ currency: 'CNY' }), 'currency is not USD'],
    [bookJson({ regions: {} }), 'there are no Regions'],
    [bookJson({ publishedOn: 'today' }), 'publishedOn is today, not a date'],
    [bookJson({ version: '' }), 'version is not a text'],
    [bookJson({ sources: { list: { what: 'x', kind: 'hearsay' } } }), 'source list: kind is hearsay'],
    [bookJson({}, { usd: '-1' }), 'us-east-1: wru: usd is -1, not a decimal number'],
    [bookJson({}, { usd: 0.625 }), 'us-east-1: wru: usd is not a text'],
    [bookJson({}, { source: 'elsewhere' }), 'there is no source elsewhere'],
    [bookJson({}, { bands: 'none' }), 'bands is not a list'],
    [[], 'the book is not an object'],
  ])('is refused whole when something of it is wrong (%#)', (json, complaint) => {
    expect(() => parsePriceBook(json)).toThrow(complaint);
  });

  it('is stale after 90 days, counted from when it was last checked', () => {
    const book = parsePriceBook(bookJson());
    const day = (text: string): number => Date.parse(`${text}T12:00:00Z`);
    expect(staleDays(book, day('2027-02-20'))).toBeUndefined();
    expect(staleDays(book, day('2027-02-22'))).toBe(91);
    expect(staleDays({ ...book, checkedOn: '2027-02-01' }, day('2027-02-22'))).toBeUndefined();
  });
});

describe('finding a book', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-book-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('takes the newest that is there', async () => {
    const path = join(folder, 'prices.json');
    expect((await findBook('newest', path)).version).toBe(bundledBook().version);
    await writeFile(path, JSON.stringify(bookJson({ version: 'own', publishedOn: '2099-01-01' })));
    expect((await findBook('newest', path)).version).toBe('own');
    expect((await findBook('bundled', path)).version).toBe(bundledBook().version);
    expect((await findBook('2019', path)).version).toBe(bookUntil2024().version);
    await writeFile(path, JSON.stringify(bookJson({ version: 'own', publishedOn: '2020-01-01' })));
    expect((await findBook('newest', path)).version).toBe(bundledBook().version);
  });

  it.each(['{"format": 1', '[]'])('says when it cannot be read: %s', async text => {
    const path = join(folder, 'prices.json');
    await writeFile(path, text);
    const error: unknown = await findBook('newest', path).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(DdbxError);
    expect(error).toMatchObject({ code: 'price-book-damaged' });
  });
});
