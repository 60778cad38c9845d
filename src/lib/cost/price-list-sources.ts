import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PriceListGateway } from '../aws/price-list-gateway.js';
import { DdbxError, usageError } from '../model/error.js';
import { nearNames } from '../model/near-names.js';
import { type PriceListFile, type PriceListSource, regionIndex } from './update-book.js';

/** AWS's own list of the price list files of DynamoDB, one for each Region (FACTS E.2). */
export const AWS_PRICE_INDEX =
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonDynamoDB/current/region_index.json';

const PRICE_LIST_NAME = /\.(?:json|csv)$/i;
const INDEX_NAME = 'region_index.json';

/**
 * Finds the price list files that `from` names: a URL of a `region_index.json` or of one file, a folder, or a file.
 * @param only the Regions that are wanted; all, when empty
 * @throws DdbxError `usage` for a path that is not there
 */
export async function priceListSource(
  from: string,
  only: readonly string[],
  gateway: PriceListGateway,
): Promise<PriceListSource> {
  if (/^https?:\/\//.test(from)) return urlSource(new URL(from), only, gateway);
  const found = await stat(from).catch(() => undefined);
  if (found === undefined) {
    throw usageError(
      `There is no file or folder ${from}.`,
      '--from takes a file, a folder, or a URL that begins with https://.',
    );
  }
  const names = found.isDirectory()
    ? (await readdir(from)).filter(name => PRICE_LIST_NAME.test(name) && name !== INDEX_NAME).sort()
    : [undefined];
  if (names.length === 0) throw usageError(`The folder ${from} holds no .json or .csv file.`);
  const files = names.map((name): PriceListFile => {
    const path = name === undefined ? from : join(from, name);
    return { name: path, read: signal => readFile(path, { encoding: 'utf8', signal }) };
  });
  return { name: from, isCurrent: false, isWhole: false, files: () => Promise.resolve(files) };
}

function urlSource(url: URL, only: readonly string[], gateway: PriceListGateway): PriceListSource {
  const file = (name: string, at: URL): PriceListFile => ({ name, read: signal => gateway.read(at, signal) });
  const isCurrent = url.pathname.includes('/current/');
  if (!url.pathname.endsWith(`/${INDEX_NAME}`)) {
    return { name: url.href, isCurrent, isWhole: false, files: () => Promise.resolve([file(url.href, url)]) };
  }
  return {
    name: url.href,
    isCurrent,
    isWhole: only.length === 0,
    files: async signal => {
      const index = regionIndex(await gateway.read(url, signal));
      if (index === undefined || index.length === 0) {
        throw new DdbxError({
          code: 'no-price-lists',
          message: `What ${url.href} answered is no index of price lists.`,
          hint: 'Check any proxy in between.',
        });
      }
      const unknown = only.find(region => !index.some(each => each.region === region));
      if (unknown !== undefined) {
        const near = nearNames(
          unknown,
          index.map(each => each.region),
        );
        throw usageError(
          `AWS has no price list of ${unknown}.`,
          near.length > 0 ? `Did you mean ${near.join(' or ')}?` : undefined,
        );
      }
      return index
        .filter(({ region }) => only.length === 0 || only.includes(region))
        .map(({ region, path }) => file(region, new URL(path, url)));
    },
  };
}
