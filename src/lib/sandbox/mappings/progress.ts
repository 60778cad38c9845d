import { after, compareSequences, type SequencePoint } from '../streams/sequence.js';
import { endOf, type Shard } from '../streams/shard.js';
import type { TableStream } from '../streams/table-stream.js';
import type { LaneProgress, Mapping, ShardProgress } from './mapping.js';

/**
 * Brings a mapping's progress up to the shards that its stream has now.
 *
 * The first time, LATEST begins behind what is there, and shards that are closed by then are not read; shards that appear
 * later are read from their beginning by either position. A shard that is not listed any more is forgotten once it is
 * dealt with.
 */
export function updateProgress(mapping: Mapping, stream: TableStream): Map<string, ShardProgress> {
  const isFirstTime = mapping.progress === undefined;
  const progress = (mapping.progress ??= new Map<string, ShardProgress>());
  for (const shard of stream.shards) {
    if (progress.has(shard.id)) continue;
    const isLatest = isFirstTime && mapping.startingPosition === 'LATEST';
    const position = isLatest ? endOf(shard) : startOf(shard);
    const isDone = isLatest && shard.endingPoint !== undefined;
    progress.set(shard.id, { shardId: shard.id, lanes: [{ position, window: undefined }], isDone });
  }
  for (const { shardId, isDone } of [...progress.values()]) {
    const shard = stream.findShard(shardId);
    if (isDone && (shard === undefined || stream.hasVanished(shard))) progress.delete(shardId);
  }
  return progress;
}

/**
 * The parallel readers of a shard. When their number has changed, all begin where the one stood that was furthest behind:
 * what the others had done beyond it comes a second time.
 */
export function lanesOf(progress: ShardProgress, count: number, hasWindows: boolean): readonly LaneProgress[] {
  if (progress.lanes.length !== count) {
    const position = progress.lanes.map(lane => lane.position).reduce(earlier);
    progress.lanes = Array.from({ length: count }, () => ({ position, window: undefined }));
  }
  if (!hasWindows) for (const lane of progress.lanes) lane.window = undefined;
  return progress.lanes;
}

function startOf({ trimmedThrough, startingPoint }: Shard): SequencePoint {
  return trimmedThrough === undefined ? startingPoint : after(trimmedThrough);
}

function earlier(a: SequencePoint, b: SequencePoint): SequencePoint {
  return compareSequences(a, b) <= 0 ? a : b;
}
