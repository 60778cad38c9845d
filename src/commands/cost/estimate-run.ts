import { DEFAULT_UTILIZATION } from '../../lib/cost/quantities.js';
import type { CommandContext } from '../../context.js';
import { priceBookPath } from '../../data-path.js';
import { checkPriceRegions, checkRegions } from '../../lib/cost/check-regions.js';
import { compareEstimates } from '../../lib/cost/compare.js';
import { estimate } from '../../lib/cost/estimate.js';
import { findBook } from '../../lib/cost/find-book.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { makeRates, type Rates } from '../../lib/cost/rates.js';
import { applyChange, type Change } from '../../lib/cost/scenario.js';
import { sweep } from '../../lib/cost/sweep.js';
import type { Workload } from '../../lib/cost/workload.js';
import { ExitCode } from '../../lib/model/error.js';
import type { Output } from '../../lib/terminal/output.js';
import { drawComparison } from './compare-view.js';
import type { EstimateCommandOptions } from './estimate.js';
import { drawEstimate } from './estimate-view.js';
import { describedWorkload } from './find-workload.js';
import { finishEstimate, warnOfStaleBook, warnOfUnknown } from './finish.js';

/** Points of a sweep: enough for a curve of a terminal's width. */
const SWEEP_POINTS = 41;

/** Runs `ddbx cost estimate`: finds the workload and the prices, and answers the question that was asked. */
export async function runEstimate(options: EstimateCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { clock, env } = context;
  const output = context.output();
  const book = await findBook(options.book, priceBookPath(env));
  checkPriceRegions(options, book);
  const workload = await findWorkload(options, context, output);
  checkRegions(workload, book);
  const rates = makeRates({ ...options, book });
  warnOfStaleBook(book, options.book === '2019', clock.now(), output);
  const parts = { options, context, output, book, workload, rates };
  if (options.sweep !== undefined) return answerSweep(parts, options.sweep);
  return options.changes.length > 0 ? answerWhatIf(parts) : answerEstimate(parts);
}

interface Parts {
  readonly options: EstimateCommandOptions;
  readonly context: CommandContext;
  readonly output: Output;
  readonly book: PriceBook;
  readonly workload: Workload;
  readonly rates: Rates;
}

async function findWorkload(
  options: EstimateCommandOptions,
  context: CommandContext,
  output: Output,
): Promise<Workload> {
  const { table, workloadFile: file, texts: typed } = options;
  if (table === undefined) return describedWorkload({ file, typed }, context);
  const { measuredWorkload } = await import('./measured-workload.js');
  return measuredWorkload({ table, periodMs: options.periodMs }, context, output);
}

async function answerEstimate({ options, context, output, book, workload, rates }: Parts): Promise<ExitCode> {
  const result = estimate(workload, rates, options);
  await drawEstimate({ estimate: result, book, options }, output, context.io, context.globals.documentFormat);
  return finishEstimate(result, options, output);
}

async function answerWhatIf({ options, context, output, book, workload, rates }: Parts): Promise<ExitCode> {
  const changed = options.changes.reduce(applyChange, workload);
  checkRegions(changed, book);
  const after = estimate(changed, rates, options);
  const comparison = compareEstimates(estimate(workload, rates, options), after);
  const names = ['now', options.changes.map(changeText).join(', ')] as const;
  await drawComparison({ comparison, names, book, options }, output, context.io, context.globals.documentFormat);
  return finishEstimate({ unknown: comparison.unknown, monthly: after.monthly }, options, output);
}

async function answerSweep(parts: Parts, range: NonNullable<EstimateCommandOptions['sweep']>): Promise<ExitCode> {
  const { options, context, output, book, workload, rates } = parts;
  const { capacity } = workload;
  // What is provisioned today says nothing of other quantities: it follows from utilization.
  const utilization = capacity.mode === 'provisioned' ? capacity.utilization : DEFAULT_UTILIZATION;
  const provisioned = { mode: 'provisioned', utilization } as const;
  const drawn = sweep(workload, rates, { ...options, provisioned }, range, SWEEP_POINTS);
  const { drawSweep } = await import('./sweep-view.js');
  await drawSweep(
    { sweep: drawn, workload, provisioned, book, options },
    output,
    context.io,
    context.globals.documentFormat,
  );
  if (drawn.unknown.length === 0) return ExitCode.done;
  warnOfUnknown(drawn.unknown, options, output);
  return ExitCode.partial;
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'add-replica':
    case 'remove-replica':
      return `${change.kind} ${change.region}`;
    case 'capacity':
      return change.capacity.mode === 'on-demand'
        ? 'on-demand'
        : `provisioned at ${change.capacity.utilization.times(100).toFixed()}%`;
    case 'consistency':
      return `${change.consistency} consistency${change.witness === undefined ? '' : `, witness ${change.witness}`}`;
    case 'table-class':
      return change.tableClass;
    case 'item-size':
      return `items of ${change.itemBytes} bytes`;
    case 'writes':
      return `${change.perMonth.toDecimalPlaces(0).toFixed()} writes a month`;
  }
}
