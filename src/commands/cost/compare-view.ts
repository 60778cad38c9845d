import { assumptionsOf, exclusionsOf } from '../../lib/cost/assumptions.js';
import type { ComparedLine, Comparison } from '../../lib/cost/compare.js';
import type { EstimateOptions } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { isExactRange } from '../../lib/cost/usage.js';
import type { DocumentFormat } from '../../lib/terminal/format.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { type Column, keyValues, renderTable } from '../../lib/terminal/table.js';
import { differenceText, monthlyText, totalText, usdText } from './cost-words.js';
import { csvText, markdownList, markdownTable, plainNumber } from './documents.js';
import { lineJson, pricesJson, sumsJson } from './estimate-json.js';
import type { PriceOptions } from './price-options.js';
import { pricesSentences, sentenceList } from './sentences.js';

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
    await output.line([table, keyValues(sums(drawing), io), ...lists(drawing, io)].join('\n\n'));
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
    assumptions: assumptionsOf(comparison.after.workload, options),
    notIncluded: exclusionsOf(comparison.after.workload, options),
  };
}

function lists({ comparison, book, options }: ComparisonDrawing, io: Io): readonly string[] {
  const { workload } = comparison.after;
  return [
    sentenceList('Prices', pricesSentences(book, options), io),
    sentenceList('Assumed', assumptionsOf(workload, options), io),
    sentenceList('Not included', exclusionsOf(workload, options), io),
  ];
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

function sums(drawing: ComparisonDrawing): readonly (readonly [string, string])[] {
  const { comparison, names } = drawing;
  const { before, after, difference } = comparison;
  const { once } = after;
  return [
    [names[0], monthlyText(before.monthly)],
    [names[1], monthlyText(after.monthly)],
    ['difference', `${differenceText(difference)} a month${limits(drawing)}`],
    ...(once.usd.high.isZero() && !once.atLeast ? [] : [['once', totalText(once)] as const]),
  ];
}

/** How the difference is to be taken. */
function limits({ comparison: { before, after, atLeast } }: ComparisonDrawing): string {
  const isExact = isExactRange(before.monthly.usd) && isExactRange(after.monthly.usd);
  return `${isExact ? '' : ', between the upper ends'}${atLeast ? ', as far as prices are known' : ''}`;
}

const CSV_HEADERS = ['region', 'id', 'title', 'before_usd', 'after_usd', 'difference_usd', 'once'] as const;

function csvRow({ id, before, after, difference }: ComparedLine): readonly string[] {
  const line = after ?? before;
  return [
    line?.region ?? '',
    id,
    line?.title ?? '',
    plainNumber(before?.cost?.high),
    plainNumber(after?.cost?.high),
    plainNumber(difference),
    String(line?.once ?? false),
  ];
}

function markdownText(drawing: ComparisonDrawing): string {
  const { comparison, book, options } = drawing;
  const { workload } = comparison.after;
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
    markdownList('Prices', pricesSentences(book, options)),
    markdownList('Assumed', assumptionsOf(workload, options)),
    markdownList('Not included', exclusionsOf(workload, options)),
  ].join('\n\n');
}
