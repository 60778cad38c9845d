import type { EstimateLine, Total } from '../../lib/cost/estimate.js';
import { staleDays } from '../../lib/cost/find-book.js';
import type { PriceBook } from '../../lib/cost/price-book.js';
import { dimensionFacts } from '../../lib/cost/dimensions.js';
import { ExitCode } from '../../lib/model/error.js';
import type { Exact } from '../../lib/model/exact.js';
import type { Output } from '../../lib/terminal/output.js';
import { totalText } from './cost-words.js';

type Unknown = { readonly region: string; readonly dimension: EstimateLine['dimension'] };

/** Warns of a book that is too old to be taken for today's prices. */
export function warnOfStaleBook(book: PriceBook, isWanted: boolean, nowMs: number, output: Output): void {
  const days = isWanted ? undefined : staleDays(book, nowMs);
  if (days === undefined) return;
  output.warn(
    `The prices are ${days} days old (published ${book.publishedOn}). ddbx cost prices update brings new ones.`,
  );
}

/** Names the prices that are missing, with the two ways out; gives the exit code of an estimate. */
export function finishEstimate(
  { unknown, monthly }: { readonly unknown: readonly Unknown[]; readonly monthly: Total },
  failAboveUsd: Exact | undefined,
  output: Output,
): ExitCode {
  const isOver = failAboveUsd !== undefined && monthly.usd.high.gt(failAboveUsd);
  if (unknown.length > 0) output.warn(unknownText(unknown));
  if (isOver) {
    output.warn(`A month costs ${totalText(monthly)}, more than --fail-above $${failAboveUsd.toFixed()}.`);
    return ExitCode.checkFailed;
  }
  return unknown.length > 0 ? ExitCode.partial : ExitCode.done;
}

function unknownText(unknown: readonly Unknown[]): string {
  const [first] = unknown;
  const names = unknown.map(({ region, dimension }) => `${region}:${dimension}`);
  const example = first === undefined ? '' : `--price ${first.region}:${first.dimension}=<usd>`;
  const per = first === undefined ? '' : ` (${dimensionFacts(first.dimension).perText})`;
  return `${names.length === 1 ? 'A price is' : `${names.length} prices are`} not known: ${names.join(', ')}. The total is at least what is shown. ddbx cost prices update brings AWS's price list; ${example}${per} takes a price of yours.`;
}
