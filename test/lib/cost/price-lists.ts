import type { Dimension } from '../../../src/lib/cost/dimensions.js';

/**
 * Price list files as AWS publishes them for DynamoDB, reconstructed: layout, names of families, groups and usage types, units and
 * bands are those of real rows (FACTS E.2); SKUs and versions are made up.
 */
export interface Sku {
  readonly usagetype: string;
  readonly productFamily?: string;
  readonly group?: string;
  readonly volumeType?: string;
  readonly operation?: string;
  /** Each with its begin, its end and its price; the price as the file has it, a text. */
  readonly bands: readonly (readonly [begin: string, end: string, price: string])[];
  readonly currency?: 'USD' | 'CNY';
}

/** A file of one Region. */
export interface ListOptions {
  readonly region?: string;
  readonly version?: string;
  readonly offerCode?: string;
  /** What the ends of bands are called: as real files have it, or as the documentation says. */
  readonly ranges?: 'beginRange' | 'startingRange';
}

const ON_DEMAND = {
  productFamily: 'Amazon DynamoDB PayPerRequest Throughput',
  operation: 'PayPerRequestThroughput',
} as const;
const PROVISIONED = { productFamily: 'Provisioned IOPS', operation: 'CommittedThroughput' } as const;

/** The rows of a Region, with its prefix before usage types: none for us-east-1, `EU-` for eu-west-1. */
export function regionSkus(prefix = ''): readonly Sku[] {
  const all = (price: string) => [['0', 'Inf', price]] as const;
  const free = (quantity: string, price: string) =>
    [
      ['0', quantity, '0.0000000000'],
      [quantity, 'Inf', price],
    ] as const;
  return [
    { ...ON_DEMAND, group: 'DDB-ReadUnitsIA', usagetype: `${prefix}IA-ReadRequestUnits`, bands: all('0.0000001550') },
    { ...ON_DEMAND, group: 'DDB-ReadUnits', usagetype: `${prefix}ReadRequestUnits`, bands: all('0.0000001250') },
    { ...ON_DEMAND, group: 'DDB-WriteUnitsIA', usagetype: `${prefix}IA-WriteRequestUnits`, bands: all('0.0000007800') },
    { ...ON_DEMAND, group: 'DDB-WriteUnits', usagetype: `${prefix}WriteRequestUnits`, bands: all('0.0000006250') },
    {
      ...ON_DEMAND,
      group: 'DDB-ReplicatedWriteUnits',
      usagetype: `${prefix}ReplWriteRequestUnits`,
      bands: all('0.0000006250'),
    },
    // Vector search has rows in the same family, without a group.
    { ...ON_DEMAND, usagetype: 'USE1-VectorSearch', bands: all('0.0020000000') },
    { ...ON_DEMAND, usagetype: 'USE1-VectorWriteRequest', bands: all('0.0030000000') },
    {
      ...PROVISIONED,
      group: 'DDB-ReadUnits',
      usagetype: `${prefix}ReadCapacityUnit-Hrs`,
      bands: free('18600', '0.0001300000'),
    },
    {
      ...PROVISIONED,
      group: 'DDB-WriteUnits',
      usagetype: `${prefix}WriteCapacityUnit-Hrs`,
      bands: free('18600', '0.0006500000'),
    },
    {
      productFamily: 'DDB-Operation-ReplicatedWrite',
      group: 'DDB-ReplicatedWriteUnits',
      operation: 'CommittedThroughput',
      usagetype: `${prefix}ReplWriteCapacityUnit-Hrs`,
      bands: free('18600', '0.0006500000'),
    },
    {
      productFamily: 'Database Storage',
      volumeType: 'Amazon DynamoDB - Indexed DataStore',
      usagetype: `${prefix}TimedStorage-ByteHrs`,
      bands: free('25', '0.2500000000'),
    },
    {
      productFamily: 'Database Storage',
      volumeType: 'Amazon DynamoDB - Indexed DataStore - IA',
      usagetype: `${prefix}IA-TimedStorage-ByteHrs`,
      bands: all('0.1000000000'),
    },
    {
      productFamily: 'API Request',
      group: 'DDB-StreamsReadRequests',
      operation: 'GetRecords',
      usagetype: `${prefix}Streams-Requests`,
      bands: free('2500000', '0.0000002000'),
    },
  ];
}

