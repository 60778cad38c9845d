import { isAwsError } from '../aws/aws-error.js';
import type { Metric, MetricsGateway } from '../aws/metrics-gateway.js';
import type { StreamsGateway } from '../aws/streams-gateway.js';
import { formatInstant } from '../model/instant.js';
import { isOpen, listShards } from '../streams/shard-listing.js';
import { functionMetric, mappingMetric, perMinute } from './function-metrics.js';
import type { StreamMapping } from './stream-mapping.js';

/** Whether a mapping has read its old stream to the end, as far as that can be known. */
export type OldStreamProgress =
  | { readonly kind: 'read'; readonly because: 'gone' | 'empty' | 'quiet' }
  | { readonly kind: 'reading'; readonly why: string };

/** How long CloudWatch may take to show a minute. */
const METRIC_DELAY_MS = 120_000;
const MINUTE_MS = 60_000;

/** What a look at the old stream needs. */
export interface OldStreamLook {
  readonly streams: StreamsGateway;
  readonly metrics: MetricsGateway;
  readonly mapping: StreamMapping;
  /** When the table got its present stream: the old one has had no new record since. */
  readonly replacedAtMs: number;
  /** How long nothing must have been read. */
  readonly quietMs: number;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/**
 * Looks whether the old stream is read to its end. Lambda shows no position, so silence is the witness: the stream is
 * closed, and for a while Lambda has read nothing of it, without a problem.
 * @throws AwsError
 */
export async function oldStreamProgress(look: OldStreamLook): Promise<OldStreamProgress> {
  const { streams, metrics, mapping, replacedAtMs, quietMs, nowMs, signal } = look;
  try {
    const { shards } = await listShards(streams, mapping.eventSourceArn, signal);
    if (shards.length === 0) return { kind: 'read', because: 'empty' };
    if (shards.some(isOpen)) return { kind: 'reading', why: 'its shards are not closed yet' };
  } catch (error) {
    if (isAwsError(error, 'not-found')) return { kind: 'read', because: 'gone' };
    throw error;
  }
  const fromMs = Math.floor((nowMs - quietMs - METRIC_DELAY_MS) / MINUTE_MS) * MINUTE_MS;
  // Asked first, so that who may not ask learns it at once and not after the wait.
  const queries = [
    perMinute(readingMetric(mapping), 'SampleCount'),
    perMinute(functionMetric('Throttles', mapping), 'Sum'),
  ];
  const [reads, throttles] = await metrics.series({ queries, startMs: fromMs, endMs: nowMs }, signal);
  const { lastProcessingResult } = mapping;
  if (lastProcessingResult?.startsWith('PROBLEM') === true) return { kind: 'reading', why: lastProcessingResult };
  if (replacedAtMs > fromMs) {
    return { kind: 'reading', why: 'it was replaced so short a time ago that silence would say nothing' };
  }
  // A mapping that was paused has been silent without having read.
  if ((mapping.lastModifiedMs ?? 0) > fromMs) {
    return { kind: 'reading', why: 'the mapping was changed so short a time ago that silence would say nothing' };
  }
  if (throttles?.points.some(({ value }) => value > 0) === true) {
    return { kind: 'reading', why: 'the function is throttled' };
  }
  const last = reads?.points.findLast(({ value }) => value > 0);
  if (last === undefined) return { kind: 'read', because: 'quiet' };
  return { kind: 'reading', why: `Lambda was still reading at ${formatInstant(last.atMs)}` };
}

/** A mapping with EventCount tells of itself; else the function's own metric has to do, which all its streams feed (FACTS F). */
function readingMetric(mapping: StreamMapping): Metric {
  return mapping.settings.metrics.includes('EventCount')
    ? mappingMetric('PolledEventCount', mapping)
    : functionMetric('IteratorAge', mapping);
}
