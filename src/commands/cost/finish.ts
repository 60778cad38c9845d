import type { EstimateLine, Total } from '../../lib/cost/estimate.js';
import { type BookChoice, staleDays } from '../../lib/cost/find-book.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { dimensionFacts } from '../../lib/cost/dimensions.js';
import { ExitCode } from '../../lib/model/error.js';
import type { Exact } from '../../lib/model/exact.js';
import type { Output } from '../../lib/terminal/output.js';
import { totalText, usd } from './cost-words.js';

type Unknown = { readonly region: string; readonly dimension: EstimateLine['dimension'] };

/** Warns of a book that is too old to be taken for today's prices. */
export function warnOfStaleBook(book: PriceBook, isWanted: boolean, nowMs: number, output: Output): void {
  const days = isWanted ? undefined : staleDays(book, nowMs);
  if (days === undefined) return;
  output.warn(
    `The prices are ${days} days old (published ${book.publishedOn}). ddbx cost prices update brings new ones.`,
  );
}

/** Names the prices that are missing, and says whether a month costs too much; gives the exit code of an estimate. */
export function finishEstimate(
  { unknown, monthly }: { readonly unknown: readonly Unknown[]; readonly monthly: Total },
  options: { readonly failAboveUsd: Exact | undefined; readonly book: BookChoice },
  output: Output,
): ExitCode {
  const { failAboveUsd } = options;
  const isOver = failAboveUsd !== undefined && monthly.usd.high.gt(failAboveUsd);
  if (unknown.length > 0) warnOfUnknown(unknown, options, output);
  if (isOver) {
    output.warn(`A month costs ${totalText(monthly)}, more than --fail-above ${usd(failAboveUsd)}.`);
    return ExitCode.checkFailed;
  }
  return unknown.length > 0 ? ExitCode.partial : ExitCode.done;
}

/** Names the prices that are missing, with the two ways out. */
export function warnOfUnknown(
  unknown: readonly Unknown[],
  { book }: { readonly book: BookChoice },
  output: Output,
): void {
  const [first] = unknown;
  if (first === undefined) return;
  const count = unknown.length === 1 ? 'A price is' : `${unknown.length} prices are`;
  output.warn(`${count} not known: ${unknownNames(unknown)}. The total is at least what is shown.`);
  const typed = `--price ${first.region}:${first.dimension}=<usd> takes a price of yours, ${dimensionFacts(first.dimension).perText}`;
  output.note(
    book === '2019'
      ? `${typed}; --priced-as us-east-1 takes the old prices of us-east-1, as articles did.`
      : `ddbx cost prices update brings AWS's price list; ${typed}.`,
  );
}

/** Prices as `--price` names them: `eu-west-1:pitr, eu-west-1:restore`. */
export function unknownNames(unknown: readonly Unknown[]): string {
  return unknown.map(({ region, dimension }) => `${region}:${dimension}`).join(', ');
}