/** The rows with one of them changed, or left out, by the end of its usage type. */
export function changed(skus: readonly Sku[], usagetype: string, change: Partial<Sku> | undefined): readonly Sku[] {
  return skus.flatMap(sku => {
    if (sku.usagetype !== usagetype) return [sku];
    return change === undefined ? [] : [{ ...sku, ...change }];
  });
}

/** What `regionSkus` says of each dimension, for as many units as it is quoted for. */
export const LISTED: Readonly<Partial<Record<Dimension, string>>> = {
  wru: '0.625',
  rru: '0.125',
  rwru: '0.625',
  'wcu-hour': '0.00065',
  'rcu-hour': '0.00013',
  'rwcu-hour': '0.00065',
  storage: '0.25',
  'ia-wru': '0.78',
  'ia-rru': '0.155',
  'ia-storage': '0.1',
  streams: '0.02',
};

/** A file as JSON. */
export function jsonList(skus: readonly Sku[], options: ListOptions = {}): string {
  const {
    region = 'us-east-1',
    version = '20270101000000',
    offerCode = 'AmazonDynamoDB',
    ranges = 'beginRange',
  } = options;
  const end = ranges === 'beginRange' ? 'endRange' : 'endingRange';
  const named = skus.map((sku, at) => ({ id: `SKU${String(at).padStart(13, '0')}`, sku }));
  return JSON.stringify({
    formatVersion: 'v1.0',
    offerCode,
    version,
    publicationDate: publicationDate(version),
    products: Object.fromEntries(
      named.map(({ id, sku: { productFamily, bands: _bands, currency: _currency, ...attributes } }) => [
        id,
        {
          sku: id,
          productFamily,
          attributes: { servicecode: offerCode, location: 'A place', regionCode: region, ...attributes },
        },
      ]),
    ),
    terms: {
      OnDemand: Object.fromEntries(
        named.map(({ id, sku: { bands, currency = 'USD' } }) => [
          id,
          {
            [`${id}.JRTCKXETXF`]: {
              sku: id,
              effectiveDate: '2026-12-01T00:00:00Z',
              priceDimensions: Object.fromEntries(
                // The free band comes last: order means nothing in an object.
                bands
                  .toReversed()
                  .map(([from, to, price], at) => [
                    `${id}.JRTCKXETXF.BAND${at}`,
                    { [ranges]: from, [end]: to, unit: 'x', pricePerUnit: { [currency]: price } },
                  ]),
              ),
            },
          },
        ]),
      ),
    },
  });
}

/** A file as CSV: five rows about the file, the headers, the bands. */
export function csvList(skus: readonly Sku[], options: ListOptions = {}): string {
  const { region = 'us-east-1', version = '20270101000000', offerCode = 'AmazonDynamoDB' } = options;
  const rows = skus.flatMap(({ bands, currency = 'USD', ...sku }, at) =>
    bands.map(([from, to, price]) => [
      ...[`SKU${at}`, 'OnDemand', '$0.625 per million, "quoted"', '2026-12-01', from, to, price, currency],
      ...[sku.productFamily ?? '', sku.group ?? '', sku.volumeType ?? '', sku.usagetype, sku.operation ?? ''],
      ...[region, 'A place'],
    ]),
  );
  const headers = [
    ...['SKU', 'TermType', 'PriceDescription', 'EffectiveDate', 'StartingRange', 'EndingRange', 'PricePerUnit'],
    ...['Currency', 'Product Family', 'Group', 'Volume Type', 'usageType', 'operation', 'Region Code', 'Location'],
  ];
  return [
    ['FormatVersion', 'v1.0'],
    ['Disclaimer', 'a text'],
    ['Publication Date', publicationDate(version)],
    ['Version', version],
    ['OfferCode', offerCode],
    headers,
    ...rows,
  ]
    .map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');
}

function publicationDate(version: string): string {
  return `${version.slice(0, 4)}-${version.slice(4, 6)}-${version.slice(6, 8)}T00:00:00Z`;
}
