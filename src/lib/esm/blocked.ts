import type { MetricPoint, MetricsGateway } from '../aws/metrics-gateway.js';
import type { StreamsGateway } from '../aws/streams-gateway.js';
import { compileMatcher, type Matcher } from '../filter/compile-matcher.js';
import { parseFilterCriteria } from '../filter/filter-criteria.js';
import type { Clock } from '../model/clock.js';
import { readStream } from '../streams/read-stream.js';
import type { StreamRecord } from '../streams/stream-record.js';
import { functionMetric, lastMinutes, perMinute } from './function-metrics.js';
import type { StreamMapping } from './stream-mapping.js';

/** How a mapping stands: `blocked` means that it fails and lags, `lagging` that it lags without failing. */
export type Standing = 'clear' | 'lagging' | 'blocked' | 'quiet';

/** A record at which a mapping may stand. */
export interface Suspect {
  readonly shardId: string;
  readonly record: StreamRecord;
  /** Records of this shard that were written in the span and pass the filters, this one among them. */
  readonly inSpan: number;
}

/** The time within which the last record of a batch was written; both ends count. */
export interface WrittenSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where a mapping stands. */
export interface Blockage {
  readonly standing: Standing;
  /** The newest iterator age; undefined when nothing was read in the last five minutes. */
  readonly age: MetricPoint | undefined;
  readonly errors: number;
  readonly throttles: number;
  /** When the last record of the batch it stands at was written; undefined when it does not stand. */
  readonly written: WrittenSpan | undefined;
  /** The first record that was written then, of each shard; more than one leaves it open which. None: it is gone. */
  readonly suspects: readonly Suspect[];
}

/** What looking for the record needs. */
export interface BlockedLook {
  readonly mapping: StreamMapping;
  readonly streams: StreamsGateway;
  readonly metrics: MetricsGateway;
  readonly clock: Clock;
  /** By AWS's clock. */
  readonly nowMs: number;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (read: number) => void;
}

const SPAN_MS = 300_000;
/** A younger batch is no sign of anything. */
const LAGGING_MS = 60_000;
const MINUTE_MS = 60_000;
/** A record tells its second only, and clocks differ: the span is widened by as much on both sides. */
const SLACK_MS = 1_000;

/**
 * Finds where a mapping stands. Lambda tells no position, so it is inferred: the iterator age is that of the last
 * record of a batch (FACTS F), so that record was written so long before; what the stream has from that second is shown.
 * @throws AwsError
 */
export async function findBlockage(look: BlockedLook): Promise<Blockage> {
  const { mapping, metrics, nowMs, signal } = look;
  const names = ['IteratorAge', 'Errors', 'Throttles'] as const;
  const queries = names.map(name =>
    perMinute(functionMetric(name, mapping), name === 'IteratorAge' ? 'Maximum' : 'Sum'),
  );
  const [ages, errors, throttles] = await metrics.series({ queries, ...lastMinutes(nowMs, SPAN_MS) }, signal);
  const age = ages?.points.at(-1);
  const found = { age, errors: sum(errors?.points), throttles: sum(throttles?.points) };
  const standing = standingOf(mapping, found);
  if (ages === undefined || age === undefined || (standing !== 'blocked' && standing !== 'lagging')) {
    return { ...found, standing, written: undefined, suspects: [] };
  }
  const written = writtenSpan(ages.points, nowMs);
  return { ...found, standing, written, suspects: await recordsWithin(written, look) };
}

/**
 * When the last record of the batch was written. A point tells the largest age within its minute, not when in it: so it
 * leaves a minute open. Minutes of one and the same batch leave the same instant open, so together they narrow it.
 */
function writtenSpan(ages: readonly MetricPoint[], nowMs: number): WrittenSpan {
  let span: WrittenSpan = { fromMs: 0, toMs: nowMs };
  for (const { atMs, value } of ages.toReversed()) {
    const fromMs = Math.max(span.fromMs, atMs - value);
    const toMs = Math.min(span.toMs, Math.min(nowMs, atMs + MINUTE_MS) - value);
    if (fromMs > toMs) break;
    span = { fromMs, toMs };
  }
  return { fromMs: span.fromMs - SLACK_MS, toMs: span.toMs + SLACK_MS };
}

function standingOf(
  { lastProcessingResult }: StreamMapping,
  { age, errors }: Pick<Blockage, 'age' | 'errors'>,
): Standing {
  const hasProblem = lastProcessingResult?.startsWith('PROBLEM') === true;
  const lags = (age?.value ?? 0) >= LAGGING_MS;
  if (hasProblem || (errors > 0 && lags)) return 'blocked';
  if (age === undefined) return 'quiet';
  return lags ? 'lagging' : 'clear';
}

/** The first record of each shard within the span that passes the mapping's filters; the oldest first. */
async function recordsWithin({ fromMs, toMs }: WrittenSpan, look: BlockedLook): Promise<readonly Suspect[]> {
  const { mapping, streams, clock, random, signal } = look;
  const accepts = matcherOf(mapping);
  const stop = new AbortController();
  const open = new Set<string>();
  const found = new Map<string, { readonly record: StreamRecord; inSpan: number }>();
  let read = 0;
  const reading = readStream({
    gateway: streams,
    clock,
    random,
    signal: AbortSignal.any([signal, stop.signal]),
    stream: { streamArn: mapping.eventSourceArn, tableName: mapping.tableName, region: mapping.region },
    start: { from: 'since', sinceMs: fromMs },
    follow: false,
  });
  for await (const event of reading) {
    if (event.type === 'shard-opened') open.add(event.shardId);
    if (event.type === 'shard-ended') open.delete(event.shardId);
    if (event.type !== 'page') continue;
    read += event.records.length;
    look.onProgress(read);
    for (const record of event.records) {
      if (record.createdAtMs > toMs) {
        open.delete(event.shardId);
        break;
      }
      if (record.createdAtMs < fromMs || !accepts(record)) continue;
      const first = found.get(event.shardId);
      if (first === undefined) found.set(event.shardId, { record, inSpan: 1 });
      else first.inSpan += 1;
    }
    if (open.size === 0) stop.abort();
  }
  signal.throwIfAborted();
  return [...found]
    .map(([shardId, suspect]) => ({ shardId, ...suspect }))
    .toSorted((a, b) => a.record.createdAtMs - b.record.createdAtMs);
}

/** Filtered records are never in a batch. Filters that cannot be read let everything pass here. */
function matcherOf({ settings }: StreamMapping): (record: StreamRecord) => boolean {
  const { filters = [] } = settings;
  if (filters.length === 0) return () => true;
  const matches: Matcher = compileMatcher(
    parseFilterCriteria({ Filters: filters.map(pattern => ({ Pattern: pattern })) }),
  );
  return record => matches({ ...record.parsed() });
}

function sum(points: readonly MetricPoint[] | undefined): number {
  return (points ?? []).reduce((total, { value }) => total + value, 0);
}
