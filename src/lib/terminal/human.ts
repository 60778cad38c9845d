const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A count with thousands grouped: `3,214`. */
export function formatCount(count: number | bigint): string {
  if (typeof count === 'number' && !Number.isFinite(count)) return '-';
  const [whole = '', fraction] = plainDecimal(count).split('.');
  const grouped = group(whole);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A rate with as many digits as its size deserves: `0.04/s`, `7.5/s`, `1,204/s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '-/s';
  const digits = Math.abs(perSecond) >= 100 ? 0 : Math.abs(perSecond) >= 1 ? 1 : 2;
  return `${formatCount(Number(perSecond.toFixed(digits)))}/s`;
}

/** A length of time in its two largest units: `420ms`, `3s`, `4m 12s`, `2h 5m`, `1d 3h`. Less than nothing is `0s`. */
export function formatAge(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return '-';
  if (ageMs <= 0) return '0s';
  if (ageMs < SECOND_MS) return `${Math.floor(ageMs)}ms`;
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)}s`;
  if (ageMs < HOUR_MS) return twoUnits(ageMs, MINUTE_MS, 'm', SECOND_MS, 's');
  if (ageMs < DAY_MS) return twoUnits(ageMs, HOUR_MS, 'h', MINUTE_MS, 'm');
  return twoUnits(ageMs, DAY_MS, 'd', HOUR_MS, 'h');
}

/** A share between 0 and 1 as percent: `12.5%`, `100%`; `<0.1%` and `>99.9%` where rounding would claim none or all. */
export function formatPercent(ratio: number): string {
  if (!Number.isFinite(ratio)) return '-';
  const percent = ratio * 100;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  if (percent > 99.9 && percent < 100) return '>99.9%';
  return `${formatCount(Number(percent.toFixed(1)))}%`;
}

/**
 * An amount in USD given as an exact decimal string: `$1,234.57`. Under a cent two significant digits are shown
 * (`$0.000034`), so that a small price never reads as nothing. Half a cent is rounded away from zero.
 */
export function formatUsd(amountUsd: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amountUsd);
  if (match === null) throw new RangeError(`not a plain decimal amount: ${amountUsd}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const firstDigit = fraction.search(/[1-9]/);
  const decimals = /[1-9]/.test(whole) || firstDigit < 2 ? 2 : firstDigit + 2;
  const rounded = roundTo(whole, fraction, decimals);
  return `${/[1-9]/.test(rounded) ? sign : ''}$${rounded}`;
}

/** A count with its noun: `1 shard`, `3,214 shards`; the plural is the noun with an `s` unless it is given. */
export function plural(count: number | bigint, noun: string, pluralNoun = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 || count === 1n ? noun : pluralNoun}`;
}

/** How long something is still there: `21.5 h left`, `40 min left`, `under a minute left`, `gone`. */
export function hoursLeft(leftMs: number): string {
  if (leftMs <= 0) return 'gone';
  if (leftMs < MINUTE_MS) return 'under a minute left';
  // Rounded down everywhere: nobody should count on time that is not there.
  if (leftMs < HOUR_MS) return `${Math.floor(leftMs / MINUTE_MS)} min left`;
  return `${Math.floor(leftMs / (HOUR_MS / 10)) / 10} h left`;
}

function twoUnits(ms: number, largeMs: number, large: string, smallMs: number, small: string): string {
  const rest = Math.floor((ms % largeMs) / smallMs);
  const head = `${Math.floor(ms / largeMs)}${large}`;
  return rest === 0 ? head : `${head} ${rest}${small}`;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** Digits without an exponent; beyond a double's precision they are the double's own. */
function plainDecimal(count: number | bigint): string {
  if (typeof count === 'number' && Number.isInteger(count)) return BigInt(count).toString();
  return count.toString();
}

function roundTo(whole: string, fraction: string, decimals: number): string {
  const padded = fraction.padEnd(decimals + 1, '0');
  const kept = BigInt(whole + padded.slice(0, decimals)) + ((padded[decimals] ?? '0') >= '5' ? 1n : 0n);
  const digits = kept.toString().padStart(decimals + 1, '0');
  return `${group(digits.slice(0, -decimals))}.${digits.slice(-decimals)}`;
}
