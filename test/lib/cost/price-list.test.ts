import { describe, expect, it } from 'vitest';
import { parsePriceList } from '../../../src/lib/cost/price-list.js';
import { type ListedRegion, listedRegions } from '../../../src/lib/cost/price-list-match.js';
import { changed, csvList, jsonList, LISTED, regionSkus, type Sku } from './price-lists.js';

function only(text: string): ListedRegion {
  const [region, ...more] = listedRegions(parsePriceList(text));
  if (region === undefined || more.length > 0) throw new Error('a file of one Region holds one');
  return region;
}

function prices({ prices: listed }: ListedRegion): Readonly<Record<string, string>> {
  return Object.fromEntries(listed.map(({ dimension, usd }) => [dimension, usd.toFixed()]));
}

describe('a price list', () => {
  it.each([
    ['JSON', jsonList(regionSkus())],
    ['JSON with the names of bands that the documentation has', jsonList(regionSkus(), { ranges: 'startingRange' })],
    ['JSON of eu-west-1, whose prefix is EU', jsonList(regionSkus('EU-'), { region: 'eu-west-1' })],
    ['JSON of us-east-1 with the prefix that a few rows have', jsonList(regionSkus('USE1-'))],
    ['JSON of a GovCloud Region', jsonList(regionSkus('UGW1-'), { region: 'us-gov-west-1' })],
    ['CSV', csvList(regionSkus())],
    ['CSV of eu-west-1 behind a byte order mark', `\uFEFF${csvList(regionSkus('EU-'), { region: 'eu-west-1' })}`],
  ])(
    'is read from %s: paid bands only, Standard-IA and replicated writes apart, vector search left out',
    (_name, text) => {
      const region = only(text);
      expect(prices(region)).toEqual(LISTED);
      expect(region.warnings).toEqual([]);
    },
  );

  it('says of what it is, and since when prices are charged', () => {
    const list = parsePriceList(jsonList(regionSkus()));
    expect(list).toMatchObject({ offerCode: 'AmazonDynamoDB', version: '20270101000000', publishedOn: '2027-01-01' });
    expect(new Set(listedRegions(list)[0]?.prices.map(each => each.effectiveFrom))).toEqual(new Set(['2026-12-01']));
  });

  it('keeps every digit of a price', () => {
    const text = jsonList(
      changed(regionSkus(), 'WriteRequestUnits', { bands: [['0', 'Inf', '0.000000625000000000000000001']] }),
    );
    expect(prices(only(text))['wru']).toBe('0.625000000000000000001');
  });

  it('finds rows that have moved by their usage type, and warns', () => {
    const moved: readonly Sku[] = [
      { usagetype: 'EU-RestoreDataSize-Bytes', bands: [['0', 'Inf', '0.15']] },
      { usagetype: 'EU-TimedPITRStorage-ByteHrs', productFamily: 'Elsewhere', bands: [['0', 'Inf', '0.20']] },
    ];
    const skus = changed(regionSkus('EU-'), 'EU-ReplWriteCapacityUnit-Hrs', { productFamily: 'Provisioned IOPS' });
    const region = only(jsonList([...skus, ...moved], { region: 'eu-west-1' }));
    expect(prices(region)).toEqual({ ...LISTED, restore: '0.15', pitr: '0.2' });
    expect(region.warnings).toEqual([
      expect.stringContaining('eu-west-1: rwcu-hour was found by its usage type EU-ReplWriteCapacityUnit-Hrs only'),
      expect.stringContaining('eu-west-1: pitr was found by its usage type EU-TimedPITRStorage-ByteHrs only'),
    ]);
  });

  it('takes no yuan for dollars', () => {
    const skus = regionSkus('CNN1-').map(sku => ({ ...sku, currency: 'CNY' as const }));
    for (const text of [jsonList(skus, { region: 'cn-north-1' }), csvList(skus, { region: 'cn-north-1' })]) {
      const region = only(text);
      expect(region.prices).toEqual([]);
      expect(region.warnings).toContain('cn-north-1: wru has no price in USD');
    }
  });

  it.each([
    ['half of a file', jsonList(regionSkus()).slice(0, 2000), 'not JSON, or cut off'],
    ['nothing', '', 'no offer code, version or publication date'],
    ['a page of a proxy', '<html><body>Sign in</body></html>', 'no offer code'],
    ['another JSON', '{"message": "Forbidden"}', 'no offer code'],
    ['a file without rows', jsonList([]), 'no on-demand prices'],
    ['a CSV without rows', csvList([]), 'no on-demand prices'],
  ])('is not %s', (_name, text, complaint) => {
    expect(() => parsePriceList(text)).toThrow(complaint);
  });
});
