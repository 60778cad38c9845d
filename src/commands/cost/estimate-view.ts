import { assumptionsOf, exclusionsOf } from '../../lib/cost/assumptions.js';
import { dimensionFacts } from '../../lib/cost/dimensions.js';
import type { Estimate, EstimateLine, EstimateOptions } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import type { DocumentFormat } from '../../lib/terminal/format.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { type Column, keyValues, renderTable } from '../../lib/terminal/table.js';
import { displayWidth } from '../../lib/terminal/text.js';
import {
  monthlyText,
  originText,
  priceText,
  quantityText,
  sourceText,
  totalText,
  treatmentText,
  usdText,
} from './cost-words.js';
import { csvText, markdownList, markdownTable, plainNumber } from './documents.js';
import { frameJson, lineJson } from './estimate-json.js';
import type { PriceOptions } from './price-options.js';
import { pricesSentences, sentenceList } from './sentences.js';

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
  { header: 'FROM', key: true },
];
/** On a terminal too narrow for it, formulas stay with `cost explain` and with the other formats. */
const RULE_COLUMN: Column = { header: 'RULE' };
const GAP_WIDTH = 2;

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
  const { estimate, book, options } = drawing;
  const sources = numberedSources(estimate.lines);
  const table = lineTable(estimate.lines, sources, io);
  return [
    table.rows.length === 0 ? 'Nothing of this is charged.' : await renderTable(table.columns, table.rows, io),
    keyValues(sums(estimate), io),
    sentenceList(
      'Prices',
      [...pricesSentences(book, options), ...[...sources].map(([source, number]) => `[${number}] ${source}`)],
      io,
    ),
    sentenceList('Assumed', assumptionsOf(estimate.workload, options), io),
    sentenceList('Not included', exclusionsOf(estimate.workload, options), io),
  ].join('\n\n');
}

/** Every source once, with its number. */
function numberedSources(lines: readonly EstimateLine[]): ReadonlyMap<string, number> {
  const texts = lines.flatMap(({ rate }) => (rate === undefined ? [] : (sourceText(rate) ?? [])));
  return new Map([...new Set(texts)].map((text, at) => [text, at + 1]));
}

function lineTable(lines: readonly EstimateLine[], sources: ReadonlyMap<string, number>, io: Io) {
  const rows = lines.map(line => [...lineCells(line), fromText(line, sources), line.rule]);
  const columns = [...COLUMNS, RULE_COLUMN];
  const widths = columns.map(({ header }, at) =>
    Math.max(displayWidth(header), ...rows.map(row => displayWidth(row[at] ?? ''))),
  );
  const width = widths.reduce((sum, each) => sum + each + GAP_WIDTH, -GAP_WIDTH);
  return io.stdoutIsTty && width > io.width
    ? { columns: COLUMNS, rows: rows.map(row => row.slice(0, -1)) }
    : { columns, rows };
}

function fromText({ rate }: EstimateLine, sources: ReadonlyMap<string, number>): string {
  if (rate === undefined) return '-';
  const number = sources.get(sourceText(rate) ?? '');
  return [number === undefined ? '' : `[${number}]`, treatmentText(rate)].filter(word => word !== '').join(' ');
}

/** The cells of a line, as people read them, up to its cost. */
function lineCells(line: EstimateLine): readonly string[] {
  const free = line.billed.high.eq(line.quantity.high) ? '' : ` (${quantityText(line.billed)} paid)`;
  return [
    line.region,
    line.once ? `${line.title}, once` : line.title,
    `${quantityText(line.quantity)}${free}`,
    dimensionFacts(line.dimension).unit,
    priceText(line),
    line.cost === undefined ? 'unknown' : usdText(line.cost),
  ];
}

function sums({ perRegion, monthly, yearly, once }: Estimate): readonly (readonly [string, string])[] {
  const regions = [...perRegion].map(([region, total]): readonly [string, string] => [region, monthlyText(total)]);
  return [
    ...(regions.length > 1 ? regions : []),
    [
      'total',
      [monthlyText(monthly), ...(totalText(yearly) === 'unknown' ? [] : [`${totalText(yearly)} a year`])].join(', '),
    ],
    ...(once.usd.high.isZero() && !once.atLeast ? [] : [['once', totalText(once)] as const]),
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
    plainNumber(line.quantity.low),
    plainNumber(line.quantity.high),
    unit,
    plainNumber(line.rate?.usd),
    String(per),
    plainNumber(line.cost?.low),
    plainNumber(line.cost?.high),
    String(line.once),
    line.rule,
    originText(line.rate),
  ];
}

function markdownText(drawing: EstimateDrawing): string {
  const { estimate, book, options } = drawing;
  return [
    `### ${estimate.workload.name}: ${monthlyText(estimate.monthly)}`,
    markdownTable(
      ['Region', 'What', 'Quantity', 'Price', 'USD', 'Price from', 'Rule'],
      estimate.lines.map(line => {
        const [region = '', what = '', quantity = '', unit = '', price = '', usd = ''] = lineCells(line);
        return [region, what, `${quantity} ${unit}`, price, usd, originText(line.rate), line.rule];
      }),
      ['left', 'left', 'right', 'left', 'right', 'left', 'left'],
    ),
    markdownTable(['Total', 'USD'], sums(estimate), ['left', 'right']),
    markdownList('Prices', pricesSentences(book, options)),
    markdownList('Assumed', assumptionsOf(estimate.workload, options)),
    markdownList('Not included', exclusionsOf(estimate.workload, options)),
  ].join('\n\n');
}
