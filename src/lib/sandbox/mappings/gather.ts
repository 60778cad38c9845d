import { hashOf } from '../dynamodb/key.js';
import { isMembers, type Members } from '../members.js';
import { after, type SequencePoint } from '../streams/sequence.js';
import type { BatchRecord } from './batch.js';
import type { LaneContext } from './lane-context.js';
import { lambdaRecord } from './lambda-event.js';
import { countEvents } from './mapping-metrics.js';
import type { ShardSource } from './shard-source.js';

/** What an event may weigh: FACTS B.1. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** Room for what an event says beside its records; a tumbling window's state counts on top. */
const EVENT_FRAME_BYTES = 1024;
/** So many records are looked at in one go; then others get their turn. */
const MOST_LOOKED_AT = 2_000;

/** A batch that is being put together. */
export interface Gathering {
  readonly records: BatchRecord[];
  bytes: number;
  /** Where the next look begins: all before it is in `records` or not wanted. */
  next: SequencePoint;
}

/** Why gathering has come to a halt. */
export type Halt =
  /** The batch has its size, or the next record would make the event too large. */
  | 'full'
  /** The shard has no more for now. */
  | 'end'
  /** The next record is of a later tumbling window. */
  | 'later-window'
  /** There may be more; others are to have their turn. */
  | 'turn';

/** A batch with nothing in it yet. */
export function emptyGathering(next: SequencePoint): Gathering {
  return { records: [], bytes: EVENT_FRAME_BYTES, next };
}

/** Adds what the shard has for this lane and the filters let through, as far as the batch takes it. */
export function gather(context: LaneContext, source: ShardSource, gathering: Gathering): Halt {
  const { mapping, lane, matches, state } = context;
  const { batchSize } = mapping.settings;
  let polled = 0;
  let filteredOut = 0;
  let halt: Halt | undefined;
  for (let looks = 0; halt === undefined; looks += 1) {
    const found = looks < MOST_LOOKED_AT ? source.at(gathering.next) : undefined;
    if (found === undefined) {
      halt = looks < MOST_LOOKED_AT ? 'end' : 'turn';
    } else if (!isOfLane(context, found.record)) {
      gathering.next = after(found.point);
    } else {
      const record = lambdaRecord(found.record, mapping.streamArn);
      if (matches(record)) {
        const json = JSON.stringify(record);
        const bytes = Buffer.byteLength(json) + 1;
        if (found.writtenAtMs >= windowEndMs(lane.window)) halt = 'later-window';
        else if (gathering.records.length >= batchSize || gathering.bytes + bytes > MAX_EVENT_BYTES) halt = 'full';
        else {
          const { point, sequenceNumber, writtenAtMs } = found;
          gathering.records.push({ point, sequenceNumber, writtenAtMs, json });
          gathering.bytes += bytes;
          openWindow(context, writtenAtMs);
          polled += 1;
        }
      } else {
        polled += 1;
        filteredOut += 1;
      }
      if (halt === undefined) gathering.next = after(found.point);
      if (gathering.records.length >= batchSize) halt ??= 'full';
    }
  }
  countEvents(state, mapping, 'PolledEventCount', polled);
  countEvents(state, mapping, 'FilteredOutEventCount', filteredOut);
  return halt;
}

/** The records of one item always go the same way, so that their order is kept (FACTS B.1). */
function isOfLane({ mapping, laneIndex }: LaneContext, record: Members): boolean {
  const { parallelizationFactor } = mapping.settings;
  if (parallelizationFactor === 1) return true;
  const { dynamodb } = record;
  const keys = isMembers(dynamodb) ? JSON.stringify(dynamodb['Keys']) : '';
  return hashOf(keys) % parallelizationFactor === laneIndex;
}

/**
 * A record opens a tumbling window when there is none. That windows are counted from the epoch is UNVERIFIED; known is that
 * the time at which a record was written decides (FACTS B.4).
 */
function openWindow({ mapping, lane }: LaneContext, writtenAtMs: number): void {
  const lengthMs = mapping.settings.tumblingWindowSeconds * 1000;
  if (lengthMs === 0 || lane.window !== undefined) return;
  const startMs = Math.floor(writtenAtMs / lengthMs) * lengthMs;
  lane.window = { startMs, endMs: startMs + lengthMs, state: '{}' };
}

function windowEndMs(window: LaneContext['lane']['window']): number {
  return window?.endMs ?? Number.POSITIVE_INFINITY;
}
