import pLimit from 'p-limit';
import type { Shard } from '../aws/streams-gateway.js';
import { RETENTION_MS } from './change-stream.js';
import { firstRecordFrom, type Look } from './first-record.js';
import type { StreamListing } from './shard-listing.js';

/** When the last record of a stream is gone. */
export type Retention =
  /** The stream is on: records keep coming. */
  | { readonly kind: 'live' }
  /** `exact` comes from the last record itself; otherwise it is gone by then at the latest. */
  | { readonly kind: 'ends'; readonly atMs: number; readonly exact: boolean };

/** With more youngest shards than these, reading one record of each costs more than the answer is worth. */
const MOST_LOOKS = 32;
const AT_ONCE = 8;
const MOST_GENERATIONS = 4;

/**
 * Finds out when the last record of a stream is trimmed. AWS does not say when a stream was closed, so the last record
 * of each youngest shard is looked up by the shard's ending sequence number; where that fails, the creation of the
 * stream that came after it bounds the answer.
 * @param successorCreatedAtMs when the table's next stream was created; undefined when there is none
 */
export async function retentionOf(
  stream: StreamListing,
  successorCreatedAtMs: number | undefined,
  look: Look,
): Promise<Retention> {
  if (stream.status === 'ENABLED' || stream.status === 'ENABLING') return { kind: 'live' };
  const nowMs = look.gateway.serverNow();
  const closedByMs = Math.min(nowMs, successorCreatedAtMs ?? nowMs);
  const bound: Retention = { kind: 'ends', atMs: closedByMs + RETENTION_MS, exact: false };
  if (stream.shards.length === 0) return { kind: 'ends', atMs: nowMs, exact: true };
  if (bound.atMs <= nowMs) return { ...bound, exact: true };
  const youngest = youngestShards(stream.shards);
  if (youngest.length > MOST_LOOKS) return bound;
  const parallel = pLimit(AT_ONCE);
  const byId = new Map(stream.shards.map(shard => [shard.shardId, shard]));
  const ends = await Promise.all(youngest.map(shard => parallel(() => lastRecordMs(shard, byId, look))));
  const known = ends.filter(end => end !== undefined);
  if (known.length < ends.length) return bound;
  return { kind: 'ends', atMs: Math.max(...known) + RETENTION_MS, exact: true };
}

/** The shards without children: the last records lie in them. */
function youngestShards(shards: readonly Shard[]): readonly Shard[] {
  const parents = new Set(shards.map(shard => shard.parentShardId));
  return shards.filter(shard => !parents.has(shard.shardId));
}

/** The time of the last record of a shard's line; long ago when all of it is trimmed; undefined when it cannot be found out. */
async function lastRecordMs(shard: Shard, byId: ReadonlyMap<string, Shard>, look: Look): Promise<number | undefined> {
  let at: Shard | undefined = shard;
  for (let generation = 0; at !== undefined && generation < MOST_GENERATIONS; generation += 1) {
    const { shardId, endingSequenceNumber } = at;
    if (endingSequenceNumber === undefined) return undefined;
    const start = { type: 'AT_SEQUENCE_NUMBER' as const, sequenceNumber: endingSequenceNumber };
    const last = await firstRecordFrom(look, shardId, start);
    if (last.kind === 'record') return last.createdAtMs;
    if (last.kind !== 'none') return last.kind === 'gone' ? longAgo(look) : undefined;
    // The number need not be a record's. Where the shard is empty from its beginning, the last record lies in its parent.
    const oldest = await firstRecordFrom(look, shardId, { type: 'TRIM_HORIZON' });
    if (oldest.kind === 'gone') return longAgo(look);
    if (oldest.kind !== 'none') return undefined;
    const parent: Shard | undefined = at.parentShardId === undefined ? undefined : byId.get(at.parentShardId);
    if (parent === undefined) return longAgo(look);
    at = parent;
  }
  return undefined;
}

function longAgo(look: Look): number {
  return look.gateway.serverNow() - RETENTION_MS;
}
