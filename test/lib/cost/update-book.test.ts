import { describe, expect, it } from 'vitest';
import { bundledBook } from '../../../src/lib/cost/books.js';
import type { PriceBook } from '../../../src/lib/cost/price-book.js';
import { parsePriceBook, priceBookJson } from '../../../src/lib/cost/price-book.js';
import { type PriceListSource, type UpdateEvent, updateBook } from '../../../src/lib/cost/update-book.js';
import { exact } from '../../../src/lib/model/exact.js';
import { changed, jsonList, regionSkus } from './price-lists.js';

const NOW_MS = Date.parse('2027-02-03T04:05:06Z');

function sourceOf(
  texts: Readonly<Record<string, string>>,
  parts: Partial<Pick<PriceListSource, 'isCurrent' | 'isWhole'>> = {},
): PriceListSource {
  const files = Object.entries(texts).map(([name, text]) => ({ name, read: () => Promise.resolve(text) }));
  return { name: 'a test', isCurrent: false, isWhole: false, files: () => Promise.resolve(files), ...parts };
}

async function update(before: PriceBook, source: PriceListSource) {
  const events: UpdateEvent[] = [];
  for await (const event of updateBook(before, source, NOW_MS, new AbortController().signal)) events.push(event);
  const summary = events.at(-1);
  if (summary?.type !== 'summary') throw new Error('the last event is no summary');
  const refused = events.flatMap(event => (event.type === 'refused' ? [`${event.file}: ${event.reason}`] : []));
  return { events, summary, book: summary.book, refused };
}

function usdOf(book: PriceBook, dimension: 'wru' | 'storage' | 'streams', region = 'us-east-1'): string | undefined {
  return book.regions.get(region)?.prices.get(dimension)?.usd.toFixed();
}

const dearer = changed(regionSkus(), 'WriteRequestUnits', { bands: [['0', 'Inf', '0.0000007']] });

describe('an update', () => {
  it('lays a newer list over the book, with version and date, and leaves other Regions alone', async () => {
    const { book, summary, refused } = await update(bundledBook(), sourceOf({ 'a.json': jsonList(dearer) }));
    const price = book.regions.get('us-east-1')?.prices.get('wru');
    expect(price).toMatchObject({ usd: exact('0.7'), asOf: '2027-01-01', effectiveFrom: '2026-12-01' });
    expect(book.sources.get(price?.source ?? '')).toMatchObject({
      kind: 'price-list',
      what: 'AmazonDynamoDB price list of us-east-1, version 20270101000000, published 2027-01-01',
    });
    expect([book.version, book.publishedOn, refused]).toEqual(['20270101000000', '2027-01-01', []]);
    expect(book.regions.get('eu-west-1')).toEqual(bundledBook().regions.get('eu-west-1'));
    expect(summary).toMatchObject({ regions: 1, refused: 0, taken: 11 });
    expect(parsePriceBook(JSON.parse(JSON.stringify(priceBookJson(book))))).toEqual(book);
  });

  it('keeps prices that the list does not have', async () => {
    const { book } = await update(bundledBook(), sourceOf({ 'a.json': jsonList(dearer) }));
    const lambda = (each: PriceBook) => each.regions.get('us-east-1')?.prices.get('lambda-x86');
    expect(lambda(book)).toEqual(lambda(bundledBook()));
  });

  it('knows a Region that the book has never heard of', async () => {
    const text = jsonList(regionSkus('XYZ9-'), { region: 'xy-north-9' });
    const { book } = await update(bundledBook(), sourceOf({ 'a.json': text }));
    expect(book.regions.get('xy-north-9')).toMatchObject({ name: 'A place', partition: 'aws' });
    expect(usdOf(book, 'wru', 'xy-north-9')).toBe('0.625');
  });

  it('takes nothing twice', async () => {
    const source = sourceOf({ 'a.json': jsonList(dearer) });
    const { book } = await update(bundledBook(), source);
    const again = await update(book, source);
    expect(again.summary).toMatchObject({ taken: 0, changed: 0 });
    expect(again.book).toEqual(book);
  });

  it('lets an older list change nothing that is known as of a later day', async () => {
    const { book } = await update(bundledBook(), sourceOf({ 'a.json': jsonList(dearer) }));
    const older = sourceOf({ 'b.json': jsonList(regionSkus(), { version: '20260901000000' }) }, { isCurrent: true });
    const { book: after } = await update(book, older);
    expect([usdOf(after, 'wru'), after.publishedOn, after.version]).toEqual(['0.7', '2027-01-01', '20270101000000']);
  });

  it("lets AWS's current list stand before what others said later, and an old file behind it", async () => {
    const before = bundledBook();
    const known = before.regions.get('eu-west-1')?.prices.get('wru');
    // A third party, of 2026-10-09.
    expect([known?.asOf, usdOf(before, 'wru', 'eu-west-1')]).toEqual(['2026-10-09', '0.705']);
    const texts = { 'eu.json': jsonList(regionSkus('EU-'), { region: 'eu-west-1', version: '20260901000000' }) };
    expect(usdOf((await update(before, sourceOf(texts, { isCurrent: true }))).book, 'wru', 'eu-west-1')).toBe('0.625');
    expect(usdOf((await update(before, sourceOf(texts))).book, 'wru', 'eu-west-1')).toBe('0.705');
  });

  it('says that the book was checked only when all current lists were read', async () => {
    const texts = { 'a.json': jsonList(regionSkus(), { version: '20200101000000' }) };
    const current = { isCurrent: true, isWhole: true };
    expect((await update(bundledBook(), sourceOf(texts, current))).book.checkedOn).toBe('2027-02-03');
    expect((await update(bundledBook(), sourceOf(texts))).book.checkedOn).toBeUndefined();
    expect((await update(bundledBook(), sourceOf(texts, { isCurrent: true }))).book.checkedOn).toBeUndefined();
    const broken = sourceOf({ ...texts, 'b.json': '{' }, current);
    expect((await update(bundledBook(), broken)).book.checkedOn).toBeUndefined();
  });
});

