import type { CommandContext } from '../../context.js';
import { priceBookPath } from '../../data-path.js';
import { checkRegion } from '../../lib/cost/check-regions.js';
import { dimensionFacts, dimensionNames } from '../../lib/cost/dimensions.js';
import { findBook } from '../../lib/cost/find-book.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { makeRates, type Rates } from '../../lib/cost/rates.js';
import { ExitCode } from '../../lib/model/error.js';
import { type Column, renderTable } from '../../lib/terminal/table.js';
import type { Output } from '../../lib/terminal/output.js';
import { originText } from './cost-words.js';
import { warnOfStaleBook } from './finish.js';
import type { PricesShowOptions } from './prices.js';

const PRICE_COLUMNS: readonly Column[] = [
  { header: 'DIMENSION', key: true },
  { header: 'WHAT' },
  { header: 'USD', align: 'right' },
  { header: 'FOR' },
  { header: 'PRICE FROM' },
];

const REGION_COLUMNS: readonly Column[] = [
  { header: 'REGION', key: true },
  { header: 'NAME' },
  { header: 'KNOWN', align: 'right' },
  { header: 'NOT KNOWN' },
];

/** Runs `ddbx cost prices show`. */
export async function runPricesShow(options: PricesShowOptions, context: CommandContext): Promise<ExitCode> {
  const { env, clock, globals, io } = context;
  const output = context.output();
  const book = await findBook(options.book, priceBookPath(env));
  const rates = makeRates({ book, typed: [], discounts: [], pricedAs: undefined });
  const { region } = globals;
  warnOfStaleBook(book, options.book === '2019', clock.now(), output);
  if (region !== undefined) checkRegion(region, book);
  if (output.format !== 'human') await printJson(book, rates, region, output);
  else if (region === undefined) {
    await output.line(await renderTable(REGION_COLUMNS, regionRows(book, rates), io));
    output.note(`Book ${book.version}, published ${book.publishedOn}. --region <region> shows the prices of one.`);
  } else {
    await output.line(await renderTable(PRICE_COLUMNS, priceRows(rates, region), io));
    output.note(`Book ${book.version}, published ${book.publishedOn}.`);
  }
  return ExitCode.done;
}

function priceRows(rates: Rates, region: string): readonly (readonly string[])[] {
  return dimensionNames.map(dimension => {
    const { title, perText } = dimensionFacts(dimension);
    const rate = rates(region, dimension);
    return [dimension, title, rate === undefined ? 'unknown' : rate.usd.toFixed(), perText, originText(rate)];
  });
}

function regionRows(book: PriceBook, rates: Rates): readonly (readonly string[])[] {
  return [...book.regions].map(([region, { name }]) => {
    const missing = dimensionNames.filter(dimension => rates(region, dimension) === undefined);
    return [region, name, `${dimensionNames.length - missing.length} of ${dimensionNames.length}`, missing.join(' ')];
  });
}

async function printJson(book: PriceBook, rates: Rates, only: string | undefined, output: Output): Promise<void> {
  const regions = [...book.regions]
    .filter(([region]) => only === undefined || region === only)
    .map(([region, { name }]) => ({ region, name, prices: pricesOf(rates, region) }));
  const frame = { version: book.version, publishedOn: book.publishedOn };
  if (output.format === 'json') await output.document({ ...frame, regions });
  else {
    for (const each of regions) await output.event({ type: 'region', ...each });
    await output.event({ type: 'summary', ...frame, regions: regions.length });
  }
}

function pricesOf(rates: Rates, region: string) {
  return dimensionNames.map(dimension => {
    const rate = rates(region, dimension);
    const { unit, per } = dimensionFacts(dimension);
    return {
      dimension,
      usd: rate?.usd.toNumber() ?? null,
      per,
      unit,
      origin: rate?.origin.kind ?? null,
      source: rate === undefined || rate.origin.kind === 'typed' ? null : rate.origin.source.what,
      asOf: rate === undefined || rate.origin.kind === 'typed' ? null : rate.origin.asOf,
    };
  });
}
