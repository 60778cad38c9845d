import { isAwsError } from '../aws/aws-error.js';
import type { Shard, StreamStatus } from '../aws/streams-gateway.js';
import { EventQueue, Places } from './event-queue.js';
import { Lineage } from './lineage.js';
import { rateLimiter } from './pace.js';
import {
  type ReadEvent,
  type ReadOptions,
  type ReadStats,
  type ShardPosition,
  type StreamRef,
  defaultPace,
} from './read-events.js';
import { isOpen, listChildren, listShards } from './shard-listing.js';
import { type ReaderContext, readShard } from './shard-reader.js';
import { peekFirstRecord, planStart } from './start-plan.js';

/** Pages held at once over all shards; each is up to 1 MB. */
const PLACES = 24;
/** The full listing is read again this often, in case a child was missed. */
const RESCAN_MS = 60_000;
/** After a shard ended without visible children, the listing is read again soon, then ever later. */
const SOON_MS = 500;

/** Fresh counters for a read. */
export function emptyStats(): ReadStats {
  return { getRecordsCalls: 0, emptyPages: 0, bytes: 0, lagMsByShard: new Map() };
}

/**
 * Reads a stream: all its shards side by side, each child after its parent, through splits, expired iterators,
 * throttles and outages. A consumer that asks for the next event says that it has dealt with the one before; nothing
 * is fetched while it is behind. Returns when the signal is aborted, when the stream has ended, or, without `follow`,
 * at the end as it was at the start.
 * @throws AwsError for what no waiting mends; DdbxError `usage` for a start that the stream does not have
 */
export async function* readStream(
  options: ReadOptions,
  stats: ReadStats = emptyStats(),
): AsyncGenerator<ReadEvent, void, undefined> {
  const queue = new EventQueue<ReadEvent>();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const reading = new StreamReading(options, signal, stats, queue).run().then(
    () => {
      queue.end();
    },
    (error: unknown) => {
      queue.end(options.signal.aborted ? undefined : error);
    },
  );
  const onAbort = (): void => {
    queue.discard();
  };
  options.signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (!options.signal.aborted) yield* queue.events();
  } finally {
    options.signal.removeEventListener('abort', onAbort);
    stop.abort();
    queue.discard();
    await reading;
  }
}

/** The state of one read: which shards are tracked, which readers run. */
class StreamReading {
  readonly #options: ReadOptions;
  readonly #signal: AbortSignal;
  readonly #queue: EventQueue<ReadEvent>;
  readonly #stream: StreamRef;
  readonly #lineage = new Lineage();
  readonly #context: Omit<ReaderContext, 'endAtMs'>;
  readonly #notCaughtUp = new Set<string>();
  readonly #failures: unknown[] = [];
  #saidCaughtUp = false;
  #startedAtMs = 0;
  #shardsRead = 0;
  #running = 0;
  /** Wakes the main loop when a reader has come to its end. */
  #wake: () => void = () => {};

