import type { StreamsGateway } from '../aws/streams-gateway.js';
import type { Clock } from '../model/clock.js';
import { CheckpointKeeper } from './checkpoint-keeper.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { Progress } from './checkpoint.js';
import { mergeEvents } from './merge-events.js';
import type { Pace, ReadEvent, ReadStart, ReadStats, StreamRef } from './read-events.js';
import { readStream } from './read-stream.js';
import type { RecordTest } from './record-filter.js';
import type { StreamRecord } from './stream-record.js';
import { TailSummary, type TailTotals } from './tail-summary.js';
import { type PlacedRecord, TimeOrder } from './time-order.js';

/** One stream of a tail. */
export interface TailSource {
  readonly stream: StreamRef;
  readonly gateway: StreamsGateway;
  readonly start: ReadStart;
  /** Finds the stream that took this one's place; undefined when nobody is to follow the table. */
  readonly successor?: ((ended: StreamRef, signal: AbortSignal) => Promise<StreamRef | undefined>) | undefined;
}

/** What a tail does with the records that it reads. */
export interface TailOptions {
  readonly sources: readonly TailSource[];
  readonly follow: boolean;
  readonly endAtMs?: number | undefined;
  readonly onlyShardId?: string | undefined;
  readonly accepts: RecordTest;
  readonly redact?: ((record: StreamRecord) => StreamRecord) | undefined;
  /** Stop after so many records that were accepted. */
  readonly limit?: number | undefined;
  /** Order records by time within this window; in order of arrival when it is left out. */
  readonly orderWindowMs?: number | undefined;
  readonly checkpoint?:
    | {
        readonly file: CheckpointFile;
        /** Resolves when all that was yielded has left the process. */
        readonly flush: () => Promise<void>;
      }
    | undefined;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** What a tail tells: records, what happens to the reading, and at the end the totals. */
export type TailEvent =
  | {
      readonly type: 'records';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly records: readonly StreamRecord[];
    }
  | Exclude<ReadEvent, { type: 'page' }>
  | { readonly type: 'stream-replaced'; readonly stream: StreamRef; readonly replaced: StreamRef }
  | { readonly type: 'summary'; readonly totals: TailTotals };

type SourceEvent =
  | ReadEvent
  | { readonly type: 'stream-replaced'; readonly stream: StreamRef; readonly replaced: StreamRef };
type MergedEvent = SourceEvent | { readonly type: 'tick' };

/** How often held records are looked at. */
const TICK_MS = 250;

/**
 * Reads streams and hands on the records that are wanted. A consumer that asks for the next event says that the one
 * before has been written; only then does the checkpoint move past it. The last event is the summary, also after an
 * abort.
 * @throws AwsError, DdbxError as `readStream` does; DdbxError `checkpoint-not-written`
 */
export async function* tail(options: TailOptions, stats: ReadStats): AsyncGenerator<TailEvent, void, undefined> {
  const { clock, checkpoint } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const progress = new Progress(checkpoint?.file.found);
  const keeper =
    checkpoint === undefined ? undefined : new CheckpointKeeper(progress, checkpoint.file, checkpoint.flush, clock);
  const summary = new TailSummary(clock.now(), stats);
  const hold = options.orderWindowMs === undefined ? undefined : new TimeOrder(options.orderWindowMs);
  const delivery = new Delivery(options, progress, summary);
  const nowOf = (streamArn: string): number =>
    options.sources.find(source => source.stream.streamArn === streamArn)?.gateway.serverNow() ?? clock.now();

  await keeper?.begin(signal);
  try {
    const sources: AsyncIterable<MergedEvent>[] = options.sources.map(source =>
      followSource(source, { ...options, signal }, stats),
    );
    if (hold !== undefined) sources.push(ticks(clock, signal));
    for await (const event of mergeEvents(sources, options.sources.length)) {
      keeper?.throwIfFailed();
      if (event.type === 'tick' || event.type === 'page') {
        if (hold === undefined) {
          if (event.type === 'page') yield* delivery.page(event);
        } else {
          if (event.type === 'page') hold.add(event.stream, event.shardId, event.records, clock.now());
          yield* delivery.placed(hold.takeDue(clock.now()));
        }
        if (delivery.isFull) break;
        continue;
      }
      // What is held came before this event.
      if (hold !== undefined && (event.type === 'shard-ended' || event.type === 'gap')) {
        yield* delivery.placed(hold.takeAll());
        if (delivery.isFull) break;
      }
      summary.note(event);
      yield event;
      if (event.type === 'stream-replaced') progress.forget(event.replaced.streamArn);
      else progress.note(event, nowOf(event.stream.streamArn));
    }
    if (hold !== undefined && !options.signal.aborted) yield* delivery.placed(hold.takeAll());
  } finally {
    stop.abort();
    await keeper?.end();
  }
  yield { type: 'summary', totals: summary.totals(clock.now()) };
}

/** Chooses the records that are wanted, counts them, and moves the checkpoint behind them. */
class Delivery {
  readonly #options: TailOptions;
  readonly #progress: Progress;
  readonly #summary: TailSummary;
  #left: number;

