import { describe, expect, it } from 'vitest';
import { bundledBook } from '../../../src/lib/cost/books.js';
import { freeAllowances } from '../../../src/lib/cost/free-allowance.js';
import { costOf, makeRates } from '../../../src/lib/cost/rates.js';
import { just } from '../../../src/lib/cost/usage.js';
import { exact } from '../../../src/lib/model/exact.js';
import { bundledRates, oldRates } from './workloads.js';

const typed = [
  { region: 'us-east-1', dimension: 'rwru', usd: exact('0.5') },
  { region: 'us-east-1', dimension: 'rwru', usd: exact('0.4') },
] as const;

describe('a rate', () => {
  it('is what was typed last, before what the book says', () => {
    const rates = bundledRates({ typed });
    expect(rates('us-east-1', 'rwru')).toMatchObject({ usd: exact('0.4'), origin: { kind: 'typed' } });
    expect(rates('us-east-2', 'rwru')).toMatchObject({ usd: exact('0.625'), origin: { kind: 'book' } });
  });

  it('is that of the plain unit where the book has none for replicated writes, and says so', () => {
    expect(bundledRates()('eu-west-1', 'rwru')).toMatchObject({
      usd: exact('0.705'),
      origin: { kind: 'derived', from: 'wru', asOf: '2026-10-09' },
    });
  });

  it('is not derived until 2024-10-31, for the two differed then', () => {
    const book = { ...bundledBook(), publishedOn: '2024-10-31' };
    expect(makeRates({ book, typed: [], discounts: [], pricedAs: undefined })('eu-west-1', 'rwru')).toBeUndefined();
    expect(oldRates()('us-east-1', 'wru')?.usd.toFixed()).toBe('1.25');
    expect(oldRates()('us-east-1', 'rwru')?.usd.toFixed()).toBe('1.875');
  });

  it('is unknown where nobody has said it, whatever neighbours cost', () => {
    expect(bundledRates()('ap-southeast-1', 'wru')).toBeUndefined();
    expect(bundledRates({ typed })('ap-southeast-1', 'rwru')).toBeUndefined();
    expect(bundledRates()('nowhere-1', 'wru')).toBeUndefined();
  });

  it('is that of another Region only where it is asked for, but for what was typed', () => {
    const rates = bundledRates({
      pricedAs: 'us-east-2',
      typed: [{ region: 'ap-southeast-1', dimension: 'wru', usd: exact(9) }],
    });
    expect(rates('ap-southeast-1', 'storage')).toMatchObject({ usd: exact('0.25'), ofRegion: 'us-east-2' });
    expect(rates('us-east-2', 'storage')?.ofRegion).toBeUndefined();
    expect(rates('ap-southeast-1', 'wru')).toMatchObject({ usd: exact(9), ofRegion: undefined });
  });

  it('has the discount of its dimension before the one of everything, and not both', () => {
    const discounts = [
      { share: exact('0.5'), dimension: 'rwru' },
      { share: exact('0.1'), dimension: undefined },
    ] as const;
    const rates = bundledRates({ discounts });
    expect(rates('us-east-1', 'rwru')).toMatchObject({ usd: exact('0.3125'), discount: exact('0.5') });
    expect(rates('us-east-1', 'wru')).toMatchObject({ usd: exact('0.5625'), discount: exact('0.1') });
    expect(bundledRates({ discounts, typed })('us-east-1', 'rwru')?.usd.toFixed()).toBe('0.2');
  });

  it('falls from band to band', () => {
    const rate = {
      usd: exact(4),
      bands: [
        { upTo: exact(10), usd: exact(4) },
        { upTo: exact(30), usd: exact(2) },
        { upTo: undefined, usd: exact(1) },
      ],
      origin: { kind: 'typed' },
      discount: undefined,
      ofRegion: undefined,
    } as const;
    // GB-months: 10 x 4; + 20 x 2; + 5 x 1
    const costs = ['0', '10', '10.5', '30', '35'].map(gb => costOf(rate, 'storage', exact(gb)).toFixed());
    expect(costs).toEqual(['0', '40', '41', '80', '85']);
  });

  it('takes its discount off every band', () => {
    const full = bundledRates()('us-east-1', 'lambda-x86');
    const half = bundledRates({ discounts: [{ share: exact('0.5'), dimension: undefined }] })(
      'us-east-1',
      'lambda-x86',
    );
    expect(full?.bands?.length).toBeGreaterThan(1);
    expect(half?.bands?.map(({ usd }) => usd.times(2).toFixed())).toEqual(full?.bands?.map(({ usd }) => usd.toFixed()));
  });
});

describe('free allowances', () => {
  it('are of each Region, or of the account, as AWS gives them', () => {
    const free = freeAllowances();
    const left = (region: string, dimension: Parameters<typeof free.takeOff>[1], quantity: number) =>
      free.takeOff(region, dimension, just(exact(quantity))).high.toNumber();
    expect(left('us-east-1', 'storage', 30)).toBe(5);
    expect(left('us-east-1', 'storage', 30)).toBe(30);
    expect(left('eu-west-1', 'storage', 30)).toBe(5);
    expect(left('us-east-1', 'lambda-x86', 300_000)).toBe(0);
    // 100,000 of the account's 400,000 GB-seconds are left, for both architectures
    expect(left('eu-west-1', 'lambda-arm64', 300_000)).toBe(200_000);
    expect(left('us-east-1', 'wru', 1)).toBe(1);
    expect(left('us-east-1', 'ia-storage', 1)).toBe(1);
  });

  it('go by both ends of a range', () => {
    const quantity = { low: exact(2_000_000), high: exact(3_000_000) };
    expect(freeAllowances().takeOff('us-east-1', 'streams', quantity)).toEqual({ low: exact(0), high: exact(500_000) });
  });
});
