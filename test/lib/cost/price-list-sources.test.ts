import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpPriceListGateway, type PriceListGateway } from '../../../src/lib/aws/price-list-gateway.js';
import { priceListSource } from '../../../src/lib/cost/price-list-sources.js';
import type { PriceListSource } from '../../../src/lib/cost/update-book.js';
import { wireServer, type WireServer } from '../../support/wire-server.js';

const signal = new AbortController().signal;

async function read(source: PriceListSource): Promise<readonly string[]> {
  const files = await source.files(signal);
  return Promise.all(files.map(async file => `${file.name}: ${await file.read(signal)}`));
}

describe('price lists on disk', () => {
  let folder: string;
  const none: PriceListGateway = {
    read: () => Promise.reject(new Error('nothing is to be asked of a network')),
    close: () => undefined,
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ddbx-lists-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('are a file, or the .json and .csv files of a folder but its index', async () => {
    for (const name of ['b.csv', 'a.json', 'notes.txt', 'region_index.json']) await writeFile(join(folder, name), name);
    expect(await read(await priceListSource(folder, [], none))).toEqual([
      `${join(folder, 'a.json')}: a.json`,
      `${join(folder, 'b.csv')}: b.csv`,
    ]);
    const file = join(folder, 'notes.txt');
    expect(await read(await priceListSource(file, [], none))).toEqual([`${file}: notes.txt`]);
  });

  it('are missed with a hint', async () => {
    await expect(priceListSource(folder, [], none)).rejects.toThrow('holds no .json or .csv file');
    await expect(priceListSource(join(folder, 'x'), [], none)).rejects.toThrow('There is no file or folder');
  });
});

describe('price lists over HTTP', () => {
  const index = JSON.stringify({
    regions: {
      'us-east-1': { regionCode: 'us-east-1', currentVersionUrl: '/offers/2027/us-east-1/index.json' },
      'eu-west-1': { regionCode: 'eu-west-1', currentVersionUrl: '/offers/2027/eu-west-1/index.json' },
    },
  });
  let server: WireServer;
  let gateway: PriceListGateway;
  beforeEach(async () => {
    server = await wireServer((response, { path }) => {
      if (path === '/offers/current/region_index.json') response.end(index);
      else if (path === '/offers/2027/us-east-1/index.json') response.end('the list');
      else if (path === '/broken/region_index.json') response.end('<html>');
      else response.writeHead(404).end();
    });
    gateway = await httpPriceListGateway({});
  });
  afterEach(async () => {
    gateway.close();
    await server.close();
  });

  it('are found by their index, those of the Regions that are wanted', async () => {
    const source = await priceListSource(`${server.url}/offers/current/region_index.json`, ['us-east-1'], gateway);
    expect(await read(source)).toEqual(['us-east-1: the list']);
    expect(source).toMatchObject({ isCurrent: true, isWhole: false });
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/offers/current/region_index.json',
      '/offers/2027/us-east-1/index.json',
    ]);
  });

  it('are all of them when none is named, and one by its own address', async () => {
    const all = await priceListSource(`${server.url}/offers/current/region_index.json`, [], gateway);
    expect(all).toMatchObject({ isCurrent: true, isWhole: true });
    expect((await all.files(signal)).map(({ name }) => name)).toEqual(['us-east-1', 'eu-west-1']);
    const one = await priceListSource(`${server.url}/offers/2027/us-east-1/index.json`, [], gateway);
    expect(one).toMatchObject({ isCurrent: false, isWhole: false });
    expect(await read(one)).toEqual([`${server.url}/offers/2027/us-east-1/index.json: the list`]);
  });

  it('are missed in words', async () => {
    const find = async (path: string, only: readonly string[] = []) =>
      read(await priceListSource(`${server.url}${path}`, only, gateway));
    await expect(find('/offers/current/region_index.json', ['eu-west-2'])).rejects.toMatchObject({
      message: 'AWS has no price list of eu-west-2.',
      hint: 'Did you mean eu-west-1?',
    });
    await expect(find('/broken/region_index.json')).rejects.toMatchObject({ code: 'no-price-lists' });
    await expect(find('/nothing.json')).rejects.toMatchObject({
      code: 'price-list-unreachable',
      message: `${server.url}/nothing.json cannot be read: it answered 404.`,
    });
  });
});
