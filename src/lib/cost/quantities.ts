import { usageError } from '../model/error.js';
import { exact, type Exact } from '../model/exact.js';
import { parseSize } from '../model/size.js';

const MULTIPLIERS = { '': 1, K: 1e3, M: 1e6, B: 1e9 } as const;
/** Average use of provisioned capacity where nobody says another. */
export const DEFAULT_UTILIZATION = exact('0.7');

/** Hours of a month, as AWS's calculators count them. */
export const MONTH_HOURS = 730;

type Period = 's' | 'm' | 'h' | 'd' | 'month';
const SECONDS_OF: Readonly<Record<Period, number>> = { s: 1, m: 60, h: 3600, d: 86_400, month: MONTH_HOURS * 3600 };
const PERIODS: Readonly<Record<string, Period>> = {
  s: 's',
  sec: 's',
  second: 's',
  m: 'm',
  min: 'm',
  minute: 'm',
  h: 'h',
  hour: 'h',
  d: 'd',
  day: 'd',
  mo: 'month',
  month: 'month',
};
const RATE = /^(\d+(?:\.\d+)?)([KMB]?)\/([a-z]+)$/i;
const COUNT = /^(\d+(?:\.\d+)?)([KMB]?)$/i;
const GB = /^(\d+(?:\.\d+)?)([MGT])i?B$/i;
/** More than DynamoDB has ever been said to do; whoever types more has made a mistake. */
const MOST_PER_MONTH = exact('1e18');
const MAX_ITEM_BYTES = 400 * 1024;
const GB_OF = { M: exact(1).div(1024), G: exact(1), T: exact(1024) } as const;

/** Reads `100M/day`, `250/s`, `1.5B/month` into so many a month of 730 hours. @throws DdbxError `usage` */
export function parseMonthlyRate(text: string): Exact {
  const [, amount = '', letter = '', word = ''] = RATE.exec(text.trim()) ?? [];
  const period = PERIODS[word.toLowerCase()];
  if (amount === '' || period === undefined) {
    throw usageError(
      `"${text}" is not a rate.`,
      'Write a number and a period: 250/s, 20M/day, 1.5B/month; K, M and B are thousand, million and billion.',
    );
  }
  return sane(text, multiplied(amount, letter).times(SECONDS_OF.month).div(SECONDS_OF[period]));
}

/** Reads `5`, `2.5M`, `1B`. @throws DdbxError `usage` */
export function parseQuantity(text: string): Exact {
  const [, amount = '', letter = ''] = COUNT.exec(text.trim()) ?? [];
  if (amount === '') {
    throw usageError(
      `"${text}" is not a quantity.`,
      'Write a number, with K, M or B behind it if you like: 800, 2.5M.',
    );
  }
  return sane(text, multiplied(amount, letter));
}

/** Reads `12%` into 0.12; more than 100% is no share. @throws DdbxError `usage` */
export function parseShare(text: string): Exact {
  const amount = /^(\d+(?:\.\d+)?)%$/.exec(text.trim())?.[1];
  if (amount === undefined) {
    throw usageError(`"${text}" is not a share.`, 'Write it in percent, such as 12% or 0.5%.');
  }
  const share = exact(amount).div(100);
  if (share.gt(1)) throw usageError(`"${text}" is more than all of it.`, 'A share is between 0% and 100%.');
  return share;
}

/** Reads `250GB`, `1.5TB`, `800MB` into GB of 1,024 MB, as AWS meters storage. @throws DdbxError `usage` */
export function parseGigabytes(text: string): Exact {
  const [, amount = '', letter = ''] = GB.exec(text.trim()) ?? [];
  const unit = letter.toUpperCase();
  if (amount === '' || (unit !== 'M' && unit !== 'G' && unit !== 'T')) {
    throw usageError(`"${text}" is not a storage size.`, 'Write a number and MB, GB or TB: 250GB, 1.5TB.');
  }
  return sane(text, exact(amount).times(GB_OF[unit]));
}

/** Reads the size of an item, in bytes: above 0, and up to DynamoDB's 400 KB. @throws DdbxError `usage` */
export function parseItemSize(text: string): number {
  const bytes = parseSize(text);
  if (bytes > MAX_ITEM_BYTES) {
    throw usageError(`"${text}" is more than an item can have.`, 'DynamoDB takes items of up to 400KB.');
  }
  if (bytes === 0) throw usageError('An item has at least one byte.');
  return bytes;
}

/** Reads a price: a plain decimal number in USD, with or without `$`. @throws DdbxError `usage` */
export function parseUsd(text: string): Exact {
  const amount = /^\$?(\d+(?:\.\d+)?)$/.exec(text.trim())?.[1];
  if (amount === undefined) throw usageError(`"${text}" is not an amount in USD.`, 'Write a plain number: 0.29.');
  return exact(amount);
}

function multiplied(amount: string, letter: string): Exact {
  const key = letter.toUpperCase();
  const multiplier = key === 'K' || key === 'M' || key === 'B' ? MULTIPLIERS[key] : 1;
  return exact(amount).times(multiplier);
}

function sane(text: string, amount: Exact): Exact {
  if (amount.gt(MOST_PER_MONTH))
    throw usageError(`"${text}" is more than any table does.`, 'Check the letters behind it.');
  return amount;
}
