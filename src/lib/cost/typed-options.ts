import { usageError } from '../model/error.js';
import { exact } from '../model/exact.js';
import { nearNames } from '../model/near-names.js';
import { type Dimension, dimensionNames, isDimension } from './dimensions.js';
import {
  DEFAULT_UTILIZATION,
  parseGigabytes,
  parseItemSize,
  parseMonthlyRate,
  parseShare,
  parseUsd,
} from './quantities.js';
import type { Discount, TypedPrice } from './rates.js';
import type { Change } from './scenario.js';
import type { SweepRange } from './sweep.js';

/** Reads `eu-west-3:storage=0.29`. @throws DdbxError `usage` */
export function parseTypedPrice(text: string): TypedPrice {
  const [, region = '', dimension = '', usd = ''] = /^([a-z0-9-]+):([a-z0-9-]+)=(.+)$/.exec(text) ?? [];
  if (region === '')
    throw usageError(`"${text}" is not a price.`, 'Write <region>:<dimension>=<usd>: eu-west-3:storage=0.29.');
  return { region, dimension: parseDimension(dimension), usd: parseUsd(usd) };
}

/** Reads `12%` and `12%:rwru`. @throws DdbxError `usage` */
export function parseDiscount(text: string): Discount {
  const [share = '', dimension, ...more] = text.split(':');
  if (more.length > 0)
    throw usageError(`"${text}" is not a discount.`, 'Write <share>[:<dimension>]: 12%, 12%:storage.');
  return { share: parseShare(share), dimension: dimension === undefined ? undefined : parseDimension(dimension) };
}

function parseDimension(text: string): Dimension {
  if (isDimension(text)) return text;
  const near = nearNames(text, dimensionNames);
  throw usageError(
    `There is no price dimension ${text}.`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `There are ${dimensionNames.join(', ')}.`,
  );
}

const CHANGES = 'add-replica, remove-replica, consistency, capacity, table-class, item-size, writes';

/** Reads one change of a what-if, such as `add-replica=eu-west-1` or `capacity=provisioned:60%`. @throws DdbxError `usage` */
export function parseChange(text: string): Change {
  const at = text.indexOf('=');
  const kind = text.slice(0, Math.max(0, at));
  const value = text.slice(at + 1);
  switch (value === '' ? '' : kind) {
    case 'add-replica':
      return { kind: 'add-replica', region: value };
    case 'remove-replica':
      return { kind: 'remove-replica', region: value };
    case 'consistency':
      return { kind: 'consistency', ...consistencyOf(value) };
    case 'capacity':
      return { kind: 'capacity', capacity: capacityOf(value) };
    case 'table-class':
      if (value !== 'standard' && value !== 'standard-ia') {
        throw usageError(`"${value}" is not a table class.`, 'There are standard and standard-ia.');
      }
      return { kind: 'table-class', tableClass: value };
    case 'item-size':
      return { kind: 'item-size', itemBytes: parseItemSize(value) };
    case 'writes':
      return { kind: 'writes', perMonth: parseMonthlyRate(value) };
    default:
      throw usageError(
        `"${text}" is not a change.`,
        `Write <what>=<value>, such as add-replica=eu-west-1; what can be changed: ${CHANGES}.`,
      );
  }
}

function consistencyOf(text: string): Omit<Extract<Change, { kind: 'consistency' }>, 'kind'> {
  const [consistency, witness] = text.split(':');
  if (consistency === 'eventual' && witness === undefined) return { consistency, witness };
  if (consistency !== 'strong' || witness === '') {
    throw usageError(
      `"${text}" is not a consistency.`,
      'There are eventual, strong, and strong:<Region of the witness>.',
    );
  }
  return { consistency, witness };
}

function capacityOf(text: string): Extract<Change, { kind: 'capacity' }>['capacity'] {
  const [mode = '', utilization] = text.split(':');
  if (mode === 'on-demand' && utilization === undefined) return { mode };
  if (mode !== 'provisioned') {
    throw usageError(
      `"${text}" is not a capacity mode.`,
      'There are on-demand, provisioned and provisioned:<utilization>.',
    );
  }
  const share = utilization === undefined ? DEFAULT_UTILIZATION : parseShare(utilization);
  if (share.isZero()) throw usageError('At a utilization of 0% no capacity would ever be enough.');
  return { mode, utilization: share };
}

/** Reads `writes=1M..1B/day`, `item-size=500B..8KB`, `storage=10GB..10TB`. @throws DdbxError `usage` */
export function parseSweep(text: string): SweepRange {
  const [, of, from = '', to = ''] = /^(writes|reads|item-size|storage)=(.+?)\.\.(.+)$/.exec(text) ?? [];
  if (of !== 'writes' && of !== 'reads' && of !== 'item-size' && of !== 'storage') {
    throw usageError(
      `"${text}" is not a range.`,
      'Write writes=1M..1B/day, reads=..., item-size=500B..8KB or storage=10GB..10TB.',
    );
  }
  const range: SweepRange = { of, ...endsOf(of, from, to) };
  if (range.from.isZero() || range.from.gte(range.to)) {
    throw usageError(
      `The range ${from}..${to} does not rise from something above zero.`,
      'The smaller end comes first.',
    );
  }
  return range;
}

function endsOf(of: SweepRange['of'], from: string, to: string): Pick<SweepRange, 'from' | 'to'> {
  switch (of) {
    case 'writes':
    case 'reads': {
      // The period may stand at the end only: 1M..1B/day.
      const period = to.includes('/') ? to.slice(to.indexOf('/')) : '';
      return { from: parseMonthlyRate(from.includes('/') ? from : `${from}${period}`), to: parseMonthlyRate(to) };
    }
    case 'item-size':
      return { from: exact(parseItemSize(from)), to: exact(parseItemSize(to)) };
    case 'storage':
      return { from: parseGigabytes(from), to: parseGigabytes(to) };
  }
}
