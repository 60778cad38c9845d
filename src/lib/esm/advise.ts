import type { MappingSettings } from '../aws/mapping-settings.js';
import { formatDuration } from '../model/duration.js';
import { settingTable } from './setting-table.js';

/** What was measured of a mapping and its function. */
export interface Measured {
  readonly settings: MappingSettings;
  readonly openShards: number;
  /** Over how long the sums below go. */
  readonly spanMs: number;
  /** The newest iterator age, and the one at the beginning of the span; undefined when nothing was read. */
  readonly ageMs: number | undefined;
  readonly firstAgeMs: number | undefined;
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly averageDurationMs: number | undefined;
  readonly longestDurationMs: number | undefined;
  /** Records that were written to the stream's readers or invoked with; undefined where no metric tells. */
  readonly records: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly reservedConcurrency: number | undefined;
}

/** What holds the mapping back. */
export type Limit =
  | 'nothing'
  | 'no-data'
  | 'errors'
  | 'concurrency'
  | 'parallelization'
  | 'batch-size'
  | 'function'
  | 'hot-shard';

/** The advice, with the arithmetic that leads to it. */
export interface Advice {
  readonly limit: Limit;
  readonly because: string;
  readonly arithmetic: readonly string[];
  /** The command, or what else is to be done. */
  readonly doThis: string | undefined;
  /** Lanes that can work at once, and how many did on average. */
  readonly lanes: number;
  readonly busyLanes: number | undefined;
}

/** A lag below this, besides the batching window, is none. */
const KEEPING_UP_MS = 10_000;
/** Lanes that are busy for so much of the time leave no room to catch up. */
const BUSY = 0.8;
/** A share of failing invocations from which failures are the first thing to mend. */
const FAILING = 0.05;

/** Says what limits a mapping, from what was measured. Pure. @param name how commands name the mapping */
export function advise(measured: Measured, name: string): Advice {
  const { settings, openShards, invocations, errors, throttles, ageMs, averageDurationMs, spanMs } = measured;
  const factor = settings.parallelizationFactor;
  const lanes = openShards * factor;
  const perSecond = invocations / (spanMs / 1000);
  const busyLanes = averageDurationMs === undefined ? undefined : (perSecond * averageDurationMs) / 1000;
  const arithmetic = [
    `lanes: ${openShards} open ${openShards === 1 ? 'shard' : 'shards'} x parallelization ${factor} = ${lanes}`,
    ...(busyLanes === undefined || averageDurationMs === undefined
      ? []
      : [
          `busy: ${round(perSecond)} invocations/s x ${formatDuration(averageDurationMs)} = ${round(busyLanes)} lanes on average, ${percent(busyLanes / Math.max(1, lanes))} of ${lanes}`,
        ]),
    ...fillLines(measured),
  ];
  const say = (limit: Limit, because: string, doThis?: string): Advice => ({
    limit,
    because,
    arithmetic,
    doThis,
    lanes,
    busyLanes,
  });
  if (ageMs === undefined || invocations === 0 || busyLanes === undefined || averageDurationMs === undefined) {
    return say('no-data', 'Lambda read nothing in this time, so there is nothing to advise from.');
  }
  if (errors / invocations >= FAILING) {
    arithmetic.push(`failing: ${errors} of ${invocations} invocations, ${percent(errors / invocations)}`);
    return say(
      'errors',
      'The function fails, and what fails is tried again before anything else.',
      `ddbx esm blocked ${name}`,
    );
  }
  if (throttles > 0) {
    arithmetic.push(
      `throttled: ${throttles} times; ${lanes} lanes need a concurrency of ${lanes}${measured.reservedConcurrency === undefined ? '' : `, ${measured.reservedConcurrency} are reserved`}`,
    );
    return say(
      'concurrency',
      'Invocations are throttled: the function, or the account, has no concurrency left.',
      `aws lambda put-function-concurrency --function-name ${name.slice(name.indexOf(':') + 1).split(':')[0] ?? ''} --reserved-concurrent-executions ${lanes}`,
    );
  }
  const toleratedMs = KEEPING_UP_MS + settings.maximumBatchingWindowSeconds * 1000;
  if (ageMs <= toleratedMs) {
    return say(
      'nothing',
      `It keeps up: the iterator age is ${formatDuration(ageMs)}, and up to ${formatDuration(toleratedMs)} is no lag.`,
    );
  }
  arithmetic.push(...trendLines(measured, ageMs));
  if (busyLanes / lanes < BUSY) {
    return factor < largest('parallelizationFactor')
      ? say(
          'hot-shard',
          'The lanes are idle on average and the lag is there all the same: one shard has more to do than the others.',
          `ddbx esm tune ${name} --parallelization-factor ${Math.min(largest('parallelizationFactor'), factor * 2)}`,
        )
      : say(
          'hot-shard',
          'The lanes are idle on average and the lag is there all the same: one shard, or one item, has more to do than the others.',
          `ddbx streams stats ${name.split(':')[0] ?? name} --top 10`,
        );
  }
  return busyAdvice(measured, name, say, arithmetic);
}