  constructor(options: ReadOptions, signal: AbortSignal, stats: ReadStats, queue: EventQueue<ReadEvent>) {
    this.#options = options;
    this.#signal = signal;
    this.#queue = queue;
    this.#stream = options.stream;
    const pace = options.pace ?? defaultPace;
    this.#context = {
      options,
      pace,
      signal,
      stats,
      limiter: rateLimiter(pace.maxRequestsPerSecond, options.clock),
      places: new Places(PLACES),
      emit: event => queue.put(event),
      caughtUp: shardId => {
        this.#caughtUp(shardId);
      },
    };
  }

  async run(): Promise<void> {
    const { gateway, start } = this.#options;
    const listing = await listShards(gateway, this.#stream.streamArn, this.#signal);
    this.#startedAtMs = gateway.serverNow();
    const plan = await planStart(listing.shards, start, shard => this.#peek(shard));
    for (const { shardId, position } of plan.gone) {
      if (!this.#wants(shardId)) continue;
      await this.#emitGone(shardId, position);
    }
    this.#lineage.add(listing.shards, shard =>
      this.#wants(shard.shardId) ? (plan.positions.get(shard.shardId) ?? { kind: 'trim-horizon' }) : { kind: 'ended' },
    );
    this.#launchReady();
    if (this.#notCaughtUp.size === 0) this.#sayCaughtUp();
    if (this.#options.follow) await this.#follow();
    else await this.#untilReadersEnd();
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  #wants(shardId: string): boolean {
    return this.#options.onlyShardId === undefined || this.#options.onlyShardId === shardId;
  }

  async #peek(shard: Shard) {
    this.#context.stats.getRecordsCalls += 1;
    return peekFirstRecord(this.#options.gateway, this.#stream.streamArn, shard, this.#signal);
  }

  #launchReady(): void {
    for (const { shard, position } of this.#lineage.takeReady()) {
      this.#running += 1;
      this.#shardsRead += 1;
      if (!this.#saidCaughtUp) this.#notCaughtUp.add(shard.shardId);
      void this.#readOne(shard, position)
        .catch((error: unknown) => {
          this.#failures.push(error);
        })
        .finally(() => {
          this.#running -= 1;
          this.#wake();
        });
    }
  }

  async #readOne(shard: Shard, position: ShardPosition): Promise<void> {
    const { shardId } = shard;
    const stream = this.#stream;
    await this.#queue.put({ type: 'shard-opened', stream, shardId, parentShardId: shard.parentShardId, position });
    const endAtMs = this.#options.follow ? this.#options.endAtMs : this.#startedAtMs;
    const outcome = await readShard(shard, position, { ...this.#context, endAtMs });
    this.#context.stats.lagMsByShard.delete(shardId);
    switch (outcome.how) {
      case 'end-as-of-then':
        break;
      case 'gone':
        if (await this.#streamExists()) await this.#emitGone(shardId, outcome.position);
        break;
      case 'ended':
        await this.#queue.put({ type: 'shard-ended', stream, shardId });
        if (this.#options.follow && this.#wants(shardId)) await this.#addChildren(shardId);
        break;
    }
    this.#caughtUp(shardId);
    this.#lineage.end(shardId);
    this.#launchReady();
  }

  #endHasCome(): boolean {
    const { endAtMs, gateway } = this.#options;
    return endAtMs !== undefined && gateway.serverNow() >= endAtMs;
  }

  /** Children of a shard that ended; when AWS does not show them yet, the rescan finds them. */
  async #addChildren(shardId: string): Promise<void> {
    if (this.#options.onlyShardId !== undefined) return;
    try {
      this.#addYoung(await listChildren(this.#options.gateway, this.#stream.streamArn, shardId, this.#signal));
    } catch (error) {
      if (!isAwsError(error, 'throttled', 'service', 'network', 'not-found', 'validation')) throw error;
    }
  }

  #addYoung(shards: readonly Shard[]): number {
    return this.#lineage.add(shards, () => ({ kind: 'trim-horizon' }));
  }

  async #untilReadersEnd(): Promise<void> {
    while (this.#running > 0 && this.#failures.length === 0) await this.#nextEnd();
  }

  /** Rescans, slowly while all is well and soon after a shard ended, until the stream can get no more records. */
  async #follow(): Promise<void> {
    let waitMs = RESCAN_MS;
    while (this.#failures.length === 0) {
      const nothingToRead = this.#running === 0;
      if (nothingToRead && (this.#options.onlyShardId !== undefined || this.#endHasCome())) return;
      if (nothingToRead) waitMs = Math.min(waitMs === RESCAN_MS ? SOON_MS : waitMs * 2, RESCAN_MS);
      const rescan = new AbortController();
      const woken = this.#nextEnd();
      const timer = this.#options.clock
        .sleep(waitMs, AbortSignal.any([this.#signal, rescan.signal]))
        .then(() => 'time' as const)
        .catch(() => 'woken' as const);
      const first = nothingToRead ? await timer : await Promise.race([timer, woken.then(() => 'woken' as const)]);
      rescan.abort();
      this.#signal.throwIfAborted();
      if (first !== 'time') continue;
      const status = await this.#rescan();
      if (this.#running > 0) {
        waitMs = RESCAN_MS;
      } else if (status === 'DISABLED' || status === 'DISABLING' || status === 'deleted') {
        const reason = status === 'deleted' ? 'deleted' : 'disabled';
        await this.#queue.put({ type: 'stream-ended', stream: this.#stream, reason });
        return;
      }
    }
  }

  async #rescan(): Promise<StreamStatus | 'deleted' | 'unknown'> {
    try {
      const listing = await listShards(this.#options.gateway, this.#stream.streamArn, this.#signal);
      this.#addYoung(listing.shards);
      this.#lineage.forget(new Set(listing.shards.map(shard => shard.shardId)));
      this.#launchReady();
      return listing.shards.some(isOpen) ? 'unknown' : listing.status;
    } catch (error) {
      if (isAwsError(error, 'not-found')) return 'deleted';
      if (isAwsError(error, 'throttled', 'service', 'network')) return 'unknown';
      throw error;
    }
  }

  async #streamExists(): Promise<boolean> {
    try {
      await this.#options.gateway.describeStream({ streamArn: this.#stream.streamArn }, this.#signal);
      return true;
    } catch (error) {
      if (isAwsError(error, 'not-found')) return false;
      throw error;
    }
  }

  async #emitGone(shardId: string, position: ShardPosition): Promise<void> {
    await this.#queue.put({
      type: 'gap',
      stream: this.#stream,
      shardId,
      reason: 'shard-gone',
      fromSequenceNumber: 'sequenceNumber' in position ? position.sequenceNumber : undefined,
      fromMs: position.kind === 'after' ? position.atMs : position.kind === 'since' ? position.sinceMs : undefined,
      toSequenceNumber: undefined,
      toMs: undefined,
    });
  }

  #caughtUp(shardId: string): void {
    if (this.#notCaughtUp.delete(shardId) && this.#notCaughtUp.size === 0) this.#sayCaughtUp();
  }

  #sayCaughtUp(): void {
    if (this.#saidCaughtUp || !this.#options.follow) return;
    this.#saidCaughtUp = true;
    void this.#queue.put({ type: 'caught-up', stream: this.#stream, shards: this.#shardsRead });
  }

  #nextEnd(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve;
    });
  }
}
