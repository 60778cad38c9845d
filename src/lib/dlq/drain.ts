import { persist } from '../streams/patience.js';
import { EventQueue } from '../streams/event-queue.js';
import { type RateLimiter, rateLimiter } from '../streams/pace.js';
import { carriedRecords } from './carried-records.js';
import { decodeFailure } from './decode.js';
import type { DrainEvent } from './drain-events.js';
import type { DrainOptions } from './drain-options.js';
import type { FailureMessage } from './failure-message.js';
import { BATCH_ENTRIES, type TakenMessage } from './failure-source.js';
import { InHand } from './in-hand.js';
import { Removal } from './removal.js';
import { resolveShard } from './resolve-shard.js';
import { type DrainItem, Settlement } from './settlement.js';
import { type WaitingMessage, WaitingRoom } from './waiting-room.js';

/** Messages in hand for each that is worked on: enough of one shard together to read what they share once. */
const IN_HAND_PER_WORKER = 100;
/**
 * A poll that is cut short may go on at SQS, and hide what the drain has just given back. So polls are short, and are
 * waited for when the drain is stopped.
 */
const LONGEST_WAIT_MS = 2_000;
const SHORTEST_WAIT_MS = 1_000;
/** How long a drain that is stopped goes on to delete what is delivered, and to give back what is not. */
const CLOSING_MS = 10_000;

/**
 * Takes failure messages, reads their records back, hands them to every sink, then deletes the messages. Long polls,
 * reads and deliveries run side by side within the options' bounds, and so do any number of drains of one queue.
 * The last event is the summary, also after an abort and before a failure is thrown.
 * @throws what a sink, the source or a stream throws that makes going on pointless
 */
export async function* drain(options: DrainOptions): AsyncGenerator<DrainEvent, void, undefined> {
  const run = new DrainRun(options);
  const working = run.work();
  try {
    yield* run.events();
  } finally {
    // A consumer that leaves early stops the drain, and everything goes back.
    run.stop();
    await working;
  }
}

class DrainRun {
  readonly #options: DrainOptions;
  readonly #events = new EventQueue<DrainEvent>();
  readonly #stopping = new AbortController();
  readonly #closing = new AbortController();
  readonly #stop: AbortSignal;
  readonly #hand: InHand;
  readonly #removal: Removal;
  readonly #settlement: Settlement;
  readonly #room: WaitingRoom;
  readonly #limiter: RateLimiter;
  readonly #changed: (() => void)[] = [];
  #failure: { readonly error: unknown } | undefined;
  /** Messages that were taken and not yet settled, and places that long polls may fill. */
  #unsettled = 0;
  #reserved = 0;
  #wanted = 0;
  #lastFreshMs: number;

