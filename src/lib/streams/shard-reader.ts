import { isAwsError, isTransient } from '../aws/aws-error.js';
import { defaultRetryPolicy, fullJitterDelayMs } from '../aws/retry.js';
import type { IteratorStart, Shard } from '../aws/streams-gateway.js';
import type { Places } from './event-queue.js';
import { type RateLimiter, pollDelayMs } from './pace.js';
import type { Pace, ReadEvent, ReadOptions, ReadStats, ShardPosition } from './read-events.js';
import { type RecordPage, scanPage } from './record-page.js';
import { isOpen } from './shard-listing.js';

/** What all readers of one stream share. */
export interface ReaderContext {
  readonly options: ReadOptions;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly limiter: RateLimiter;
  /** Pages that may be held at once, over all shards: what bounds memory. */
  readonly places: Places;
  readonly stats: ReadStats;
  /** The shard is read to its end as it was at this instant, by the endpoint's clock; undefined: for ever. */
  readonly endAtMs: number | undefined;
  /** Hands an event over; resolves when the consumer has dealt with it. */
  emit(event: ReadEvent): Promise<void>;
  /** The shard has nothing more to give at present, for the first time. */
  caughtUp(shardId: string): void;
}

/** How a shard's reading ended, and where. */
export interface ShardOutcome {
  readonly how: 'ended' | 'gone' | 'end-as-of-then';
  readonly position: ShardPosition;
}

/** Where this reader stands; enough to find the place again without an iterator. */
interface Standing {
  position: ShardPosition;
  /** Records written before this are left out. */
  sinceMs: number | undefined;
  /** Nothing was read yet from a start at LATEST. */
  atLatest: boolean;
  emptyPages: number;
  failures: number;
  failingSinceMs: number | undefined;
}

/** An open shard counts as read to its end after so many empty pages: a single one may lie before records (FACTS A.1). */
const EMPTY_PAGES_AT_END = 3;
const SETTLING_DELAY_MS = 200;
/** Records are stamped with whole seconds, and so is the endpoint's clock. */
const END_MARGIN_MS = 2_000;
/** How far behind the last good look a lost LATEST position is searched again, for clocks that disagree. */
const LATEST_MARGIN_MS = 60_000;
/** A closed shard may begin with many empty pages; after some the reader stops hurrying. */
const EMPTY_PAGES_IN_HASTE = 20;

/**
 * Reads one shard from its position on, emitting its pages in order, until it ends, is gone, or
 * shows nothing more of what was there at `endAtMs`.
 * @throws AwsError for what no waiting mends
 */
export async function readShard(shard: Shard, start: ShardPosition, context: ReaderContext): Promise<ShardOutcome> {
  const { options, signal } = context;
  const { stream } = options;
  const standing: Standing = {
    position: start,
    sinceMs: start.kind === 'since' ? start.sinceMs : undefined,
    atLatest: start.kind === 'latest',
    emptyPages: 0,
    failures: 0,
    failingSinceMs: undefined,
  };
  let iterator: string | undefined;
  let held: Promise<void> = Promise.resolve();
  for (;;) {
    signal.throwIfAborted();
    let page: RecordPage;
    await context.places.take();
    let keepsPlace = false;
    try {
      await context.limiter.take(signal);
      iterator ??= await findIterator(shard, standing, context);
      const body = await options.gateway.getRecords({ iterator, streamArn: stream.streamArn }, signal);
      context.stats.getRecordsCalls += 1;
      context.stats.bytes += body.length;
      page = scanPage(body);
      keepsPlace = page.records.length > 0;
    } catch (error) {
      if (isAwsError(error, 'not-found')) return { how: 'gone', position: standing.position };
      if (isAwsError(error, 'expired-iterator')) {
        iterator = undefined;
        await context.emit({ type: 'iterator-renewed', stream, shardId: shard.shardId });
        continue;
      }
      if (isAwsError(error, 'trimmed')) {
        iterator = await crossGap(shard, standing, context);
        continue;
      }
      await bear(error, shard, standing, context);
      continue;
    } finally {
      if (!keepsPlace) context.places.give();
    }
    standing.failures = 0;
    standing.failingSinceMs = undefined;

    const last = page.records.at(-1);
    if (last !== undefined) {
      const { sinceMs } = standing;
      const records =
        sinceMs === undefined ? page.records : page.records.filter(record => record.createdAtMs >= sinceMs);
      standing.position = { kind: 'after', sequenceNumber: last.sequenceNumber, atMs: last.createdAtMs };
      standing.atLatest = false;
      standing.emptyPages = 0;
      // One page may wait at the consumer while the next is fetched, not more.
      await held;
      const handedOver =
        records.length === 0
          ? Promise.resolve()
          : context.emit({ type: 'page', stream, shardId: shard.shardId, records });
      held = handedOver.then(() => {
        context.places.give();
      });
    } else {
      standing.emptyPages += 1;
      context.stats.emptyPages += 1;
      if (standing.atLatest) standing.sinceMs = options.gateway.serverNow() - LATEST_MARGIN_MS;
    }

    if (page.nextShardIterator === undefined) {
      await held;
      return { how: 'ended', position: { kind: 'ended' } };
    }
    iterator = page.nextShardIterator;
    const nowMs = options.gateway.serverNow();
    context.stats.lagMsByShard.set(shard.shardId, last === undefined ? 0 : Math.max(0, nowMs - last.createdAtMs));
    if (standing.emptyPages > 0) context.caughtUp(shard.shardId);
    if (context.endAtMs !== undefined && nowMs >= context.endAtMs) {
      const isPast = last !== undefined && last.createdAtMs > context.endAtMs + END_MARGIN_MS;
      if (isPast || (isOpen(shard) && standing.emptyPages >= EMPTY_PAGES_AT_END)) {
        await held;
        return { how: 'end-as-of-then', position: standing.position };
      }
    }
    const pauseMs = pauseAfter(shard, standing.emptyPages, context);
    if (pauseMs > 0) await options.clock.sleep(pauseMs, signal);
  }
}

