import type { Ids } from '../ids.js';
import { RecordLog } from './record-log.js';
import { after, lastOf, type SequencePoint } from './sequence.js';

/** How long a record can be read: FACTS A.2. */
export const RETENTION_MS = 24 * 60 * 60 * 1000;

/** The partitions of a table share this many hash values. */
export const HASH_SPACE = 0x1_0000_0000;

/** A part of the hash space, `low` included, `high` not. */
export interface HashRange {
  readonly low: number;
  readonly high: number;
}

/** One shard of a stream: the changes of one partition during a part of its life. */
export interface Shard {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly range: HashRange;
  readonly startingPoint: SequencePoint;
  /** Set once the shard is closed: the last sequence number that it could have held. */
  endingPoint: SequencePoint | undefined;
  closedAtMs: number | undefined;
  /** The last position that was trimmed; all up to it is lost. */
  trimmedThrough: SequencePoint | undefined;
  readonly log: RecordLog;
}

/** Makes an open shard; `bornAtMs` goes into its name, as at AWS. */
export function createShard(
  ids: Ids,
  bornAtMs: number,
  range: HashRange,
  startingPoint: SequencePoint,
  parentId?: string,
): Shard {
  return {
    id: `shardId-${String(bornAtMs).padStart(20, '0')}-${ids.hex(8)}`,
    parentId,
    range,
    startingPoint,
    endingPoint: undefined,
    closedAtMs: undefined,
    trimmedThrough: undefined,
    log: new RecordLog(),
  };
}

/** Closes a shard at the end of `generation`. */
export function closeShard(shard: Shard, generation: number, nowMs: number): void {
  shard.endingPoint = lastOf(generation);
  shard.closedAtMs = nowMs;
}

/** Forgets the records before `index`, and remembers how far. */
export function trimShardBefore(shard: Shard, index: number): number {
  const { log } = shard;
  const end = Math.min(index, log.nextIndex);
  if (end <= log.firstIndex) return 0;
  const trimmed = end - log.firstIndex;
  shard.trimmedThrough = log.pointAt(end - 1);
  log.trimBefore(end);
  return trimmed;
}

/** Whether nothing of a shard can be read any more: closed, and trimmed to its end or older than what is kept. */
export function isGone(shard: Shard, nowMs: number): boolean {
  if (shard.closedAtMs === undefined || shard.log.firstIndex < shard.log.nextIndex) return false;
  return shard.trimmedThrough !== undefined || shard.closedAtMs + RETENTION_MS <= nowMs;
}

/** Where a reader of the shard's next record would stand. */
export function endOf(shard: Shard): SequencePoint {
  if (shard.endingPoint !== undefined) return after(shard.endingPoint);
  const { log } = shard;
  return log.nextIndex > log.firstIndex
    ? after(log.pointAt(log.nextIndex - 1))
    : after(shard.trimmedThrough ?? { ...shard.startingPoint, offset: shard.startingPoint.offset - 1 });
}
