import { RecordLog, type SavedLog } from './record-log.js';
import { formatSequence, parseSequence, type SequencePoint } from './sequence.js';
import type { HashRange, Shard } from './shard.js';

/** A shard as it is saved; positions are sequence numbers. */
export interface SavedShard {
  readonly id: string;
  readonly parentId?: string;
  readonly range: HashRange;
  readonly startingPoint: string;
  readonly endingPoint?: string;
  readonly closedAtMs?: number;
  readonly trimmedThrough?: string;
  readonly log: SavedLog;
}

/** A shard as JSON. */
export function saveShard(shard: Shard): SavedShard {
  const { id, parentId, range, endingPoint, closedAtMs, trimmedThrough } = shard;
  return {
    id,
    ...(parentId === undefined ? {} : { parentId }),
    range,
    startingPoint: formatSequence(shard.startingPoint),
    ...(endingPoint === undefined ? {} : { endingPoint: formatSequence(endingPoint) }),
    ...(closedAtMs === undefined ? {} : { closedAtMs }),
    ...(trimmedThrough === undefined ? {} : { trimmedThrough: formatSequence(trimmedThrough) }),
    log: shard.log.save(),
  };
}

/** The shard that `saveShard` gave. */
export function loadShard(saved: SavedShard): Shard {
  return {
    id: saved.id,
    parentId: saved.parentId,
    range: saved.range,
    startingPoint: pointOf(saved.startingPoint) ?? { generation: 1, offset: 0 },
    endingPoint: pointOf(saved.endingPoint),
    closedAtMs: saved.closedAtMs,
    trimmedThrough: pointOf(saved.trimmedThrough),
    log: RecordLog.load(saved.log),
  };
}

function pointOf(sequenceNumber: string | undefined): SequencePoint | undefined {
  return sequenceNumber === undefined ? undefined : parseSequence(sequenceNumber);
}
