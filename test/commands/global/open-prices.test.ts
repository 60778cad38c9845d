import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPrices } from '../../../src/commands/global/open-prices.js';
import { exact } from '../../../src/lib/model/exact.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ddbx-prices-'));
  await mkdir(join(folder, 'ddbx'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const env = () => ({ XDG_DATA_HOME: folder });

const downloaded = (publishedOn: string) => ({
  format: 1,
  version: `list-${publishedOn}`,
  publishedOn,
  currency: 'USD',
  sources: { list: { what: 'the price list', kind: 'price-list' } },
  regions: {
    'eu-west-1': {
      name: 'Europe (Ireland)',
      partition: 'aws',
      prices: { restore: { usd: '0.1677', source: 'list', asOf: publishedOn } },
    },
  },
});

describe('the prices that global verbs name', () => {
  it('are those of the bundled book, with their date, and unknown where it has none for the Region', async () => {
    const prices = await openPrices({ env: env() });
    expect(prices('us-east-2', 'restore')).toEqual({ usd: exact('0.15'), asOf: '2026-05' });
    expect(prices('us-east-1', 'restore')).toBeUndefined();
    expect(prices('xx-north-9', 'rru')).toBeUndefined();
  });

  it('are those of a newer book that was downloaded', async () => {
    await writeFile(join(folder, 'ddbx', 'prices.json'), JSON.stringify(downloaded('2099-01-01')));
    const prices = await openPrices({ env: env() });
    expect(prices('eu-west-1', 'restore')).toEqual({ usd: exact('0.1677'), asOf: '2099-01-01' });
  });

  it('are the bundled ones when the downloaded book is damaged', async () => {
    await writeFile(join(folder, 'ddbx', 'prices.json'), '{');
    expect((await openPrices({ env: env() }))('us-east-2', 'restore')?.usd.toFixed()).toBe('0.15');
  });
});
