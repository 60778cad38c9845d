import type { SequencePoint } from '../streams/sequence.js';
import type { BatchRecord } from './batch.js';
import type { LaneContext } from './lane-context.js';
import { lambdaRecord } from './lambda-event.js';
import { countEvents } from './mapping-metrics.js';
import type { SourceRecord } from './shard-source.js';

/** What an event may weigh: FACTS B.1. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;
/** Room for what an event says beside its records; a tumbling window's state counts on top. */
const EVENT_FRAME_BYTES = 1024;
/** So many records are looked at in one go; then others get their turn, and find the same page parsed. */
const MOST_LOOKED_AT = 200;

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
export function gather(context: LaneContext, gathering: Gathering): Halt {
  const { mapping, matches, state, source } = context;
  const { records } = gathering;
  const first = source.indexFrom(gathering.next);
  const end = Math.min(source.endIndex(), first + MOST_LOOKED_AT);
  let index = first;
  let polled = 0;
  let filteredOut = 0;
  let halt: Halt | undefined;
  for (; halt === undefined && index < end; index += 1) {
    if (!isOfLane(context, index)) continue;
    const found = source.at(index);
    const record = lambdaRecord(found.record, mapping.streamArn);
    if (matches(record)) {
      halt = add(context, gathering, found, JSON.stringify(record));
      // It is left for the next batch.
      if (halt !== undefined) break;
      if (records.length >= mapping.settings.batchSize) halt = 'full';
    } else filteredOut += 1;
    polled += 1;
  }
  if (index > first) gathering.next = source.behind(index - 1);
  countEvents(state, mapping, 'PolledEventCount', polled);
  countEvents(state, mapping, 'FilteredOutEventCount', filteredOut);
  return halt ?? (end < source.endIndex() ? 'turn' : 'end');
}

/** Puts a record into the batch, or says why it has no place there. */
function add(context: LaneContext, gathering: Gathering, found: SourceRecord, json: string): Halt | undefined {
  const { point, sequenceNumber, writtenAtMs } = found;
  if (writtenAtMs >= (context.lane.window?.endMs ?? Number.POSITIVE_INFINITY)) return 'later-window';
  const bytes = Buffer.byteLength(json) + 1;
  if (gathering.bytes + bytes > MAX_EVENT_BYTES) return 'full';
  gathering.records.push({ point, sequenceNumber, writtenAtMs, json });
  gathering.bytes += bytes;
  openWindow(context, writtenAtMs);
  return undefined;
}

/** The records of one item always go the same way, so that their order is kept (FACTS B.1). */
function isOfLane({ mapping, laneIndex, source }: LaneContext, index: number): boolean {
  const { parallelizationFactor } = mapping.settings;
  return parallelizationFactor === 1 || source.itemHash(index) % parallelizationFactor === laneIndex;
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
