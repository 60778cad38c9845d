import type { CommandContext } from '../../context.js';
import { priceBookPath } from '../../data-path.js';
import { checkPriceRegions, checkRegions } from '../../lib/cost/check-regions.js';
import { compareEstimates } from '../../lib/cost/compare.js';
import { estimate } from '../../lib/cost/estimate.js';
import { findBook } from '../../lib/cost/find-book.js';
import { makeRates } from '../../lib/cost/rates.js';
import type { ExitCode } from '../../lib/model/error.js';
import type { CompareOptions } from './compare.js';
import { drawComparison } from './compare-view.js';
import { describedWorkload } from './find-workload.js';
import { finishEstimate, warnOfStaleBook } from './finish.js';

/** Runs `ddbx cost compare`. */
export async function runCompare(options: CompareOptions, context: CommandContext): Promise<ExitCode> {
  const { io, clock, env, globals } = context;
  const output = context.output();
  const book = await findBook(options.book, priceBookPath(env));
  checkPriceRegions(options, book);
  const rates = makeRates({ ...options, book });
  const names = [options.before, options.after] as const;
  const [before, after] = await Promise.all(
    names.map(async file => {
      const workload = await describedWorkload({ file, typed: new Map() }, context);
      checkRegions(workload, book);
      return estimate(workload, rates, options);
    }),
  );
  if (before === undefined || after === undefined) throw new RangeError('two files have two estimates');
  warnOfStaleBook(book, options.book === '2019', clock.now(), output);
  const comparison = compareEstimates(before, after);
  await drawComparison({ comparison, names, book, options }, output, io, globals.documentFormat);
  return finishEstimate({ unknown: comparison.unknown, monthly: after.monthly }, options, output);
}
