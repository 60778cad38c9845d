import { parseDuration } from '../model/duration.js';
import { DdbxError, usageError } from '../model/error.js';
import { exact, type Exact, ONE, ZERO } from '../model/exact.js';
import { formatBytes } from '../model/size.js';
import { checkConsistency, type FieldNamer } from './check-consistency.js';
import type { WorkloadTexts } from './fields.js';
import {
  DEFAULT_UTILIZATION,
  parseGigabytes,
  parseItemSize,
  parseMonthlyRate,
  parseQuantity,
  parseShare,
} from './quantities.js';
import type { CapacityMode, IndexLoad, RegionLoad, StreamReaders, TriggerLoad, Workload } from './workload.js';

/** More is a typing error; AWS's own limit is a quota that can be raised. */
const MAX_INDEXES = 100;
const DAY_MS = 86_400_000;

/**
 * Makes a workload of what was said of it, and checks how it goes together.
 * @param homeRegion the Region where none was said
 * @throws DdbxError `usage` that names the field
 */
export function buildWorkload(texts: WorkloadTexts, named: FieldNamer, homeRegion: string): Workload {
  const read = readerOf(texts, named);
  const home = read.one('region', text => text) ?? homeRegion;
  const regions = regionLoads(read, named, home, texts.get('replica') ?? []);
  const itemBytes = read.one('item-size', parseItemSize) ?? 1024;
  const workload: Workload = {
    name: read.one('name', text => text) ?? 'the table',
    regions,
    consistency: read.one('consistency', oneOf('eventual', 'strong')) ?? 'eventual',
    witness: read.one('witness', text => text),
    capacity: capacityOf(read, named),
    tableClass: read.one('table-class', oneOf('standard', 'standard-ia')) ?? 'standard',
    itemBytes,
    readConsistency: read.one('read-consistency', oneOf('eventual', 'strong')) ?? 'eventual',
    transactionalShare: read.one('transactional', parseShare) ?? ZERO,
    ttlDeletes: read.one('ttl-deletes', parseMonthlyRate) ?? ZERO,
    indexes: indexLoads(read, itemBytes),
    storageGb: read.one('storage', parseGigabytes) ?? ZERO,
    pitr: texts.has('pitr') ? 'everywhere' : 'nowhere',
    backupsKept: read.one('backup-retention', backupsKept) ?? ZERO,
    streamReaders: streamReaders(read, named),
    trigger: triggerLoad(read, named),
    addedRegions: [],
    measured: false,
  };
  checkConsistency(workload, named);
  checkCapacity(workload, named);
  return workload;
}

interface Reader {
  /** The last text of a field, read; undefined when nothing was said. */
  one<Value>(field: string, parse: (text: string) => Value): Value | undefined;
  /** All texts of a field, read. */
  all<Value>(field: string, parse: (text: string) => Value): readonly Value[];
}

function readerOf(texts: WorkloadTexts, named: FieldNamer): Reader {
  const all = <Value>(field: string, parse: (text: string) => Value): readonly Value[] =>
    (texts.get(field) ?? []).map(text => parsing(() => parse(text), named(field)));
  return { all, one: (field, parse) => all(field, parse).at(-1) };
}

/** Puts the field's name before what a parser says of its value. */
function parsing<Value>(parse: () => Value, name: string): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof DdbxError)) throw error;
    throw usageError(`${name}: ${error.message}`, error.hint);
  }
}

function oneOf<Choice extends string>(...choices: readonly Choice[]): (text: string) => Choice {
  return text => {
    const found = choices.find(choice => choice === text);
    if (found === undefined) throw usageError(`"${text}" is none of ${choices.join(', ')}.`);
    return found;
  };
}

function backupsKept(text: string): Exact {
  return exact(parseDuration(text)).div(DAY_MS).ceil();
}

function regionLoads(
  read: Reader,
  named: FieldNamer,
  home: string,
  replicas: readonly string[],
): readonly RegionLoad[] {
  const names = [home, ...replicas];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw usageError(`${named('replica')}: ${twice} is named twice.`, 'The table has one replica in a Region at most.');
  }
  const rates = (field: 'writes' | 'reads'): ReadonlyMap<string, Exact> => {
    const found = new Map<string, Exact>();
    for (const [region, rate] of read.all(field, text => regionalRate(text, home))) {
      if (!names.includes(region)) {
        throw usageError(`${named(field)}: the table is not in ${region}.`, `It is in ${names.join(', ')}.`);
      }
      if (found.has(region)) throw usageError(`${named(field)}: ${region} has two rates.`, 'Give their sum.');
      found.set(region, rate);
    }
    return found;
  };
  const writes = rates('writes');
  const reads = rates('reads');
  return names.map(region => ({ region, writes: writes.get(region) ?? ZERO, reads: reads.get(region) ?? ZERO }));
}

function regionalRate(text: string, home: string): readonly [string, Exact] {
  const at = text.indexOf('=');
  return at < 0 ? [home, parseMonthlyRate(text)] : [text.slice(0, at), parseMonthlyRate(text.slice(at + 1))];
}

