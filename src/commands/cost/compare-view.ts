import type { ComparedLine, Comparison } from '../../lib/cost/compare.js';
import type { EstimateOptions } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import type { DocumentFormat } from '../../lib/terminal/format.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { type Column, keyValues, renderTable } from '../../lib/terminal/table.js';
import { differenceText, totalText, usdText } from './cost-words.js';
import { csvText, markdownTable } from './documents.js';
import { lineJson, pricesJson, sumsJson } from './estimate-json.js';
import type { PriceOptions } from './price-options.js';

/** A comparison with the names of its sides. */
export interface ComparisonDrawing {
  readonly comparison: Comparison;
  /** What the sides are called, e.g. two file names, or `now` and a change. */
  readonly names: readonly [before: string, after: string];
  readonly book: PriceBook;
  readonly options: EstimateOptions & PriceOptions;
}

const COLUMNS: readonly Column[] = [
  { header: 'REGION', key: true },
  { header: 'WHAT' },
  { header: 'BEFORE', align: 'right' },
  { header: 'AFTER', align: 'right' },
  { header: 'DIFFERENCE', align: 'right', key: true },
];

/** Prints a comparison in whatever form was asked for. */
export async function drawComparison(
  drawing: ComparisonDrawing,
  output: Output,
  io: Io,
  document: DocumentFormat | undefined,
): Promise<void> {
  const { comparison } = drawing;
  if (document === 'csv') await output.line(csvText(CSV_HEADERS, comparison.lines.map(csvRow)));
  else if (document === 'markdown') await output.line(markdownText(drawing));
  else if (output.format === 'json') {
    await output.document({ ...frame(drawing), lines: comparison.lines.map(comparedJson) });
  } else if (output.format === 'ndjson') {
    for (const line of comparison.lines) await output.event({ type: 'line', ...comparedJson(line) });
    await output.event({ type: 'summary', ...frame(drawing) });
  } else {
    const table = await renderTable(COLUMNS, comparison.lines.map(cells), io);
    await output.line(`${table}\n\n${keyValues(sums(drawing), io)}`);
  }
}

function frame({ comparison, names, book, options }: ComparisonDrawing) {
  const [before, after] = names;
  return {
    before: { name: before, ...sumsJson(comparison.before) },
    after: { name: after, ...sumsJson(comparison.after) },
    differenceUsd: comparison.difference.toNumber(),
    atLeast: comparison.atLeast,
    prices: pricesJson(book, options),
  };
}

function comparedJson({ id, before, after, difference }: ComparedLine) {
  return {
    id,
    before: before === undefined ? null : lineJson(before),
    after: after === undefined ? null : lineJson(after),
    differenceUsd: difference?.toNumber() ?? null,
  };
}

function cells({ before, after, difference }: ComparedLine): readonly string[] {
  const line = after ?? before;
  return [
    line?.region ?? '',
    line?.once === true ? `${line.title}, once` : (line?.title ?? ''),
    costText(before),
    costText(after),
    difference === undefined ? 'unknown' : differenceText(difference),
  ];
}

function costText(line: ComparedLine['before']): string {
  if (line === undefined) return '-';
  return line.cost === undefined ? 'unknown' : usdText(line.cost);
}

function sums({ comparison, names }: ComparisonDrawing): readonly (readonly [string, string])[] {
  const { before, after, difference, atLeast } = comparison;
  const { once } = after;
  return [
    [names[0], `${totalText(before.monthly)} a month`],
    [names[1], `${totalText(after.monthly)} a month`],
    ['difference', `${differenceText(difference)} a month${atLeast ? ', as far as prices are known' : ''}`],
    ...(once.usd.high.isZero() && !once.atLeast ? [] : [['once', totalText(once)] as const]),
  ];
}

const CSV_HEADERS = ['region', 'id', 'title', 'before_usd', 'after_usd', 'difference_usd', 'once'] as const;

function csvRow({ id, before, after, difference }: ComparedLine): readonly string[] {
  const line = after ?? before;
  return [
    line?.region ?? '',
    id,
    line?.title ?? '',
    before?.cost?.high.toFixed() ?? '',
    after?.cost?.high.toFixed() ?? '',
    difference?.toFixed() ?? '',
    String(line?.once ?? false),
  ];
}

function markdownText(drawing: ComparisonDrawing): string {
  const { comparison } = drawing;
  return [
    `### ${differenceText(comparison.difference)} a month`,
    markdownTable(['Region', 'What', 'Before', 'After', 'Difference'], comparison.lines.map(cells), [
      'left',
      'left',
      'right',
      'right',
      'right',
    ]),
    markdownTable(['', 'USD'], sums(drawing), ['left', 'right']),
  ].join('\n\n');
}
