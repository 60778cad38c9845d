import pLimit from 'p-limit';
import { DdbxError } from '../model/error.js';
import { isJsonObject } from '../model/json-object.js';
import type { BookPrice, PriceBook, RegionPrices } from './price-book.js';
import type { Dimension } from './dimensions.js';
import { type PriceList, PriceListError, parsePriceList } from './price-list.js';
import { CORE_DIMENSIONS, type ListedRegion, listedRegions, MOST_USD } from './price-list-match.js';

/** Where price lists come from: AWS, a mirror of it, a folder or a file. */
export interface PriceListSource {
  /** What it is called in messages. */
  readonly name: string;
  /** What AWS publishes now, which beats what others said later; an older list beats nothing that is newer. */
  readonly isCurrent: boolean;
  /** It holds all Regions. */
  readonly isWhole: boolean;
  /** The price list files there are, each with a name and its text when it is asked for. */
  files(signal: AbortSignal): Promise<readonly PriceListFile[]>;
}

/** A price list file, not read yet. */
export interface PriceListFile {
  readonly name: string;
  read(signal: AbortSignal): Promise<string>;
}

/** What an update does, as it does it. */
export type UpdateEvent =
  | { readonly type: 'found'; readonly files: number; readonly source: string }
  | {
      readonly type: 'region';
      readonly region: string;
      /** Prices of the file that were taken over; those that are known as of a later day stay. */
      readonly taken: number;
      /** Of them, those that differ from what was known. */
      readonly changed: number;
      readonly version: string;
    }
  | { readonly type: 'refused'; readonly file: string; readonly reason: string }
  | { readonly type: 'oddity'; readonly text: string }
  | {
      readonly type: 'summary';
      readonly regions: number;
      readonly refused: number;
      readonly taken: number;
      readonly changed: number;
      readonly book: PriceBook;
    };

const OFFER = 'AmazonDynamoDB';
const FILES_AT_ONCE = 4;

/**
 * Reads price lists and lays them over the book that is there. A file that is broken, that is of another service, or that
 * knows less of a Region than the file before it did, is refused: what the book says of that Region stays. The last event
 * holds the new book; it is not written here.
 * @throws DdbxError `no-price-lists` when nothing could be used
 */
export async function* updateBook(
  before: PriceBook,
  source: PriceListSource,
  nowMs: number,
  signal: AbortSignal,
): AsyncGenerator<UpdateEvent> {
  const files = await source.files(signal);
  yield { type: 'found', files: files.length, source: source.name };
  let book = before;
  let refused = 0;
  let taken = 0;
  let changed = 0;
  const regions = new Set<string>();
  const limit = pLimit(FILES_AT_ONCE);
  const reading = files.map(file => ({ file, list: limit(() => readList(file, signal)) }));
  for (const { list } of reading) list.catch(() => {});
  for (const { file, list: pending } of reading) {
    const list = await pending;
    if (typeof list === 'string') {
      refused += 1;
      yield { type: 'refused', file: file.name, reason: list };
      continue;
    }
    for (const listed of listedRegions(list)) {
      const reason = refusalOf(listed, book.regions.get(listed.region), book);
      for (const text of listed.warnings) yield { type: 'oddity', text };
      if (reason !== undefined) {
        refused += 1;
        yield { type: 'refused', file: `${file.name} (${listed.region})`, reason };
        continue;
      }
      const known = book.regions.get(listed.region);
      const fresh = listed.prices.filter(each => !isKnownLater(known?.prices.get(each.dimension), list, book, source));
      const differing = fresh.filter(each => known?.prices.get(each.dimension)?.usd.eq(each.usd) !== true).length;
      taken += fresh.length;
      changed += differing;
      regions.add(listed.region);
      book = laidOver(book, { ...listed, prices: fresh }, list);
      yield {
        type: 'region',
        region: listed.region,
        taken: fresh.length,
        changed: differing,
        version: list.version,
      };
    }
  }
  if (regions.size === 0) {
    throw new DdbxError({
      code: 'no-price-lists',
      message: `No price list from ${source.name} could be used; the prices stay as they were.`,
      hint: 'It takes files of the AmazonDynamoDB price list, as AWS publishes them for each Region.',
    });
  }
  if (source.isCurrent && source.isWhole && refused === 0) {
    book = { ...book, checkedOn: new Date(nowMs).toISOString().slice(0, 10) };
  }
  yield { type: 'summary', regions: regions.size, refused, taken, changed, book };
}