function pauseAfter(shard: Shard, emptyPages: number, context: ReaderContext): number {
  if (emptyPages === 0) return 0;
  if (!isOpen(shard) && emptyPages <= EMPTY_PAGES_IN_HASTE) return 0;
  const pollMs = pollDelayMs(emptyPages, context.pace.pollIntervalMs);
  return isSettling(context) ? Math.min(pollMs, SETTLING_DELAY_MS) : pollMs;
}

/** Whether what is wanted has been written already, so that only the end is looked for. */
function isSettling({ endAtMs, options }: ReaderContext): boolean {
  return endAtMs !== undefined && options.gateway.serverNow() >= endAtMs;
}

/** Asks for an iterator at the place where the reader stands. */
async function findIterator(shard: Shard, standing: Standing, context: ReaderContext): Promise<string> {
  const { options } = context;
  const { position } = standing;
  const iterator = await options.gateway.getShardIterator(
    { streamArn: options.stream.streamArn, shardId: shard.shardId, start: iteratorStart(position) },
    context.signal,
  );
  if (position.kind === 'latest') {
    // LATEST cannot be asked for twice: it would pass over what came between. A lost iterator is found again by time.
    const sinceMs = options.gateway.serverNow() - LATEST_MARGIN_MS;
    standing.position = { kind: 'since', sinceMs };
    standing.sinceMs = sinceMs;
  }
  return iterator;
}

function iteratorStart(position: ShardPosition): IteratorStart {
  switch (position.kind) {
    case 'latest':
      return { type: 'LATEST' };
    case 'at':
      return { type: 'AT_SEQUENCE_NUMBER', sequenceNumber: position.sequenceNumber };
    case 'after':
      return { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber: position.sequenceNumber };
    case 'trim-horizon':
    case 'since':
    case 'ended':
      return { type: 'TRIM_HORIZON' };
  }
}

/** The place is trimmed away: goes on at the oldest record there is, and says what lies between. */
async function crossGap(shard: Shard, standing: Standing, context: ReaderContext): Promise<string | undefined> {
  const { options, signal } = context;
  const { gateway, stream } = options;
  const lost = standing.position;
  let first: RecordPage['records'][number] | undefined;
  let iterator: string | undefined;
  try {
    iterator = await gateway.getShardIterator(
      { streamArn: stream.streamArn, shardId: shard.shardId, start: { type: 'TRIM_HORIZON' } },
      signal,
    );
    const page = scanPage(await gateway.getRecords({ iterator, limit: 1, streamArn: stream.streamArn }, signal));
    context.stats.getRecordsCalls += 1;
    first = page.records[0];
  } catch (error) {
    if (isAwsError(error, 'trimmed', 'not-found', 'expired-iterator')) iterator = undefined;
    else await bear(error, shard, standing, context);
  }
  await context.emit({
    type: 'gap',
    stream,
    shardId: shard.shardId,
    reason: 'trimmed',
    fromSequenceNumber: 'sequenceNumber' in lost ? lost.sequenceNumber : undefined,
    fromMs: lost.kind === 'after' ? lost.atMs : lost.kind === 'since' ? lost.sinceMs : undefined,
    toSequenceNumber: first?.sequenceNumber,
    toMs: first?.createdAtMs,
  });
  standing.position = { kind: 'trim-horizon' };
  return iterator;
}

/** Waits out what passes by itself; throws what does not, or what has lasted longer than the pace allows. */
async function bear(error: unknown, shard: Shard, standing: Standing, context: ReaderContext): Promise<void> {
  const { options, pace, signal } = context;
  signal.throwIfAborted();
  if (!isTransient(error)) throw error;
  const now = options.clock.now();
  standing.failingSinceMs ??= now;
  if (now - standing.failingSinceMs >= pace.maxWaitMs) throw error;
  standing.failures += 1;
  const delayMs = fullJitterDelayMs(standing.failures, defaultRetryPolicy, options.random);
  const about = { stream: options.stream, shardId: shard.shardId, delayMs };
  void context.emit(
    error.kind === 'throttled'
      ? { type: 'throttled', ...about }
      : { type: 'retrying', ...about, reason: error.message || error.code },
  );
  await options.clock.sleep(delayMs, signal);
}
