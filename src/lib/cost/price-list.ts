import { exact, type Exact } from '../model/exact.js';
import { isJsonObject } from '../model/json-object.js';
import { csvRows } from './csv-rows.js';

/** One SKU of AWS's price list in one Region (FACTS E.2). */
export interface PriceRow {
  readonly sku: string;
  readonly productFamily: string;
  /** Absent of storage rows, and of rows that ddbx does not know. */
  readonly group: string;
  readonly volumeType: string;
  readonly operation: string;
  readonly usagetype: string;
  readonly regionCode: string;
  readonly location: string;
  readonly effectiveDate: string;
  readonly bands: readonly PriceListBand[];
}

/** A part of a month's quantity with its price in USD for one unit; undefined where the list has no USD. */
export interface PriceListBand {
  /** Undefined for the last one, which has no end. */
  readonly end: Exact | undefined;
  readonly usd: Exact | undefined;
}

/** A price list file of a service: one Region of it, or all. */
export interface PriceList {
  readonly offerCode: string;
  readonly version: string;
  /** The day of publication. */
  readonly publishedOn: string;
  readonly rows: readonly PriceRow[];
}

/** A text that is not a price list; the message says why. */
export class PriceListError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PriceListError';
  }
}

/** Reads a price list file, JSON or CSV, whole or not at all. @throws PriceListError */
export function parsePriceList(text: string): PriceList {
  const list = /^\uFEFF?\s*\{/.test(text) ? fromJson(text) : fromCsv(text);
  if (list.offerCode === '' || list.version === '' || !/^\d{4}-\d\d-\d\d$/.test(list.publishedOn)) {
    throw new PriceListError('it has no offer code, version or publication date: not a price list file');
  }
  if (list.rows.length === 0) throw new PriceListError('it has no on-demand prices');
  return list;
}

function fromJson(text: string): PriceList {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PriceListError(`it is not JSON, or cut off: ${error instanceof Error ? error.message : String(error)}`);
  }
  const terms = member(member(json, 'terms'), 'OnDemand');
  const rows = Object.entries(objectOf(member(json, 'products'))).flatMap(([sku, product]): readonly PriceRow[] => {
    const attribute = (name: string): string => textOf(member(member(product, 'attributes'), name));
    // A product without an on-demand term is one of a plan.
    const offers = Object.values(objectOf(member(terms, sku)));
    const dimensions = offers.flatMap(offer => Object.values(objectOf(member(offer, 'priceDimensions'))));
    if (dimensions.length === 0) return [];
    return [
      {
        sku,
        productFamily: textOf(member(product, 'productFamily')),
        group: attribute('group'),
        volumeType: attribute('volumeType'),
        operation: attribute('operation'),
        usagetype: attribute('usagetype'),
        regionCode: attribute('regionCode'),
        location: attribute('location'),
        effectiveDate: textOf(member(offers[0], 'effectiveDate')).slice(0, 10),
        bands: inOrder(
          dimensions.map(each => ({
            begin: textOf(member(each, 'beginRange') ?? member(each, 'startingRange')),
            end: textOf(member(each, 'endRange') ?? member(each, 'endingRange')),
            usd: textOf(member(member(each, 'pricePerUnit'), 'USD')),
          })),
        ),
      },
    ];
  });
  return {
    offerCode: textOf(member(json, 'offerCode')),
    version: textOf(member(json, 'version')),
    publishedOn: textOf(member(json, 'publicationDate')).slice(0, 10),
    rows,
  };
}

const METADATA_ROWS = 5;

function fromCsv(text: string): PriceList {
  const all = csvRows(text.replace(/^\uFEFF/, ''));
  const metadata = new Map(all.slice(0, METADATA_ROWS).map(([key = '', value = '']) => [key, value]));
  const headers = (all[METADATA_ROWS] ?? []).map(header => header.toLowerCase().replaceAll(' ', ''));
  const bySku = new Map<string, ReadonlyMap<string, string>[]>();
  for (const cells of all.slice(METADATA_ROWS + 1)) {
    const row = new Map(headers.map((header, at) => [header, cells[at] ?? '']));
    if (row.get('termtype') !== 'OnDemand') continue;
    const sku = row.get('sku') ?? '';
    bySku.set(sku, [...(bySku.get(sku) ?? []), row]);
  }
  return {
    offerCode: metadata.get('OfferCode') ?? '',
    version: metadata.get('Version') ?? '',
    publishedOn: (metadata.get('Publication Date') ?? '').slice(0, 10),
    rows: [...bySku].map(([sku, rows]) => rowOfCsv(sku, rows)),
  };
}

function rowOfCsv(sku: string, rows: readonly ReadonlyMap<string, string>[]): PriceRow {
  const [first] = rows;
  const cell = (name: string): string => first?.get(name) ?? '';
  return {
    sku,
    productFamily: cell('productfamily'),
    group: cell('group'),
    volumeType: cell('volumetype'),
    operation: cell('operation'),
    usagetype: cell('usagetype'),
    regionCode: cell('regioncode'),
    location: cell('location'),
    effectiveDate: cell('effectivedate').slice(0, 10),
    bands: inOrder(
      rows.map(row => ({
        begin: row.get('startingrange') ?? '',
        end: row.get('endingrange') ?? '',
        usd: row.get('currency') === 'USD' ? (row.get('priceperunit') ?? '') : '',
      })),
    ),
  };
}

function inOrder(
  bands: readonly { readonly begin: string; readonly end: string; readonly usd: string }[],
): readonly PriceListBand[] {
  return bands
    .map(band => ({
      begin: numberOf(band.begin) ?? exact(0),
      end: band.end === 'Inf' ? undefined : numberOf(band.end),
      usd: numberOf(band.usd),
    }))
    .sort((a, b) => a.begin.comparedTo(b.begin))
    .map(({ end, usd }) => ({ end, usd }));
}

/** Prices are decimals in texts: they are never read as floating point (FACTS E.2). */
function numberOf(text: string): Exact | undefined {
  return /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? exact(text) : undefined;
}

function member(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