function capacityOf(read: Reader, named: FieldNamer): CapacityMode {
  const mode = read.one('capacity', oneOf('on-demand', 'provisioned')) ?? 'on-demand';
  const utilization = read.one('utilization', parseShare);
  if (mode === 'on-demand') {
    if (utilization !== undefined) {
      throw usageError(`${named('utilization')} is of provisioned capacity only.`, 'Add --capacity provisioned.');
    }
    return { mode };
  }
  if (utilization?.isZero() === true) {
    throw usageError(`${named('utilization')}: at 0% no capacity would ever be enough.`);
  }
  return { mode, utilization: utilization ?? DEFAULT_UTILIZATION };
}

function indexLoads(read: Reader, itemBytes: number): readonly IndexLoad[] {
  const groups = read.all('gsi', text => indexGroup(text, itemBytes));
  const each = groups.flatMap(({ count, ...load }) => Array.from({ length: count }, () => load));
  if (each.length > MAX_INDEXES) {
    throw usageError(`${each.length} indexes are more than a table has.`);
  }
  return each.map((load, at) => ({ name: String(at + 1), ...load }));
}

function indexGroup(text: string, itemBytes: number): Omit<IndexLoad, 'name'> & { readonly count: number } {
  const [count = '', share, size, ...more] = text.split(':');
  if (!/^\d+$/.test(count) || Number(count) === 0 || more.length > 0) {
    throw usageError(
      `"${text}" does not describe indexes.`,
      'Write <n>[:<share of writes>[:<size>]]: 2, 1:50%, 1:50%:200B.',
    );
  }
  // Looked at before so many are made.
  if (Number(count) > MAX_INDEXES) throw usageError(`"${text}" is more indexes than a table has.`);
  return {
    count: Number(count),
    share: share === undefined ? ONE : parseShare(share),
    itemBytes: size === undefined ? undefined : entrySize(size, itemBytes),
  };
}

function entrySize(text: string, itemBytes: number): number {
  const bytes = parseItemSize(text);
  if (bytes <= itemBytes) return bytes;
  throw usageError(
    `"${text}" is more than the item has that it is taken from.`,
    `An index holds the item (${formatBytes(itemBytes)}, see --item-size) or a part of it.`,
  );
}

function streamReaders(read: Reader, named: FieldNamer): StreamReaders | undefined {
  const count = read.one('stream-readers', wholeAbove0);
  const pollIntervalMs = read.one('poll-interval', parseDuration);
  const shards = read.one('shards', wholeAbove0);
  if (count === undefined) {
    const lonely = [
      pollIntervalMs === undefined ? [] : ['poll-interval'],
      shards === undefined ? [] : ['shards'],
    ].flat();
    if (lonely[0] !== undefined) {
      throw usageError(
        `${named(lonely[0])} is of readers of their own, and there are none.`,
        'Add --stream-readers <n>; Lambda triggers and replication read the stream for free.',
      );
    }
    return undefined;
  }
  if (pollIntervalMs === 0) throw usageError(`${named('poll-interval')}: nobody asks without a pause.`);
  return { count, pollIntervalMs: pollIntervalMs ?? 1000, shards: shards ?? 1 };
}

function triggerLoad(read: Reader, named: FieldNamer): TriggerLoad | undefined {
  const trigger = read.one('trigger', triggerParts);
  const architecture = read.one('architecture', oneOf('x86', 'arm64'));
  const passShare = read.one('filter-pass', parseShare);
  const failedShare = read.one('failed', parseShare);
  if (trigger === undefined) {
    const lonely = Object.entries({ architecture, 'filter-pass': passShare, failed: failedShare }).find(
      ([, value]) => value !== undefined,
    );
    if (lonely !== undefined) {
      throw usageError(`${named(lonely[0])} is of a trigger, and there is none.`, 'Add --trigger <batch[:ms:MB]>.');
    }
    return undefined;
  }
  return {
    ...trigger,
    architecture: architecture ?? 'x86',
    passShare: passShare ?? ONE,
    failedShare: failedShare ?? ZERO,
  };
}

function triggerParts(text: string): Pick<TriggerLoad, 'batchSize' | 'duration'> {
  const [batch = '', ms, memory, ...more] = text.split(':');
  if (
    ![batch, ms ?? '1', memory ?? '1'].every(part => /^\d+$/.test(part)) ||
    (ms === undefined) !== (memory === undefined) ||
    more.length > 0
  ) {
    throw usageError(`"${text}" does not describe a trigger.`, 'Write <batch size>[:<ms>:<MB>]: 100, 100:200:512.');
  }
  const batchSize = Number(batch);
  const memoryMb = Number(memory);
  if (batchSize < 1 || batchSize > 10_000) throw usageError('A batch has 1 to 10,000 records.');
  if (ms === undefined) return { batchSize, duration: undefined };
  if (memoryMb < 128 || memoryMb > 10_240) throw usageError('A function has 128 to 10,240 MB.');
  if (Number(ms) > 900_000) throw usageError('An invocation ends after 15 minutes at the latest.');
  return { batchSize, duration: { ms: Number(ms), memoryMb } };
}

function wholeAbove0(text: string): number {
  const value = parseQuantity(text);
  if (!value.isInteger() || value.lt(1) || value.gt(1e9)) throw usageError(`"${text}" is not a whole number above 0.`);
  return value.toNumber();
}

function checkCapacity({ capacity, regions }: Workload, named: FieldNamer): void {
  if (capacity.mode === 'on-demand' || regions.some(each => each.writes.plus(each.reads).gt(0))) return;
  throw usageError(
    `${named('capacity')}: how much to provision follows from the rates, and there is none.`,
    'Add --writes or --reads.',
  );
}