  constructor(options: DrainOptions) {
    const { source, clock, random, order, signal } = options;
    this.#options = options;
    this.#lastFreshMs = clock.now();
    this.#stop = AbortSignal.any([signal, this.#stopping.signal]);
    const tell = (event: DrainEvent): void => {
      void this.#events.put(event);
    };
    this.#hand = new InHand({
      source,
      clock,
      onLost: ({ id }, reason) => {
        tell({ type: 'visibility-lost', messageId: id, reason });
      },
    });
    this.#removal = new Removal({
      source,
      clock,
      random,
      onRetry: (reason, delayMs) => {
        tell({ type: 'retrying', what: 'deleting messages', reason, delayMs });
      },
    });
    this.#room = new WaitingRoom(order);
    this.#limiter = rateLimiter(options.ratePerSecond, clock);
    options.count.soonestExpiryMs = () => this.#room.soonestExpiryMs();
    this.#settlement = new Settlement({
      options,
      hand: this.#hand,
      removal: this.#removal,
      stop: this.#stop,
      closing: this.#closing.signal,
      emit: event => this.#events.put(event),
      onSettled: () => {
        this.#unsettled -= 1;
        this.#wake();
      },
    });
  }

  events(): AsyncGenerator<DrainEvent, void, undefined> {
    return this.#events.events();
  }

  stop(): void {
    this.#stopping.abort(new Error('the drain was stopped'));
    this.#events.discard();
  }

  /** Never rejects: what went wrong comes out of the events. */
  async work(): Promise<void> {
    const { sinks, archive, clock, count } = this.#options;
    const opened: { close(): Promise<void> }[] = [];
    try {
      for (const sink of sinks) {
        opened.push(sink);
        await sink.open(this.#stop);
      }
      if (archive !== undefined) {
        opened.push(archive);
        await archive.open();
      }
      await this.#takeAndSettle();
    } catch (error) {
      this.#fail(error);
    }
    try {
      for (const each of opened) await each.close();
    } catch (error) {
      this.#fail(error);
    }
    void this.#events.put({ type: 'summary', totals: count.totals(clock.now()) });
    this.#events.end(this.#failure?.error);
  }

  async #takeAndSettle(): Promise<void> {
    const { concurrency, clock } = this.#options;
    const beat = new AbortController();
    const beating = this.#hand.keepInvisible(beat.signal);
    const onStop = (): void => {
      this.#room.clear();
      this.#wake();
      void clock.sleep(CLOSING_MS, beat.signal).then(
        () => {
          this.#closing.abort(new Error('the time to close is over'));
        },
        () => {},
      );
    };
    if (this.#stop.aborted) onStop();
    else this.#stop.addEventListener('abort', onStop, { once: true });
    const loops = (loop: () => Promise<void>) =>
      Promise.all(Array.from({ length: concurrency }, () => loop().catch((error: unknown) => this.#fail(error))));
    const receiving = loops(() => this.#receive()).then(() => this.#room.close());
    await Promise.all([receiving, loops(() => this.#workOnShards())]);
    await this.#settlement.removalsDone();
    const { inWork, all } = await this.#hand.releaseAll(this.#closing.signal);
    this.#stop.removeEventListener('abort', onStop);
    beat.abort();
    await beating;
    this.#options.count.released(inWork);
    if (all > 0) void this.#events.put({ type: 'released', messages: all });
  }

  /** The first failure ends the drain; what fails because it ends is none. */
  #fail(error: unknown): void {
    if (!this.#stop.aborted) this.#failure ??= { error };
    this.#stopping.abort(new Error('the drain has failed'));
  }

  async #receive(): Promise<void> {
    const { source, clock, random, maxMessages, idleTimeoutMs, maxWaitMs } = this.#options;
    while (!this.#stop.aborted) {
      if (maxMessages !== undefined && this.#wanted >= maxMessages) return;
      const most = this.#placesFree();
      if (most <= 0) {
        await new Promise<void>(resolve => this.#changed.push(resolve));
        continue;
      }
      this.#reserved += most;
      let messages: readonly TakenMessage[] | undefined;
      let fresh = 0;
      try {
        const take = () => source.take(most, this.#waitMs(), this.#closing.signal);
        messages = await persist(take, { clock, random, maxWaitMs }, this.#stop);
        if (messages === undefined) return;
        if (this.#stop.aborted) {
          this.#takeBack(messages);
          return;
        }
        fresh = await this.#admit(messages);
      } finally {
        this.#reserved -= most;
        this.#wake();
      }
      if (fresh > 0) this.#lastFreshMs = clock.now();
      else if (idleTimeoutMs !== undefined && clock.now() - this.#lastFreshMs >= idleTimeoutMs) return;
      // Nothing came but what was seen: the next poll would bring it again at once.
      else if (messages.length > 0) await clock.sleep(SHORTEST_WAIT_MS, this.#stop);
    }
  }

  /** What a poll brought although the drain was stopped meanwhile goes back with the rest. */
  #takeBack(messages: readonly TakenMessage[]): void {
    for (const taken of messages) if (this.#hand.arrived(taken) === 'fresh') this.#options.count.took(1);
  }

  /** How many messages a poll may bring. */
  #placesFree(): number {
    const { concurrency, maxMessages } = this.#options;
    const inHand = concurrency * IN_HAND_PER_WORKER - this.#unsettled - this.#reserved;
    const wanted = maxMessages === undefined ? inHand : maxMessages - this.#wanted - this.#reserved;
    return Math.min(BATCH_ENTRIES, inHand, wanted);
  }

  #waitMs(): number {
    const { idleTimeoutMs, clock } = this.#options;
    if (idleTimeoutMs === undefined) return LONGEST_WAIT_MS;
    const leftMs = idleTimeoutMs - (clock.now() - this.#lastFreshMs);
    return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, leftMs));
  }

  /** @returns how many of the messages had not been seen before */
  async #admit(messages: readonly TakenMessage[]): Promise<number> {
    const { source, count, wants } = this.#options;
    const notOurs: TakenMessage[] = [];
    const fresh: TakenMessage[] = [];
    // All of a poll are in hand before the first is dealt with: a drain that is stopped in between gives all of them back.
    for (const taken of messages) {
      const arrival = this.#hand.arrived(taken);
      if (arrival === 'fresh') fresh.push(taken);
      else if (arrival === 'not-ours') notOurs.push(taken);
      else if (arrival === 'removed') void this.#removal.remove(taken, this.#closing.signal);
    }
    count.took(fresh.length);
    for (const taken of fresh) {
      const message = decodeFailure(taken.body);
      if (message.kind !== 'stream-batch') {
        this.#hand.leave(taken, 'visible');
        notOurs.push(taken);
        await this.#tellUnread(taken, 'foreign', foreignReason(message), undefined);
      } else if (!wants(message, taken)) {
        this.#hand.leave(taken);
        await this.#tellUnread(taken, 'kept', 'it is not among those that were asked for', message);
      } else {
        this.#wanted += 1;
        this.#unsettled += 1;
        // Without a pace, all that one poll brings is there before the first of it is chosen.
        if (this.#options.ratePerSecond !== undefined) await this.#limiter.take(this.#stop);
        this.#room.add({ taken, message });
      }
    }
    // Whoever else reads the queue gets them at once; where that fails, a little later.
    if (notOurs.length > 0) await source.release(notOurs, this.#stop).catch(() => {});
    return fresh.length;
  }

  async #tellUnread(
    { id: messageId }: TakenMessage,
    outcome: 'foreign' | 'kept',
    reason: string,
    message: WaitingMessage['message'] | undefined,
  ): Promise<void> {
    const nothing = { records: 0, leftOut: 0, loss: undefined, archived: false };
    const event: DrainEvent = { type: 'message', messageId, outcome, message, ...nothing, fate: 'left', reason };
    this.#options.count.settled(event);
    await this.#events.put(event);
  }

  async #workOnShards(): Promise<void> {
    for (let job = await this.#room.next(); job !== undefined; job = await this.#room.next()) {
      try {
        if (this.#stop.aborted) return;
        await this.#workOn(job.work);
      } finally {
        job.done();
      }
    }
  }

  /** Reads back and settles messages of one shard. */
  async #workOn(work: readonly WaitingMessage[]): Promise<void> {
    const { streams, filters, clock, random, maxWaitMs } = this.#options;
    const toRead: DrainItem[] = [];
    for (const waiting of work) {
      const withRecords = carriedRecords(waiting);
      if (withRecords !== undefined) await this.#settlement.settle([withRecords], undefined);
      else {
        const filter = await filters(waiting.message);
        toRead.push({ ...waiting, batch: waiting.message.batch, accepts: filter.accepts, filter });
      }
    }
    const [first] = toRead;
    if (first === undefined) return;
    const gateway = await streams(first.batch.region);
    const options = { gateway, clock, random, signal: this.#stop, maxWaitMs };
    for await (const found of resolveShard(toRead, options)) await this.#settlement.settle(found, gateway);
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

function foreignReason(message: Exclude<FailureMessage, { kind: 'stream-batch' }>): string {
  if (message.kind === 'foreign') return message.reason;
  const whose = message.consumerName === '' ? '' : ` of ${message.consumerName}`;
  return `it is a failed batch${whose} of the Kinesis stream ${message.streamArn}`;
}