  constructor(options: TailOptions, progress: Progress, summary: TailSummary) {
    this.#options = options;
    this.#progress = progress;
    this.#summary = summary;
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  async *page(event: Extract<ReadEvent, { type: 'page' }>): AsyncGenerator<TailEvent, void, undefined> {
    const { stream, shardId } = event;
    const records: StreamRecord[] = [];
    let last: StreamRecord | undefined;
    for (const record of event.records) {
      if (this.isFull) break;
      last = record;
      if (this.#take(record, stream, records)) this.#left -= 1;
    }
    if (records.length > 0) {
      this.#summary.count(stream, shardId, records);
      yield { type: 'records', stream, shardId, records };
    }
    if (last !== undefined) this.#moveBehind(stream, shardId, last);
  }

  async *placed(held: readonly PlacedRecord[]): AsyncGenerator<TailEvent, void, undefined> {
    for (const { stream, shardId, record } of held) {
      if (this.isFull) return;
      const records: StreamRecord[] = [];
      if (this.#take(record, stream, records)) {
        this.#left -= 1;
        this.#summary.count(stream, shardId, records);
        yield { type: 'records', stream, shardId, records };
      }
      this.#moveBehind(stream, shardId, record);
    }
  }

  #take(record: StreamRecord, stream: StreamRef, into: StreamRecord[]): boolean {
    if (!this.#options.accepts(record, stream.streamArn)) return false;
    into.push(this.#options.redact?.(record) ?? record);
    return true;
  }

  #moveBehind(stream: StreamRef, shardId: string, record: StreamRecord): void {
    const { sequenceNumber, createdAtMs } = record;
    this.#progress.moveTo(stream.streamArn, shardId, { kind: 'after', sequenceNumber, atMs: createdAtMs });
  }
}

/** Reads a stream and, where the table has got a new one meanwhile, that one from its beginning. */
async function* followSource(
  source: TailSource,
  options: TailOptions,
  stats: ReadStats,
): AsyncGenerator<SourceEvent, void, undefined> {
  let { stream, start } = source;
  for (;;) {
    let ended = false;
    const { clock, random, signal, follow, endAtMs, onlyShardId, pace } = options;
    const read = { gateway: source.gateway, clock, random, signal, stream, start, follow, endAtMs, onlyShardId, pace };
    for await (const event of readStream(read, stats)) {
      yield event;
      if (event.type === 'stream-ended') ended = true;
    }
    if (!ended || !options.follow || signal.aborted) return;
    const next = await source.successor?.(stream, signal);
    if (next === undefined) return;
    yield { type: 'stream-replaced', stream: next, replaced: stream };
    stream = next;
    start = { from: 'trim-horizon' };
  }
}

async function* ticks(clock: Clock, signal: AbortSignal): AsyncGenerator<{ readonly type: 'tick' }, void, undefined> {
  while (!signal.aborted) {
    try {
      await clock.sleep(TICK_MS, signal);
    } catch {
      return;
    }
    yield { type: 'tick' };
  }
}
