import { dimensionFacts } from '../../lib/cost/dimensions.js';
import type { EstimateLine, Total } from '../../lib/cost/estimate.js';
import type { PriceSource } from '../../lib/cost/price-book.js';
import type { Rate } from '../../lib/cost/rates.js';
import { shown } from '../../lib/cost/table-usage.js';
import { isExactRange, type Range } from '../../lib/cost/usage.js';
import { type Exact, exact } from '../../lib/model/exact.js';
import { formatUsd } from '../../lib/terminal/human.js';

/** A quantity, or the two ends of one: `155`, `6.083B to 6.692B`. */
export function quantityText(range: Range): string {
  return isExactRange(range) ? shortCount(range.low) : `${shortCount(range.low)} to ${shortCount(range.high)}`;
}

const LETTERS = [
  [exact(1e9), 'B'],
  [exact(1e6), 'M'],
] as const;
const DIGITS = 4;

/** A count as people type it: from a million on with a letter and four digits, `6.692B`, `10.51M`. */
export function shortCount(count: Exact): string {
  for (const [size, letter] of LETTERS) {
    const short = count.div(size).toSignificantDigits(DIGITS);
    if (short.gte(1)) return `${short.lt(1000) ? short.toFixed() : shown(short)}${letter}`;
  }
  return shown(count);
}

/** An amount, or the two ends of one: `$1.88`, `$1.88 to $2.06`. */
export function usdText(range: Range): string {
  return isExactRange(range) ? usd(range.low) : `${roughUsd(range.low)} to ${roughUsd(range.high)}`;
}

/** An end of a range: cents of thousands would only feign precision. */
function roughUsd(amount: Exact): string {
  return amount.gte(1000) ? usd(amount.round()).replace(/\.00$/, '') : usd(amount);
}

/** A sum, with `at least` where a price was missing; `unknown` where all were. */
export function totalText(total: Total): string {
  if (total.atLeast && total.usd.high.isZero()) return 'unknown';
  return `${total.atLeast ? 'at least ' : ''}${usdText(total.usd)}`;
}

/** A sum of a month: `$1.88 a month`. */
export function monthlyText(total: Total): string {
  const text = totalText(total);
  return text === 'unknown' ? text : `${text} a month`;
}

/** A difference with its sign; `no change` for none. */
export function differenceText(difference: Exact): string {
  if (difference.isZero()) return 'no change';
  return `${difference.gt(0) ? '+' : '-'}${usd(difference.abs())}`;
}

/** An amount for people. */
export function usd(amount: Exact): string {
  return formatUsd(amount.toDecimalPlaces(20).toFixed());
}

/** The unit price of a line as AWS quotes it, in short: `$0.625/million`. */
export function priceText({ dimension, rate }: Pick<EstimateLine, 'dimension' | 'rate'>): string {
  if (rate === undefined) return 'unknown';
  const bands = rate.bands === undefined ? '' : ', then less';
  return `$${rate.usd.toFixed()}${dimensionFacts(dimension).perText.replace('per ', '/')}${bands}`;
}

const KINDS: Readonly<Record<PriceSource['kind'], string>> = {
  'price-list': 'price list',
  'price-list-quote': 'price list, quoted',
  'aws-code': 'code of AWS',
  'third-party': 'third party',
};

/** The source of a price whole, for a footnote; undefined for a typed one. */
export function sourceText({ origin }: Rate): string | undefined {
  return origin.kind === 'typed' ? undefined : `${KINDS[origin.source.kind]} ${origin.asOf}: ${origin.source.what}`;
}

/** What was done to a price after it was read, or `typed`: `derived, less 12%`. */
export function treatmentText({ origin, discount, ofRegion }: Rate): string {
  const words = [
    origin.kind === 'book' ? undefined : origin.kind,
    ofRegion === undefined ? undefined : `as in ${ofRegion}`,
    discount === undefined ? undefined : `less ${discount.times(100).toFixed()}%`,
  ];
  return words.filter(word => word !== undefined).join(', ');
}

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