describe('a file that is no good', () => {
  const good = jsonList(dearer);
  const lacking = jsonList(changed(regionSkus('EU-'), 'EU-TimedStorage-ByteHrs', undefined), { region: 'eu-west-1' });
  const costless = changed(regionSkus('EU-'), 'EU-WriteRequestUnits', { bands: [['0', 'Inf', '0.0000000000']] });

  it.each([
    ['is cut off', good.slice(0, 3000), 'bad.json: it is not JSON, or cut off'],
    ['is another service', jsonList(regionSkus(), { offerCode: 'AmazonEC2' }), 'the price list of AmazonEC2, not of'],
    ['lacks what every Region has', lacking, 'bad.json (eu-west-1): it lacks storage'],
    ['says that writes cost nothing', jsonList(costless, { region: 'eu-west-1' }), 'its price of wru is 0'],
  ])('is refused when it %s; the others are used', async (_name, text, reason) => {
    const { book, refused, summary } = await update(bundledBook(), sourceOf({ 'bad.json': text, 'good.json': good }));
    expect(refused).toEqual([expect.stringContaining(reason)]);
    expect(summary).toMatchObject({ regions: 1, refused: 1 });
    expect([usdOf(book, 'wru'), usdOf(book, 'wru', 'eu-west-1')]).toEqual(['0.7', '0.705']);
  });

  it('is refused when it knows less than the list before it', async () => {
    const { book } = await update(bundledBook(), sourceOf({ 'a.json': good }));
    const shrunken = jsonList(changed(dearer, 'Streams-Requests', undefined), { version: '20270201000000' });
    const other = jsonList(regionSkus('EU-'), { region: 'eu-west-1', version: '20270201000000' });
    const after = await update(book, sourceOf({ 'b.json': shrunken, 'c.json': other }));
    expect(after.refused).toEqual(['b.json (us-east-1): it has shrunk: the file before it knew streams']);
    expect(after.book.regions.get('us-east-1')).toEqual(book.regions.get('us-east-1'));
  });

  it('fails the update when there is no good one', async () => {
    await expect(update(bundledBook(), sourceOf({ 'a.json': '{', 'b.csv': 'x' }))).rejects.toMatchObject({
      code: 'no-price-lists',
      message: 'No price list from a test could be used; the prices stay as they were.',
    });
  });
});
