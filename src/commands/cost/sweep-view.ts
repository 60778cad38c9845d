import { exclusionsOf } from '../../lib/cost/assumptions.js';
import type { EstimateOptions } from '../../lib/cost/estimate.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import {
  type PairVerdict,
  type Sweep,
  type SweepPoint,
  type SweepRange,
  type Variant,
  withValue,
} from '../../lib/cost/sweep.js';
import { shown } from '../../lib/cost/table-usage.js';
import { MONTH_HOURS } from '../../lib/cost/quantities.js';
import type { CapacityMode, Workload } from '../../lib/cost/workload.js';
import type { Exact } from '../../lib/model/exact.js';
import { formatBytes } from '../../lib/model/size.js';
import type { DocumentFormat } from '../../lib/terminal/format.js';
import type { Io } from '../../lib/terminal/io.js';
import type { Output } from '../../lib/terminal/output.js';
import { sparkline } from '../../lib/terminal/sparkline.js';
import { type Column, keyValues, renderTable } from '../../lib/terminal/table.js';
import { shortCount, totalText } from './cost-words.js';
import { csvText, markdownTable, plainNumber } from './documents.js';
import { pricesJson } from './estimate-json.js';
import { unknownNames } from './finish.js';
import type { PriceOptions } from './price-options.js';
import { pricesSentences, sentenceList } from './sentences.js';

/** A sweep with what has to be said about it. */
export interface SweepDrawing {
  readonly sweep: Sweep;
  readonly workload: Workload;
  readonly provisioned: CapacityMode & { readonly mode: 'provisioned' };
  readonly book: PriceBook;
  readonly options: EstimateOptions & PriceOptions;
}

/** The table has a row for every fourth point, the curve all of them. */
const TABLE_STEP = 4;
const VARIANTS: readonly Variant[] = ['on-demand', 'provisioned', 'standard', 'standard-ia'];

/** Prints a sweep in whatever form was asked for. */
export async function drawSweep(
  drawing: SweepDrawing,
  output: Output,
  io: Io,
  document: DocumentFormat | undefined,
): Promise<void> {
  const { sweep, book, options } = drawing;
  const frame = { of: sweep.range.of, verdicts: sweep.verdicts.map(verdictJson), prices: pricesJson(book, options) };
  if (document === 'csv') await output.line(csvText([sweep.range.of, ...VARIANTS], sweep.points.map(csvRow)));
  else if (document === 'markdown') await output.line(markdownText(drawing));
  else if (output.format === 'json') await output.document({ ...frame, points: sweep.points.map(pointJson) });
  else if (output.format === 'ndjson') {
    for (const point of sweep.points) await output.event({ type: 'point', ...pointJson(point) });
    await output.event({ type: 'summary', ...frame });
  } else await output.line(await humanText(drawing, io));
}

async function humanText(drawing: SweepDrawing, io: Io): Promise<string> {
  const { sweep, book, options, workload } = drawing;
  const columns: readonly Column[] = [
    { header: sweep.range.of.toUpperCase(), align: 'right', key: true },
    ...VARIANTS.map((variant): Column => ({ header: variant.toUpperCase(), align: 'right' })),
  ];
  const rows = sweep.points
    .filter((_, at) => at % TABLE_STEP === 0)
    .map(({ value, variants }) => [
      valueText(sweep.range.of, value),
      ...VARIANTS.map(variant => variantText(variants.get(variant))),
    ]);
  const curves = io.unicode ? curvesOf(sweep.points) : [];
  const verdicts = sweep.verdicts.map(verdict => verdictText(verdict, drawing));
  return [
    await renderTable(columns, rows, io),
    ...(curves.length === 0 ? [] : [keyValues(curves, io)]),
    verdicts.join('\n'),
    sentenceList('Prices', pricesSentences(book, options), io),
    sentenceList('Not included', exclusionsOf(withValue(workload, sweep.range.of, sweep.range.to), options), io),
  ].join('\n\n');
}