function busyAdvice(
  { settings, openShards, records, invocations, averageDurationMs = 0, longestDurationMs, timeoutMs }: Measured,
  name: string,
  say: (limit: Limit, because: string, doThis?: string) => Advice,
  arithmetic: string[],
): Advice {
  const { parallelizationFactor: factor, batchSize } = settings;
  const most = largest('parallelizationFactor');
  if (factor < most) {
    const wanted = Math.min(most, factor * 2);
    arithmetic.push(`parallelization ${wanted} makes ${openShards * wanted} lanes out of ${openShards * factor}`);
    return say(
      'parallelization',
      'All lanes are busy: the shards are read no faster than the function returns.',
      `ddbx esm tune ${name} --parallelization-factor ${wanted}`,
    );
  }
  const fill = records === undefined ? batchSize : records / invocations;
  const fitsTwice = timeoutMs === undefined || (longestDurationMs ?? averageDurationMs) * 2 < timeoutMs;
  if (fill >= batchSize * BUSY && batchSize < largest('batchSize') && fitsTwice) {
    const wanted = Math.min(largest('batchSize'), batchSize * 2);
    return say(
      'batch-size',
      'All lanes are busy, parallelization is at its limit, and batches are full.',
      `ddbx esm tune ${name} --batch-size ${wanted}`,
    );
  }
  return say(
    'function',
    'All lanes are busy, parallelization is at its limit, and larger batches would not help: the function itself is the limit.',
    `make the function faster than ${formatDuration(averageDurationMs)} (more memory brings more CPU), or let a filter keep records from it: ddbx filter measure`,
  );
}

function fillLines({ records, invocations, settings, spanMs }: Measured): readonly string[] {
  if (records === undefined || invocations === 0) return [];
  const fill = records / invocations;
  return [
    `records: ${round(records / (spanMs / 1000))}/s, ${round(fill)} an invocation of up to ${settings.batchSize} (${percent(fill / settings.batchSize)} full)`,
  ];
}

function trendLines({ firstAgeMs, spanMs }: Measured, ageMs: number): readonly string[] {
  if (firstAgeMs === undefined) return [];
  const span = formatDuration(spanMs);
  const line = `lag: ${formatDuration(firstAgeMs)} -> ${formatDuration(ageMs)} in ${span}`;
  const gainedMs = firstAgeMs - ageMs;
  if (gainedMs <= 0) return [line];
  return [`${line}; at this pace it is gone in ${formatDuration((ageMs / gainedMs) * spanMs)}`];
}

function largest(name: 'parallelizationFactor' | 'batchSize'): number {
  const row = settingTable[name];
  return 'max' in row ? row.max : 1;
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)}%`;
}
