import { setMaxListeners } from 'node:events';
import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { Shard, StreamStatus, StreamsGateway } from '../aws/streams-gateway.js';
import { EventQueue } from './event-queue.js';
import { Lineage } from './lineage.js';
import { rateLimiter } from './pace.js';
import type { ReaderContext } from './page-fetch.js';
import { Patience, type PatienceOptions, persist } from './patience.js';
import {
  type ReadEvent,
  type ReadOptions,
  type ReadStats,
  type ShardPosition,
  type StreamRef,
  defaultPace,
} from './read-events.js';
import { Room } from './room.js';
import { isOpen, listChildren, listShards } from './shard-listing.js';
import { readShard } from './shard-reader.js';
import { peekFirstRecord, planStart } from './start-plan.js';

/** Bytes of pages that are on their way or wait at the consumer, over all shards. */
const ROOM_BYTES = 24 * 1_048_576;
/** The full listing is read again this often, in case a child was missed. */
const RESCAN_MS = 60_000;
/** When no shard is left to read, the listing is read again soon, then ever later. */
const SOON_MS = 500;
/** The waits before the children of a shard that ended are looked for: AWS may not show them at once. */
const CHILD_LOOKS_MS = [0, 500, 1_000, 2_000, 4_000];
const CHILD_LOOKS_WITHOUT_FOLLOW = 3;

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
  if (options.signal.aborted) return;
  const queue = new EventQueue<ReadEvent>();
  const stop = new AbortController();
  const reading = new StreamReading(options, stop, stats, queue).run().then(
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
    yield* queue.events();
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
  readonly #stop: AbortController;
  readonly #signal: AbortSignal;
  readonly #queue: EventQueue<ReadEvent>;
  readonly #stream: StreamRef;
  readonly #lineage = new Lineage();
  readonly #context: Omit<ReaderContext, 'endAtMs'>;
  readonly #patience: PatienceOptions;
  readonly #notCaughtUp = new Set<string>();
  readonly #failures: unknown[] = [];
  #saidCaughtUp = false;
  #startedAtMs = 0;
  #shardsRead = 0;
  #running = 0;
  #isDeleted = false;
  /** Wakes the main loop when a reader has come to its end. */
  #wake: () => void = () => {};

  /** @param stop is aborted when the read is over, however that came */
  constructor(options: ReadOptions, stop: AbortController, stats: ReadStats, queue: EventQueue<ReadEvent>) {
    this.#options = options;
    this.#stop = stop;
    this.#signal = AbortSignal.any([options.signal, stop.signal]);
    // Every shard waits on this one signal, and Node would take more than ten of them for a leak.
    setMaxListeners(0, this.#signal);
    this.#queue = queue;
    this.#stream = options.stream;
    const pace = options.pace ?? defaultPace;
    this.#patience = { clock: options.clock, random: options.random, maxWaitMs: pace.maxWaitMs };
    this.#context = {
      options,
      pace,
      signal: this.#signal,
      stats,
      limiter: rateLimiter(pace.maxRequestsPerSecond, options.clock),
      room: new Room(ROOM_BYTES),
      emit: event => queue.put(event),
      caughtUp: shardId => {
        this.#caughtUp(shardId);
      },
    };
  }

  /** Returns when every reader has come to rest. */
  async run(): Promise<void> {
    try {
      await this.#begin();
      if (this.#options.follow) await this.#follow();
      else await this.#readersEnd();
      if (this.#failures.length === 0 && this.#isDeleted) await this.#sayEnded('deleted');
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#stop.abort();
      while (this.#running > 0) await this.#nextEnd();
    }
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  async #begin(): Promise<void> {
    const { gateway, start } = this.#options;
    // An endpoint that cannot be reached is said at once; many tails that start together throttle each other.
    const listing = await persist(
      () => listShards(gateway, this.#stream.streamArn, this.#signal),
      this.#patience,
      this.#signal,
      error => isAwsError(error, 'throttled'),
    );
    this.#startedAtMs = gateway.serverNow();
    const plan = await planStart(listing.shards, start, shard => this.#peek(shard));
    this.#lineage.add([...plan.unlisted, ...listing.shards], shard =>
      this.#wants(shard.shardId) ? (plan.positions.get(shard.shardId) ?? { kind: 'trim-horizon' }) : { kind: 'ended' },
    );
    this.#launchReady();
    if (this.#notCaughtUp.size === 0) this.#sayCaughtUp();
  }

  /** What fails because the read is over is no failure of it. */
  #fail(error: unknown): void {
    if (!this.#signal.aborted) this.#failures.push(error);
  }

  #wants(shardId: string): boolean {
    return this.#options.onlyShardId === undefined || this.#options.onlyShardId === shardId;
  }

  /** Looks at a shard's first record at the pace of the read, and with its patience. */
  async #peek(shard: Shard) {
    const { gateway } = this.#options;
    const { limiter, stats } = this.#context;
    const patiently = <Answer>(ask: () => Promise<Answer>) => persist(ask, this.#patience, this.#signal);
    const looking: Pick<StreamsGateway, 'getShardIterator' | 'getRecords'> = {
      getShardIterator: (input, signal) => patiently(() => gateway.getShardIterator(input, signal)),
      getRecords: (input, signal) =>
        patiently(async () => {
          await limiter.take(this.#signal);
          stats.getRecordsCalls += 1;
          return gateway.getRecords(input, signal);
        }),
    };
    return peekFirstRecord(looking, this.#stream.streamArn, shard, this.#signal);
  }

  #launchReady(): void {
    if (this.#signal.aborted) return;
    for (const { shard, position } of this.#lineage.takeReady()) {
      this.#running += 1;
      this.#shardsRead += 1;
      if (!this.#saidCaughtUp) this.#notCaughtUp.add(shard.shardId);
      void this.#readOne(shard, position)
        .catch((error: unknown) => {
          this.#fail(error);
        })
        .finally(() => {
          this.#running -= 1;
          this.#wake();
        });
    }
  }

  async #readOne(shard: Shard, start: ShardPosition): Promise<void> {
    const { shardId } = shard;
    const stream = this.#stream;
    const position = start.kind === 'latest' ? { ...start, atMs: this.#options.gateway.serverNow() } : start;
    // Not waited for: LATEST means now, whatever the consumer is busy with.
    void this.#queue.put({ type: 'shard-opened', stream, shardId, parentShardId: shard.parentShardId, position });
    const endAtMs = this.#options.follow ? this.#options.endAtMs : this.#startedAtMs;
    const outcome = await readShard(shard, position, { ...this.#context, endAtMs });
    this.#context.stats.lagMsByShard.delete(shardId);
    if (outcome.how === 'ended') await this.#queue.put({ type: 'shard-ended', stream, shardId });
    if (outcome.how === 'gone') {
      if (await this.#streamExists()) await this.#emitGone(shardId, outcome.position);
      else this.#isDeleted = true;
    }
    this.#lineage.end(shardId);
    this.#launchReady();
    if (outcome.how !== 'end-as-of-then' && !this.#isDeleted) await this.#findChildren(shard);
    this.#caughtUp(shardId);
  }

  /** Looks for the children of a shard that ended; what is not seen by then, the rescan finds. */
  async #findChildren(shard: Shard): Promise<void> {
    const { clock, follow, gateway, onlyShardId } = this.#options;
    if (onlyShardId !== undefined) return;
    // What was open at the start has no children that are older.
    if (!follow && isOpen(shard)) return;
    for (const waitMs of follow ? CHILD_LOOKS_MS : CHILD_LOOKS_MS.slice(0, CHILD_LOOKS_WITHOUT_FOLLOW)) {
      if (waitMs > 0) await clock.sleep(waitMs, this.#signal);
      try {
        const { status, children } = await listChildren(gateway, this.#stream.streamArn, shard.shardId, this.#signal);
        this.#addYoung(children);
        if (status === 'DISABLING' || status === 'DISABLED') return;
      } catch (error) {
        this.#signal.throwIfAborted();
        // An endpoint that does not know the filter leaves it to the rescan.
        if (isAwsError(error, 'not-found', 'validation')) return;
        if (!isTransient(error)) throw error;
      }
      if (this.#lineage.hasChild(shard.shardId)) return;
    }
  }

  #addYoung(shards: readonly Shard[]): void {
    this.#lineage.add(shards, shard => ({ kind: this.#wants(shard.shardId) ? 'trim-horizon' : 'ended' }));
    this.#launchReady();
  }

  async #readersEnd(): Promise<void> {
    while (this.#running > 0 && this.#failures.length === 0) await this.#nextEnd();
  }

  /** Reads on, rescanning slowly, until the stream can get no more records. */
  async #follow(): Promise<void> {
    const rescanning = this.#rescanSlowly();
    try {
      await this.#readUntilNoMore();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#stop.abort();
      await rescanning;
    }
  }

  async #readUntilNoMore(): Promise<void> {
    for (;;) {
      await this.#readersEnd();
      if (this.#failures.length > 0 || this.#isDeleted || this.#options.onlyShardId !== undefined) return;
      const end = await this.#lookForMore();
      if (end === 'deleted') this.#isDeleted = true;
      if (end === 'disabled') await this.#sayEnded(end);
      if (end !== 'more') return;
    }
  }

  async #rescanSlowly(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await this.#options.clock.sleep(RESCAN_MS, this.#signal);
        await this.#rescan();
      } catch (error) {
        // What passes by itself, and a stream that is gone, the readers find out.
        if (isTransient(error) || isAwsError(error, 'not-found')) continue;
        this.#fail(error);
        this.#wake();
      }
    }
  }

  /** With nothing left to read, finds out whether there will be more: soon at first, then ever less often. */
  async #lookForMore(): Promise<'more' | 'disabled' | 'deleted' | 'end-as-of-then'> {
    const { clock, endAtMs, gateway } = this.#options;
    const patience = new Patience(this.#patience);
    for (let waitMs = SOON_MS; ; waitMs = Math.min(2 * waitMs, RESCAN_MS)) {
      const leftMs = endAtMs === undefined ? Number.POSITIVE_INFINITY : endAtMs - gateway.serverNow();
      if (leftMs <= 0) return this.#running > 0 ? 'more' : 'end-as-of-then';
      const beganAtMs = clock.now();
      await clock.sleep(Math.min(waitMs, leftMs), this.#signal);
      try {
        const status = await this.#rescan();
        patience.renew();
        if (this.#running > 0) return 'more';
        if (status === 'DISABLED' || status === 'DISABLING') return 'disabled';
      } catch (error) {
        this.#signal.throwIfAborted();
        if (isAwsError(error, 'not-found')) return 'deleted';
        if (!isTransient(error)) throw error;
        patience.bear(error, clock.now() - beganAtMs);
      }
    }
  }

  /** Reads the whole listing and takes up what is new in it. */
  async #rescan(): Promise<StreamStatus> {
    const { shards, status } = await listShards(this.#options.gateway, this.#stream.streamArn, this.#signal);
    this.#addYoung(shards);
    this.#lineage.forget(new Set(shards.map(shard => shard.shardId)));
    return status;
  }

  async #streamExists(): Promise<boolean> {
    const { gateway } = this.#options;
    const { streamArn } = this.#stream;
    try {
      await persist(() => gateway.describeStream({ streamArn }, this.#signal), this.#patience, this.#signal);
      return true;
    } catch (error) {
      if (isAwsError(error, 'not-found')) return false;
      throw error;
    }
  }

  async #sayEnded(reason: 'disabled' | 'deleted'): Promise<void> {
    await this.#queue.put({ type: 'stream-ended', stream: this.#stream, reason });
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
