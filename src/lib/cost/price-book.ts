import { type Exact, exact } from '../model/exact.js';
import { isJsonObject } from '../model/json-object.js';
import { type Dimension, isDimension } from './dimensions.js';

/** Where a price was read. */
export interface PriceSource {
  readonly what: string;
  /** AWS's own price list, a text that quotes it, code that AWS publishes, or somebody else's statement. */
  readonly kind: 'price-list' | 'price-list-quote' | 'aws-code' | 'third-party';
}

/** A part of a quantity that has a price of its own: up to `upTo` units of the month, the last one without an end. */
export interface PriceBand {
  readonly upTo: Exact | undefined;
  readonly usd: Exact;
}

/** One price, for as many units as its dimension says (`per`). */
export interface BookPrice {
  readonly usd: Exact;
  /** Where the price falls with the quantity; absent for one price for all. */
  readonly bands: readonly PriceBand[] | undefined;
  /** A key of the book's sources. */
  readonly source: string;
  /** When it was read or published: a date, or a month or year where no more is known. */
  readonly asOf: string;
  /** Since when AWS has charged it, where the price list says so. */
  readonly effectiveFrom?: string | undefined;
}

/** A Region with the prices that are known of it; what is not there is not known. */
export interface RegionPrices {
  readonly name: string;
  readonly partition: string;
  /** What usage types of the Region begin with, where it is known. */
  readonly usagetypePrefix: string | undefined;
  readonly prices: ReadonlyMap<Dimension, BookPrice>;
}

/** Prices of all Regions, as of one day. Books are files: the bundled one, and those that `cost prices update` writes. */
export interface PriceBook {
  readonly version: string;
  readonly publishedOn: string;
  /** The day on which all of AWS's current lists were read: nothing newer was published until then. */
  readonly checkedOn?: string | undefined;
  readonly currency: 'USD';
  readonly sources: ReadonlyMap<string, PriceSource>;
  readonly regions: ReadonlyMap<string, RegionPrices>;
}

/** A text that is not a price book; the message says where and why. */
export class PriceBookError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PriceBookError';
  }
}

const FORMAT = 1;

/** Reads a price book out of parsed JSON, whole or not at all. @throws PriceBookError */
export function parsePriceBook(json: unknown): PriceBook {
  const book = objectAt(json, 'the book');
  if (book['format'] !== FORMAT) throw new PriceBookError(`format is ${String(book['format'])}, not ${FORMAT}`);
  if (book['currency'] !== 'USD') throw new PriceBookError('currency is not USD');
  const sources = new Map(
    Object.entries(objectAt(book['sources'], 'sources')).map(([id, source]) => [id, parseSource(source, id)]),
  );
  const regions = new Map(
    Object.entries(objectAt(book['regions'], 'regions')).map(([id, region]) => [id, parseRegion(region, id, sources)]),
  );
  if (regions.size === 0) throw new PriceBookError('there are no Regions');
  return {
    version: textAt(book, 'version', 'the book'),
    publishedOn: dateAt(book, 'publishedOn'),
    ...(book['checkedOn'] === undefined ? {} : { checkedOn: dateAt(book, 'checkedOn') }),
    currency: 'USD',
    sources,
    regions,
  };
}

/** The book as JSON: what `parsePriceBook` reads. */
export function priceBookJson(book: PriceBook): unknown {
  return {
    format: FORMAT,
    version: book.version,
    publishedOn: book.publishedOn,
    ...(book.checkedOn === undefined ? {} : { checkedOn: book.checkedOn }),
    currency: book.currency,
    sources: Object.fromEntries(book.sources),
    regions: Object.fromEntries(
      [...book.regions].map(([id, { name, partition, usagetypePrefix, prices }]) => [
        id,
        {
          name,
          partition,
          ...(usagetypePrefix === undefined ? {} : { usagetypePrefix }),
          prices: Object.fromEntries([...prices].map(([dimension, price]) => [dimension, priceJson(price)])),
        },
      ]),
    ),
  };
}

function priceJson({ usd, bands, source, asOf, effectiveFrom }: BookPrice): unknown {
  return {
    usd: usd.toFixed(),
    ...(bands === undefined
      ? {}
      : { bands: bands.map(band => ({ upTo: band.upTo?.toFixed() ?? null, usd: band.usd.toFixed() })) }),
    source,
    asOf,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  };
}

function parseSource(json: unknown, id: string): PriceSource {
  const source = objectAt(json, `source ${id}`);
  const kind = KINDS.find(each => each === source['kind']);
  if (kind === undefined) throw new PriceBookError(`source ${id}: kind is ${String(source['kind'])}`);
  return { what: textAt(source, 'what', `source ${id}`), kind };
}

const KINDS: readonly PriceSource['kind'][] = ['price-list', 'price-list-quote', 'aws-code', 'third-party'];

function parseRegion(json: unknown, id: string, sources: ReadonlyMap<string, PriceSource>): RegionPrices {
  const region = objectAt(json, id);
  const prices = new Map<Dimension, BookPrice>();
  for (const [name, price] of Object.entries(objectAt(region['prices'], `${id}: prices`))) {
    // A later ddbx may know more dimensions; what this one does not know it does not need.
    if (isDimension(name)) prices.set(name, parsePrice(price, `${id}: ${name}`, sources));
  }
  return {
    name: textAt(region, 'name', id),
    partition: textAt(region, 'partition', id),
    usagetypePrefix: region['usagetypePrefix'] === undefined ? undefined : textAt(region, 'usagetypePrefix', id),
    prices,
  };
}

function parsePrice(json: unknown, where: string, sources: ReadonlyMap<string, PriceSource>): BookPrice {
  const price = objectAt(json, where);
  const source = textAt(price, 'source', where);
  if (!sources.has(source)) throw new PriceBookError(`${where}: there is no source ${source}`);
  const { bands } = price;
  if (bands !== undefined && !Array.isArray(bands)) throw new PriceBookError(`${where}: bands is not a list`);
  return {
    usd: usdAt(price, where),
    bands: bands?.map((band: unknown) => parseBand(band, where)),
    source,
    asOf: textAt(price, 'asOf', where),
    ...(price['effectiveFrom'] === undefined ? {} : { effectiveFrom: textAt(price, 'effectiveFrom', where) }),
  };
}

function parseBand(json: unknown, where: string): PriceBand {
  const band = objectAt(json, `${where}: a band`);
  return { upTo: band['upTo'] === null ? undefined : decimalAt(band, 'upTo', where), usd: usdAt(band, where) };
}

function usdAt(object: Readonly<Record<string, unknown>>, where: string): Exact {
  return decimalAt(object, 'usd', where);
}

function decimalAt(object: Readonly<Record<string, unknown>>, member: string, where: string): Exact {
  const text = textAt(object, member, where);
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new PriceBookError(`${where}: ${member} is ${text}, not a decimal number`);
  return exact(text);
}

function dateAt(object: Readonly<Record<string, unknown>>, member: string): string {
  const text = textAt(object, member, 'the book');
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new PriceBookError(`${member} is ${text}, not a date`);
  return text;
}

function textAt(object: Readonly<Record<string, unknown>>, member: string, where: string): string {
  const value = object[member];
  if (typeof value !== 'string' || value === '') throw new PriceBookError(`${where}: ${member} is not a text`);
  return value;
}

function objectAt(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) throw new PriceBookError(`${where} is not an object`);
  return value;
}
