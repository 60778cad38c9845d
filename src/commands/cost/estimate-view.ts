import { assumptionsOf, exclusionsOf } from '../../lib/cost/assumptions.js';
import { dimensionFacts } from '../../lib/cost/dimensions.js';
import type { Estimate, EstimateLine, EstimateOptions } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { isExactRange } from '../../lib/cost/usage.js';
import type { DocumentFormat } from '../../lib/terminal/format.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { makePalettes } from '../../lib/terminal/palette.js';
import { type Column, keyValues, renderTable } from '../../lib/terminal/table.js';
import { originText, priceText, quantityText, totalText, usdText } from './cost-words.js';
import { csvText, markdownList, markdownTable } from './documents.js';
import { frameJson, lineJson } from './estimate-json.js';
import type { PriceOptions } from './price-options.js';

/** An estimate with what has to be said about it. */
export interface EstimateDrawing {
  readonly estimate: Estimate;
  readonly book: PriceBook;
  readonly options: EstimateOptions & PriceOptions;
}

const COLUMNS: readonly Column[] = [
  { header: 'REGION', key: true },
  { header: 'WHAT' },
  { header: 'QUANTITY', align: 'right' },
  { header: 'UNIT' },
  { header: 'PRICE' },
  { header: 'USD', align: 'right', key: true },
  { header: 'PRICE FROM' },
  { header: 'RULE' },
];

/** Prints an estimate in whatever form was asked for. */
export async function drawEstimate(
  drawing: EstimateDrawing,
  output: Output,
  io: Io,
  document: DocumentFormat | undefined,
): Promise<void> {
  const { estimate, book, options } = drawing;
  if (document === 'csv') await output.line(csvText(CSV_HEADERS, estimate.lines.map(csvRow)));
  else if (document === 'markdown') await output.line(markdownText(drawing));
  else if (output.format === 'json') {
    await output.document({ ...frameJson(estimate, book, options), lines: estimate.lines.map(lineJson) });
  } else if (output.format === 'ndjson') {
    for (const line of estimate.lines) await output.event({ type: 'line', ...lineJson(line) });
    await output.event({ type: 'summary', ...frameJson(estimate, book, options) });
  } else await output.line(await humanText(drawing, io));
}

async function humanText(drawing: EstimateDrawing, io: Io): Promise<string> {
  const { estimate, options } = drawing;
  const { bold, dim } = makePalettes(io).stdout;
  const list = (title: string, sentences: readonly string[]): string =>
    [bold(title), ...sentences.map(sentence => dim(`  ${sentence}`))].join('\n');
  return [
    await renderTable(COLUMNS, estimate.lines.map(lineCells), io),
    keyValues(sums(estimate), io),
    list('Prices', pricesSentences(drawing)),
    list('Assumed', assumptionsOf(estimate.workload, options)),
    list('Not included', exclusionsOf(estimate.workload, options)),
  ].join('\n\n');
}

/** The cells of a line, as people read them. */
export function lineCells(line: EstimateLine): readonly string[] {
  const free = line.billed.high.eq(line.quantity.high) ? '' : ` (${quantityText(line.billed)} paid)`;
  return [
    line.region,
    line.once ? `${line.title}, once` : line.title,
    `${quantityText(line.quantity)}${free}`,
    dimensionFacts(line.dimension).unit,
    priceText(line),
    line.cost === undefined ? 'unknown' : usdText(line.cost),
    originText(line.rate),
    line.rule,
  ];
}

function sums({ perRegion, monthly, yearly, once }: Estimate): readonly (readonly [string, string])[] {
  const regions = [...perRegion].map(([region, total]): readonly [string, string] => [
    region,
    `${totalText(total)} a month`,
  ]);
  return [
    ...(regions.length > 1 ? regions : []),
    ['total', `${totalText(monthly)} a month, ${totalText(yearly)} a year`],
    ...(once.usd.high.isZero() && !once.atLeast ? [] : [['once', totalText(once)] as const]),
  ];
}

/** Which prices were used, in sentences. */
export function pricesSentences({ book, options }: Pick<EstimateDrawing, 'book' | 'options'>): readonly string[] {
  const { typed, discounts, pricedAs } = options;
  return [
    `Book ${book.version}, published ${book.publishedOn}.`,
    ...typed.map(({ region, dimension, usd }) => `Typed: ${region} ${dimension} $${usd.toFixed()}.`),
    ...discounts.map(
      ({ share, dimension }) => `Discount: ${share.times(100).toFixed()}% off ${dimension ?? 'everything'}.`,
    ),
    ...(pricedAs === undefined ? [] : [`Every Region is priced as ${pricedAs}, which is not what it costs there.`]),
  ];
}

const CSV_HEADERS = [
  'region',
  'id',
  'dimension',
  'title',
  'quantity_low',
  'quantity_high',
  'unit',
  'unit_price_usd',
  'per',
  'usd_low',
  'usd_high',
  'once',
  'rule',
  'price_from',
] as const;

function csvRow(line: EstimateLine): readonly string[] {
  const { unit, per } = dimensionFacts(line.dimension);
  return [
    line.region,
    line.id,
    line.dimension,
    line.title,
    line.quantity.low.toFixed(),
    line.quantity.high.toFixed(),
    unit,
    line.rate?.usd.toFixed() ?? '',
    String(per),
    line.cost?.low.toFixed() ?? '',
    line.cost?.high.toFixed() ?? '',
    String(line.once),
    line.rule,
    originText(line.rate),
  ];
}

function markdownText(drawing: EstimateDrawing): string {
  const { estimate, options } = drawing;
  return [
    `### ${estimate.workload.name}: ${totalText(estimate.monthly)} a month`,
    markdownTable(
      ['Region', 'What', 'Quantity', 'Price', 'USD', 'Price from'],
      estimate.lines.map(line => {
        const [region = '', what = '', quantity = '', unit = '', price = '', usd = '', from = ''] = lineCells(line);
        return [region, what, `${quantity} ${unit}`, price, usd, from];
      }),
      ['left', 'left', 'right', 'left', 'right', 'left'],
    ),
    markdownTable(['Total', 'USD'], sums(estimate), ['left', 'right']),
    markdownList('Prices', pricesSentences(drawing)),
    markdownList('Assumed', assumptionsOf(estimate.workload, options)),
    markdownList('Not included', exclusionsOf(estimate.workload, options)),
  ].join('\n\n');
}

/** Whether some cost is a range: said once beside the number. */
export function hasRanges({ lines }: Estimate): boolean {
  return lines.some(({ cost }) => cost !== undefined && !isExactRange(cost));
}
