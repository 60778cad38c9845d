import type { Shard } from '../aws/streams-gateway.js';
import { pollDelayMs } from './pace.js';
import { type ReaderContext, type Standing, fetchPage, sinceAMomentAgo, standingAt } from './page-fetch.js';
import type { ShardPosition } from './read-events.js';
import { isOpen } from './shard-listing.js';
import type { StreamRecord } from './stream-record.js';

/** How a shard's reading ended, and where. */
export interface ShardOutcome {
  readonly how: 'ended' | 'gone' | 'end-as-of-then';
  readonly position: ShardPosition;
}

/** How long a shard has been silent. */
interface Silence {
  emptyPages: number;
  /** Empty pages since everything was read once. */
  idlePages: number;
  caughtUp: boolean;
  /** The instant at which reading is to stop has passed. */
  endHasCome: boolean;
}

/**
 * Empty pages may lie before records (FACTS A.1), and AWS does not say how many, so an open shard is taken to have no
 * more to give after this many in a row: most of them in haste, and where reading stops there, the last with a pause
 * each.
 */
const EMPTY_PAGES_AT_END = 10;
const EMPTY_PAGES_IN_HASTE = 6;
const SETTLING_DELAY_MS = 200;
/** A closed shard is followed through all its empty pages; after so many the reader stops hurrying. */
const EMPTY_PAGES_OF_CLOSED_IN_HASTE = 20;
/** Records are stamped with whole seconds, and so is the endpoint's clock. */
const END_MARGIN_MS = 2_000;

/**
 * Reads one shard from its position on, emitting its pages in order, until it ends, is gone, or
 * shows nothing more of what was there at `endAtMs`.
 * @throws AwsError for what no waiting mends, or what lasted longer than the pace allows
 */
export async function readShard(shard: Shard, start: ShardPosition, context: ReaderContext): Promise<ShardOutcome> {
  const { options, endAtMs, stats } = context;
  const { shardId } = shard;
  const standing = standingAt(start, context);
  const silence: Silence = { emptyPages: 0, idlePages: 0, caughtUp: false, endHasCome: false };
  let held: Promise<void> = Promise.resolve();
  for (;;) {
    const fetched = await fetchPage(shard, standing, context);
    if (fetched === 'not-now') continue;
    if (fetched === 'gone') {
      await held;
      return { how: 'gone', position: standing.lost ?? standing.position };
    }
    const { page, reservation } = fetched;
    const last = page.records.at(-1);
    if (last === undefined) {
      reservation.free();
      silence.emptyPages += 1;
      if (silence.caughtUp) silence.idlePages += 1;
      stats.emptyPages += 1;
      if (standing.atLatest) standing.position = sinceAMomentAgo(context);
    } else {
      silence.emptyPages = 0;
      silence.idlePages = 0;
      standing.position = { kind: 'after', sequenceNumber: last.sequenceNumber, atMs: last.createdAtMs };
      standing.atLatest = false;
      const records = withoutSkipped(page.records, standing);
      // One page may wait at the consumer while the next is fetched, not more.
      await held;
      if (standing.lost !== undefined) held = tellGap(shard, standing, standing.lost, page.records[0], context);
      if (records.length === 0) reservation.free();
      else held = context.emit({ type: 'page', stream: options.stream, shardId, records }).then(reservation.free);
    }

    if (page.nextShardIterator === undefined) {
      await held;
      if (standing.lost !== undefined) await tellGap(shard, standing, standing.lost, undefined, context);
      return { how: 'ended', position: { kind: 'ended' } };
    }
    standing.iterator = page.nextShardIterator;
    const nowMs = options.gateway.serverNow();
    const isEmptyForNow = isOpen(shard) && silence.emptyPages >= (start.kind === 'latest' ? 1 : EMPTY_PAGES_AT_END);
    if (isEmptyForNow) {
      silence.caughtUp = true;
      context.caughtUp(shardId);
      if (standing.lost !== undefined) held = tellGap(shard, standing, standing.lost, undefined, context);
    }
    if (last !== undefined) stats.lagMsByShard.set(shardId, Math.max(0, nowMs - last.createdAtMs));
    else if (silence.caughtUp) stats.lagMsByShard.set(shardId, 0);
    if (endAtMs !== undefined && nowMs >= endAtMs) {
      const isPast = last !== undefined && last.createdAtMs > endAtMs + END_MARGIN_MS;
      if (isPast || (isOpen(shard) && silence.endHasCome && silence.emptyPages >= EMPTY_PAGES_AT_END)) {
        await held;
        return { how: 'end-as-of-then', position: standing.position };
      }
      // What was written up to now may need a moment to be seen, so the silence counts from here.
      if (!silence.endHasCome) silence.emptyPages = 0;
      silence.endHasCome = true;
    }
    const pauseMs = pauseAfter(shard, silence, context.pace.pollIntervalMs);
    if (pauseMs > 0) await options.clock.sleep(pauseMs, context.signal);
  }
}

function pauseAfter(shard: Shard, { emptyPages, idlePages, caughtUp, endHasCome }: Silence, pollMs: number): number {
  if (emptyPages === 0) return 0;
  if (!isOpen(shard)) return emptyPages <= EMPTY_PAGES_OF_CLOSED_IN_HASTE ? 0 : SETTLING_DELAY_MS;
  if (endHasCome) return emptyPages <= EMPTY_PAGES_IN_HASTE ? 0 : SETTLING_DELAY_MS;
  return caughtUp ? pollDelayMs(idlePages, pollMs) : 0;
}

/** Leaves out what was written before the start; behind the first record that was not, there is no such record. */
function withoutSkipped(records: readonly StreamRecord[], standing: Standing): readonly StreamRecord[] {
  const { skipBeforeMs } = standing;
  if (skipBeforeMs === undefined) return records;
  const first = records.findIndex(record => record.createdAtMs >= skipBeforeMs);
  if (first < 0) return [];
  standing.skipBeforeMs = undefined;
  return records.slice(first);
}

/** Says what is lost: all behind the place that was trimmed, before the first record that is left. */
function tellGap(
  shard: Shard,
  standing: Standing,
  lost: ShardPosition,
  first: StreamRecord | undefined,
  context: ReaderContext,
): Promise<void> {
  standing.lost = undefined;
  return context.emit({
    type: 'gap',
    stream: context.options.stream,
    shardId: shard.shardId,
    reason: 'trimmed',
    fromSequenceNumber: 'sequenceNumber' in lost ? lost.sequenceNumber : undefined,
    fromMs: lost.kind === 'after' ? lost.atMs : lost.kind === 'since' ? lost.sinceMs : undefined,
    toSequenceNumber: first?.sequenceNumber,
    toMs: first?.createdAtMs,
  });
}
