import { dimensionFacts } from '../../lib/cost/dimensions.js';
import type { EstimateLine, Total } from '../../lib/cost/estimate.js';
import type { PriceSource } from '../../lib/cost/price-book.js';
import type { Rate } from '../../lib/cost/rates.js';
import { shown } from '../../lib/cost/table-usage.js';
import { isExactRange, type Range } from '../../lib/cost/usage.js';
import type { Exact } from '../../lib/model/exact.js';
import { formatUsd } from '../../lib/terminal/human.js';

/** A quantity, or the two ends of one: `155 to 165`. */
export function quantityText(range: Range): string {
  return isExactRange(range) ? shown(range.low) : `${shown(range.low)} to ${shown(range.high)}`;
}

/** An amount, or the two ends of one: `$1.88`, `$1.88 to $2.06`. */
export function usdText(range: Range): string {
  return isExactRange(range) ? usd(range.low) : `${usd(range.low)} to ${usd(range.high)}`;
}

/** A sum, with `at least` where a price was missing. */
export function totalText(total: Total): string {
  return `${total.atLeast ? 'at least ' : ''}${usdText(total.usd)}`;
}

/** A difference with its sign; `no change` for none. */
export function differenceText(difference: Exact): string {
  if (difference.isZero()) return 'no change';
  return `${difference.gt(0) ? '+' : '-'}${usd(difference.abs())}`;
}

function usd(amount: Exact): string {
  return formatUsd(amount.toDecimalPlaces(20).toFixed());
}

/** The unit price of a line as AWS quotes it: `$0.625 per 1,000,000`. */
export function priceText({ dimension, rate }: Pick<EstimateLine, 'dimension' | 'rate'>): string {
  if (rate === undefined) return 'unknown';
  const bands = rate.bands === undefined ? '' : ' and less';
  return `$${rate.usd.toFixed()} ${dimensionFacts(dimension).perText}${bands}`;
}

const KINDS: Readonly<Record<PriceSource['kind'], string>> = {
  'price-list': 'price list',
  'price-list-quote': 'price list, quoted',
  'aws-code': 'code of AWS',
  'third-party': 'third party',
};

/** Where a price is from: `price list, quoted 2026-09-06`, `typed`, with what a rule, a discount or `--priced-as` did to it. */
export function originText(rate: Rate | undefined): string {
  if (rate === undefined) return '-';
  const { origin, discount, ofRegion } = rate;
  const words = [
    origin.kind === 'typed' ? 'typed' : `${KINDS[origin.source.kind]} ${origin.asOf}`,
    origin.kind === 'derived' ? `derived: as ${dimensionFacts(origin.from).unit}` : undefined,
    ofRegion === undefined ? undefined : `as in ${ofRegion}`,
    discount === undefined ? undefined : `less ${discount.times(100).toFixed()}%`,
  ];
  return words.filter(word => word !== undefined).join(', ');
}
