import { after, compareSequences, formatSequence, type SequencePoint } from '../streams/sequence.js';
import { RETENTION_MS } from '../streams/shard.js';
import type { BatchRecord, Piece } from './batch.js';
import { discard } from './discard.js';
import { deliveredRange, type LaneContext } from './lane-context.js';
import { countEvents } from './mapping-metrics.js';

/** Goes on behind what the stream has lost before it was read, and says so. */
export function skipLost(context: LaneContext): void {
  const { lane, shard } = context;
  const { trimmedThrough } = shard;
  if (trimmedThrough === undefined || compareSequences(lane.position, trimmedThrough) > 0) return;
  lane.position = after(trimmedThrough);
  reportLoss(context, trimmedThrough);
}

/** What is left of records when those are gone that the stream has lost meanwhile, or that are too old (FACTS B.4). */
export function dropOld(context: LaneContext, piece: Piece): Piece {
  return dropTooOld(context, dropLost(context, piece));
}

function dropLost(context: LaneContext, piece: Piece): Piece {
  const { state, mapping } = context;
  const last = piece.records.findLast(record => isLost(context, record));
  if (last === undefined) return piece;
  const records = piece.records.filter(record => !isLost(context, record));
  countEvents(state, mapping, 'DroppedEventCount', piece.records.length - records.length);
  reportLoss(context, last.point);
  context.lane.position = after(last.point);
  return { ...piece, records };
}

function dropTooOld(context: LaneContext, piece: Piece): Piece {
  const { recordAgeSeconds } = context.mapping.settings;
  if (recordAgeSeconds < 0) return piece;
  const oldestMs = context.state.clock.now() - recordAgeSeconds * 1000;
  // Records of a shard are in the order of their time, so the old ones come first.
  const kept = piece.records.findIndex(({ writtenAtMs }) => writtenAtMs >= oldestMs);
  const old = kept < 0 ? piece.records : piece.records.slice(0, kept);
  const last = old.at(-1);
  if (last === undefined) return piece;
  discard(context, { ...piece, records: old }, 'RecordAgeExceeded');
  context.lane.position = after(last.point);
  return { ...piece, records: piece.records.slice(old.length) };
}

/** When the first of the records will be too old, or lost. */
export function agesOutAtMs({ mapping }: LaneContext, { records }: Piece): number | undefined {
  const first = records[0];
  if (first === undefined) return undefined;
  const { recordAgeSeconds } = mapping.settings;
  const lifeMs = recordAgeSeconds < 0 ? RETENTION_MS : Math.min(RETENTION_MS, recordAgeSeconds * 1000 + 1);
  return first.writtenAtMs + lifeMs;
}

/** Whether the stream has lost a record: by its age, or because a tester has trimmed it. */
function isLost({ state, shard }: LaneContext, { point, writtenAtMs }: BatchRecord): boolean {
  if (writtenAtMs + RETENTION_MS <= state.clock.now()) return true;
  return shard.trimmedThrough !== undefined && compareSequences(point, shard.trimmedThrough) <= 0;
}

function reportLoss(context: LaneContext, upTo: SequencePoint): void {
  const { at, region, mapping, function: functionName, shardId } = deliveredRange(context, []);
  context.deliveries.add({
    type: 'expiry',
    at,
    region,
    mapping,
    function: functionName,
    shardId,
    upTo: formatSequence(upTo),
  });
}
