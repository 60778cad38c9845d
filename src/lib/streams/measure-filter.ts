import { compileMatcher } from '../filter/compile-matcher.js';
import { type ExplainedLeaf, explainMatch, type Found } from '../filter/explain-match.js';
import type { Pattern } from '../filter/pattern.js';
import { formatPath } from '../model/attribute-path.js';
import { type PlainObject, toPlainObject } from '../model/attribute-value.js';
import { formatInstant } from '../model/instant.js';
import { BatchEstimate, type BatchShape } from './batch-estimate.js';
import type { ReadEvents } from './export-stream.js';
import { toLambdaRecord } from './lambda-event.js';
import type { ReadEvent, ReadOptions } from './read-events.js';
import { readStream } from './read-stream.js';
import type { EventName, StreamRecord } from './stream-record.js';

/** What is measured on what. */
export interface MeasureOptions {
  readonly source: Omit<ReadOptions, 'start' | 'follow' | 'endAtMs' | 'onlyShardId'>;
  readonly sinceMs: number;
  readonly patterns: readonly Pattern[];
  readonly batch: BatchShape;
}

/** How many records there were, and how many of them pass. */
export interface PassCount {
  readonly records: number;
  readonly passed: number;
  /** Between 0 and 1; null when there were no records. */
  readonly share: number | null;
}

/** A record that the consumer would not see. */
export interface LostExample {
  readonly at: string;
  readonly event: EventName;
  readonly keys: PlainObject;
  readonly shardId: string;
  readonly sequenceNumber: string;
  /** What stood where the filter wanted something else. */
  readonly found: Found;
}

/** Records that fail for the same reason: in the filter that is nearest to them, at the first path that fails. */
export interface LostGroup {
  /** Counted from 1. */
  readonly filter: number;
  /** Null when each path holds by itself, but not in one member of a list. */
  readonly path: string | null;
  readonly records: number;
  readonly example: LostExample;
}

/** What a filter does to the records of a span. */
export interface FilterMeasurement extends PassCount {
  readonly from: string;
  readonly to: string;
  readonly byEvent: Readonly<Record<EventName, PassCount>>;
  /** An estimate, see `BatchEstimate`. */
  readonly invocations: BatchShape & {
    readonly withoutFilter: number;
    readonly withFilter: number;
    readonly saved: number;
    readonly savedShare: number | null;
  };
  /** The most frequent reason first. */
  readonly lost: { readonly records: number; readonly reasons: readonly LostGroup[] };
}

/** What a measurement tells. */
export type MeasureEvent =
  | { readonly type: 'measure-progress'; readonly records: number; readonly passed: number }
  | Exclude<ReadEvent, { type: 'page' }>
  | { readonly type: 'summary'; readonly gaps: number; readonly measurement: FilterMeasurement };

/**
 * Reads the records of a span and says what filters would let through of them. The last event is the summary, also after
 * an abort.
 * @throws what reading throws
 */
export async function* measureFilter(
  options: MeasureOptions,
  read: ReadEvents = readStream,
): AsyncGenerator<MeasureEvent, void, undefined> {
  const { source, sinceMs } = options;
  const untilMs = source.gateway.serverNow();
  const fold = new MeasureFold(options);
  let gaps = 0;
  for await (const event of read({ ...source, follow: false, start: { from: 'since', sinceMs } })) {
    if (event.type === 'page') {
      for (const record of event.records) fold.add(event.shardId, record, event.stream.streamArn);
      yield { type: 'measure-progress', records: fold.records, passed: fold.passed };
      continue;
    }
    if (event.type === 'gap') gaps += 1;
    yield event;
  }
  yield { type: 'summary', gaps, measurement: fold.measurement(sinceMs, untilMs) };
}

/** Adds records up, in memory that grows with the filters only. */
class MeasureFold {
  readonly #patterns: readonly Pattern[];
  readonly #batch: BatchShape;
  readonly #matches: ReturnType<typeof compileMatcher>;
  readonly #before: BatchEstimate;
  readonly #after: BatchEstimate;
  readonly #events = {
    INSERT: { records: 0, passed: 0 },
    MODIFY: { records: 0, passed: 0 },
    REMOVE: { records: 0, passed: 0 },
  };
  readonly #lost = new Map<string, { filter: number; path: string | null; records: number; example: LostExample }>();

  constructor({ patterns, batch }: MeasureOptions) {
    this.#patterns = patterns;
    this.#batch = batch;
    this.#matches = compileMatcher(patterns);
    this.#before = new BatchEstimate(batch);
    this.#after = new BatchEstimate(batch);
  }

  get records(): number {
    return Object.values(this.#events).reduce((sum, { records }) => sum + records, 0);
  }

  get passed(): number {
    return Object.values(this.#events).reduce((sum, { passed }) => sum + passed, 0);
  }

  add(shardId: string, record: StreamRecord, streamArn: string): void {
    const event = this.#events[record.eventName];
    event.records += 1;
    this.#before.add(shardId, record);
    const delivered = toLambdaRecord(record.parsed(), streamArn);
    if (this.#matches(delivered)) {
      event.passed += 1;
      this.#after.add(shardId, record);
    } else this.#lose(shardId, record, delivered);
  }

  measurement(fromMs: number, toMs: number): FilterMeasurement {
    const { INSERT, MODIFY, REMOVE } = this.#events;
    const [withoutFilter, withFilter] = [this.#before.invocations, this.#after.invocations];
    const saved = withoutFilter - withFilter;
    return {
      from: formatInstant(fromMs),
      to: formatInstant(toMs),
      ...passCount(this),
      byEvent: { INSERT: passCount(INSERT), MODIFY: passCount(MODIFY), REMOVE: passCount(REMOVE) },
      invocations: { ...this.#batch, withoutFilter, withFilter, saved, savedShare: shareOf(saved, withoutFilter) },
      lost: {
        records: this.records - this.passed,
        reasons: [...this.#lost.values()].toSorted((a, b) => b.records - a.records),
      },
    };
  }

  #lose(shardId: string, record: StreamRecord, delivered: Readonly<Record<string, unknown>>): void {
    const { filter, leaf } = reasonOf(this.#patterns, delivered);
    const path = leaf === undefined ? null : formatPath(leaf.path);
    const key = `${filter} ${path ?? ''}`;
    const group = this.#lost.get(key);
    if (group !== undefined) {
      group.records += 1;
      return;
    }
    const example: LostExample = {
      at: formatInstant(record.createdAtMs),
      event: record.eventName,
      keys: toPlainObject(record.parsed().dynamodb.Keys ?? {}),
      shardId,
      sequenceNumber: record.sequenceNumber,
      found: leaf?.found ?? { kind: 'object' },
    };
    this.#lost.set(key, { filter, path, records: 1, example });
  }
}

/** Where a record fails: at the first leaf that fails of the filter with the fewest of them. */
function reasonOf(
  patterns: readonly Pattern[],
  record: Readonly<Record<string, unknown>>,
): { readonly filter: number; readonly leaf: ExplainedLeaf | undefined } {
  const filters = patterns.map((pattern, i) => {
    const failing = explainMatch(pattern, record).leaves.filter(({ passes }) => !passes);
    return { filter: i + 1, failing };
  });
  const [nearest] = filters.toSorted((a, b) => a.failing.length - b.failing.length);
  return { filter: nearest?.filter ?? 1, leaf: nearest?.failing[0] };
}

function passCount({ records, passed }: { readonly records: number; readonly passed: number }): PassCount {
  return { records, passed, share: shareOf(passed, records) };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