/** The curves of all variants by orders of magnitude, on one scale: what stands higher costs more. */
function curvesOf(points: readonly SweepPoint[]): readonly (readonly [string, string])[] {
  const logs = VARIANTS.map(variant =>
    points.map(({ variants }) => Math.log(variants.get(variant)?.usd.high.toNumber() ?? Number.NaN)),
  );
  const all = logs.flat();
  if (!all.every(each => Number.isFinite(each))) return [];
  const lowest = Math.min(...all);
  const highest = Math.max(...all);
  return VARIANTS.map((variant, at) => [
    variant,
    sparkline(
      (logs[at] ?? []).map(each => each - lowest),
      highest - lowest,
    ),
  ]);
}

function variantText(total: SweepPoint['monthly'] | undefined): string {
  return total === undefined ? '-' : totalText(total);
}

function valueText(of: SweepRange['of'], value: Exact): string {
  switch (of) {
    case 'writes':
    case 'reads':
      return `${shortCount(value.times(24).div(MONTH_HOURS))}/day`;
    case 'item-size':
      return formatBytes(value.toNumber());
    case 'storage':
      return `${shown(value.toSignificantDigits(4))}GB`;
  }
}

const NAMES: Readonly<Record<Variant, string>> = {
  'on-demand': 'on-demand',
  provisioned: 'provisioned',
  standard: 'Standard',
  'standard-ia': 'Standard-IA',
};

/** What a pair comes to, in a sentence. */
function verdictText(verdict: PairVerdict, { sweep, provisioned }: SweepDrawing): string {
  const [first, second] = verdict.pair;
  const names = `${NAMES[first]} and ${NAMES[second]}${second === 'provisioned' ? ` at ${provisioned.utilization.times(100).toFixed()}% utilization` : ''}`;
  switch (verdict.kind) {
    case 'break-even':
      return verdict.places
        .map(
          ({ at, cheaperBelow, cheaperAbove }) =>
            `${names} break even at ${valueText(sweep.range.of, at)}: below it ${NAMES[cheaperBelow]} is cheaper, above it ${NAMES[cheaperAbove]}.`,
        )
        .join('\n');
    case 'always':
      return `${names} do not break even in this range: ${NAMES[verdict.cheaper]} is cheaper throughout.`;
    case 'same':
      return `${names} cost the same in this range.`;
    case 'unknown':
      return `${names} cannot be compared: ${unknownNames(verdict.missing)} ${verdict.missing.length === 1 ? 'is' : 'are'} not known.`;
  }
}

function verdictJson(verdict: PairVerdict) {
  const [first, second] = verdict.pair;
  return {
    pair: [first, second],
    kind: verdict.kind,
    missing: verdict.kind === 'unknown' ? verdict.missing : [],
    cheaper: verdict.kind === 'always' ? verdict.cheaper : null,
    breakEvens:
      verdict.kind === 'break-even'
        ? verdict.places.map(({ at, cheaperBelow, cheaperAbove }) => ({
            at: at.toNumber(),
            cheaperBelow,
            cheaperAbove,
          }))
        : [],
  };
}

function pointJson({ value, monthly, variants }: SweepPoint) {
  return {
    value: value.toNumber(),
    monthlyUsd: { low: monthly.usd.low.toNumber(), high: monthly.usd.high.toNumber(), atLeast: monthly.atLeast },
    variants: Object.fromEntries(
      [...variants].map(([variant, total]) => [
        variant,
        { low: total.usd.low.toNumber(), high: total.usd.high.toNumber(), atLeast: total.atLeast },
      ]),
    ),
  };
}

function csvRow({ value, variants }: SweepPoint): readonly string[] {
  return [
    plainNumber(value),
    ...VARIANTS.map(variant => {
      const total = variants.get(variant);
      return total === undefined || total.atLeast ? '' : plainNumber(total.usd.high);
    }),
  ];
}

function markdownText(drawing: SweepDrawing): string {
  const { sweep } = drawing;
  const rows = sweep.points
    .filter((_, at) => at % TABLE_STEP === 0)
    .map(({ value, variants }) => [
      valueText(sweep.range.of, value),
      ...VARIANTS.map(variant => variantText(variants.get(variant))),
    ]);
  return [
    markdownTable([sweep.range.of, ...VARIANTS.map(variant => NAMES[variant])], rows, Array(5).fill('right')),
    ...sweep.verdicts.map(verdict => verdictText(verdict, drawing)),
  ].join('\n\n');
}
