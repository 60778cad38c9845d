import { isAwsError, isTransient } from '../aws/aws-error.js';
import type { IteratorStart, Shard } from '../aws/streams-gateway.js';
import type { RateLimiter } from './pace.js';
import { Patience } from './patience.js';
import type { Pace, ReadEvent, ReadOptions, ReadStats, ShardPosition } from './read-events.js';
import { type RecordPage, scanPage } from './record-page.js';
import type { Reservation, Room } from './room.js';

/** What all readers of one stream share. */
export interface ReaderContext {
  readonly options: ReadOptions;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly limiter: RateLimiter;
  /** Room for the pages of all shards that are on their way or wait at the consumer. */
  readonly room: Room;
  readonly stats: ReadStats;
  /** The shard is read to its end as it was at this instant, by the endpoint's clock; undefined: for ever. */
  readonly endAtMs: number | undefined;
  /** Hands an event over; resolves when the consumer has dealt with it. */
  emit(event: ReadEvent): Promise<void>;
  /** The shard has nothing more to give at present; may be said more than once. */
  caughtUp(shardId: string): void;
}

/** Where the reader of a shard stands; enough to find the place again without an iterator. */
export interface Standing {
  position: ShardPosition;
  iterator: string | undefined;
  /** Nothing was read yet from an iterator at LATEST. */
  atLatest: boolean;
  /** Records stamped before this are left out, until the first that is not. */
  skipBeforeMs: number | undefined;
  /** Where what was trimmed away began; told with the first record behind it. */
  lost: ShardPosition | undefined;
  /** Bytes that the next page is likely to have. */
  expectedBytes: number;
  readonly patience: Patience;
}

/** A page, and its part of the room; free that when the page has left. */
export interface Fetched {
  readonly page: RecordPage;
  readonly reservation: Reservation;
}

/** How far behind the last good look a lost LATEST position is searched again, for clocks that disagree. */
const LATEST_MARGIN_MS = 60_000;
/** A full page (FACTS A.1), and what a poll of a shard that was idle mostly brings. */
const FULL_PAGE_BYTES = 1_048_576;
const IDLE_PAGE_BYTES = 32_768;

/** A reader that has not read yet. */
export function standingAt(position: ShardPosition, { options, pace }: ReaderContext): Standing {
  return {
    position,
    iterator: undefined,
    atLatest: false,
    skipBeforeMs: undefined,
    lost: undefined,
    expectedBytes: position.kind === 'latest' ? IDLE_PAGE_BYTES : FULL_PAGE_BYTES,
    patience: new Patience({ clock: options.clock, random: options.random, maxWaitMs: pace.maxWaitMs }),
  };
}

/** Where a LATEST position that has shown no record is found again, should its iterator be lost. */
export function sinceAMomentAgo({ options }: ReaderContext): ShardPosition {
  return { kind: 'since', sinceMs: options.gateway.serverNow() - LATEST_MARGIN_MS };
}

/**
 * Asks for the next page of a shard, once. What passes by itself is waited out; then, and when the place had to be
 * found anew, the answer is `not-now`, and the caller asks again.
 * @throws AwsError for what no waiting mends, or what lasted longer than the pace allows
 */
export async function fetchPage(
  shard: Shard,
  standing: Standing,
  context: ReaderContext,
): Promise<Fetched | 'gone' | 'not-now'> {
  const { options, signal, stats } = context;
  const streamArn = options.stream.streamArn;
  const asked = standing.position;
  let reservation: Reservation | undefined;
  let isFresh = false;
  let askedAtMs = options.clock.now();
  try {
    signal.throwIfAborted();
    // LATEST means now: it does not wait in line behind other shards.
    if (asked.kind === 'latest') await findIterator(shard, standing, context);
    reservation = await context.room.take(standing.expectedBytes);
    signal.throwIfAborted();
    await context.limiter.take(signal);
    askedAtMs = options.clock.now();
    if (standing.iterator === undefined) {
      isFresh = true;
      await findIterator(shard, standing, context);
    }
    stats.getRecordsCalls += 1;
    const body = await options.gateway.getRecords({ iterator: standing.iterator ?? '', streamArn }, signal);
    stats.bytes += body.length;
    const page = scanPage(body);
    standing.patience.renew();
    standing.expectedBytes = Math.min(FULL_PAGE_BYTES, Math.max(IDLE_PAGE_BYTES, 2 * body.length));
    reservation.resize(body.length);
    return { page, reservation };
  } catch (error) {
    reservation?.free();
    signal.throwIfAborted();
    if (isAwsError(error, 'not-found')) return 'gone';
    if (isAwsError(error, 'trimmed')) {
      standing.lost ??= asked;
      standing.position = { kind: 'trim-horizon' };
      standing.iterator = undefined;
      standing.atLatest = false;
      if (!isFresh || asked.kind !== 'trim-horizon') return 'not-now';
    } else if (isAwsError(error, 'expired-iterator')) {
      standing.iterator = undefined;
      if (!isFresh) {
        await context.emit({ type: 'iterator-renewed', stream: options.stream, shardId: shard.shardId });
        return 'not-now';
      }
    } else if (!isTransient(error)) {
      throw error;
    }
    // An endpoint that refuses the iterator it has just made is asked again after a wait, too.
    const delayMs = standing.patience.delayMsAfter(error, options.clock.now() - askedAtMs);
    await waitOut(error, delayMs, shard, context);
    return 'not-now';
  }
}

async function waitOut(error: unknown, delayMs: number, shard: Shard, context: ReaderContext): Promise<void> {
  const { options, signal } = context;
  const about = { stream: options.stream, shardId: shard.shardId, delayMs };
  const told = context.emit(
    isAwsError(error, 'throttled')
      ? { type: 'throttled', ...about }
      : { type: 'retrying', ...about, reason: reasonOf(error) },
  );
  await options.clock.sleep(delayMs, signal);
  // Nothing is fetched while the consumer is behind.
  await told;
}

function reasonOf(error: unknown): string {
  if (!isAwsError(error)) return String(error);
  return error.message === '' ? error.code : error.message;
}

/** Asks for an iterator at the place where the reader stands. */
async function findIterator(shard: Shard, standing: Standing, context: ReaderContext): Promise<void> {
  const { options } = context;
  const { position } = standing;
  standing.iterator = await options.gateway.getShardIterator(
    { streamArn: options.stream.streamArn, shardId: shard.shardId, start: iteratorStart(position) },
    context.signal,
  );
  standing.atLatest = position.kind === 'latest';
  // LATEST cannot be asked for twice: it would pass over what came between. A lost iterator is found again by time.
  if (standing.atLatest) standing.position = sinceAMomentAgo(context);
  // AWS stamps records with whole seconds, rounded down (FACTS A.3).
  if (position.kind === 'since') standing.skipBeforeMs = Math.floor(position.sinceMs / 1_000) * 1_000;
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