/** The list, or in a sentence why the file is none. */
async function readList(file: PriceListFile, signal: AbortSignal): Promise<PriceList | string> {
  const text = await file.read(signal);
  try {
    const list = parsePriceList(text);
    return list.offerCode === OFFER ? list : `it is the price list of ${list.offerCode}, not of ${OFFER}`;
  } catch (error) {
    if (error instanceof PriceListError) return error.message;
    throw error;
  }
}

function refusalOf(listed: ListedRegion, known: RegionPrices | undefined, book: PriceBook): string | undefined {
  const names = new Set(listed.prices.map(price => price.dimension));
  const missing = CORE_DIMENSIONS.filter(dimension => !names.has(dimension));
  if (missing.length > 0) return `it lacks ${missing.join(', ')}`;
  const absurd = listed.prices.find(price => price.usd.isZero() || price.usd.gt(MOST_USD));
  if (absurd !== undefined) return `its price of ${absurd.dimension} is ${absurd.usd.toFixed()}`;
  const lost = [...(known?.prices ?? [])]
    .filter(([dimension, price]) => isListed(price, book) && !names.has(dimension))
    .map(([dimension]) => dimension);
  return lost.length > 0 ? `it has shrunk: the file before it knew ${lost.join(', ')}` : undefined;
}

function isListed(price: BookPrice, book: PriceBook): boolean {
  return book.sources.get(price.source)?.kind === 'price-list';
}

/** Whether a price was seen at a later day than the list was published, or is of this very list already. */
function isKnownLater(
  price: BookPrice | undefined,
  list: PriceList,
  book: PriceBook,
  { isCurrent }: PriceListSource,
): boolean {
  if (price === undefined) return false;
  if (isCurrent && !isListed(price, book)) return false;
  return price.asOf > list.publishedOn || (price.asOf === list.publishedOn && isListed(price, book));
}

function laidOver(book: PriceBook, listed: ListedRegion, list: PriceList): PriceBook {
  const known = book.regions.get(listed.region);
  const source = `price-list-${list.version}-${listed.region}`;
  const prices = new Map<Dimension, BookPrice>(known?.prices);
  for (const { dimension, usd, effectiveFrom } of listed.prices) {
    prices.set(dimension, { usd, bands: undefined, source, asOf: list.publishedOn, effectiveFrom });
  }
  const region: RegionPrices = {
    name: known?.name ?? listed.location,
    partition: known?.partition ?? partitionOf(listed.region),
    usagetypePrefix: known?.usagetypePrefix,
    prices,
  };
  const what = `AmazonDynamoDB price list of ${listed.region}, version ${list.version}, published ${list.publishedOn}`;
  return {
    ...book,
    version: list.version > book.version || !/^\d/.test(book.version) ? list.version : book.version,
    publishedOn: list.publishedOn > book.publishedOn ? list.publishedOn : book.publishedOn,
    sources: new Map([...book.sources, [source, { what, kind: 'price-list' }]]),
    regions: new Map([...book.regions, [listed.region, region]]),
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws';
}

/** The Regions of a `region_index.json`, each with the path of its file; undefined when the text is none. */
export function regionIndex(text: string): readonly { readonly region: string; readonly path: string }[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const regions = isJsonObject(json) ? json['regions'] : undefined;
  if (!isJsonObject(regions)) return undefined;
  return Object.entries(regions).flatMap(([region, entry]) => {
    const path = isJsonObject(entry) ? entry['currentVersionUrl'] : undefined;
    return typeof path === 'string' ? [{ region, path }] : [];
  });
}
