import type { Matcher } from '../../filter/compile-matcher.js';
import type { RegionState, SandboxState } from '../state.js';
import type { Shard } from '../streams/shard.js';
import type { BatchRecord } from './batch.js';
import type { DeliveredRange, DeliveryLog } from './delivery-log.js';
import type { LaneProgress, Mapping } from './mapping.js';
import type { Rests } from './rests.js';
import type { ShardSource } from './shard-source.js';

/** What one reader of a shard works with. */
export interface LaneContext {
  readonly state: SandboxState;
  readonly region: RegionState;
  readonly mapping: Mapping;
  readonly shard: Shard;
  /** Shared by all lanes of the shard. */
  readonly source: ShardSource;
  /** Which of the mapping's parallel readers of the shard it is, from 0. */
  readonly laneIndex: number;
  readonly lane: LaneProgress;
  readonly matches: Matcher;
  readonly rests: Rests;
  readonly deliveries: DeliveryLog;
  /** Aborted when the mapping is paused, changed or deleted, or the sandbox closes. */
  readonly stopping: AbortSignal;
}

/** What every entry of the delivery log says. */
export function deliveredRange(context: LaneContext, records: readonly BatchRecord[]): DeliveredRange {
  const { state, mapping, shard } = context;
  return {
    at: new Date(state.clock.now()).toISOString(),
    region: mapping.region,
    mapping: mapping.uuid,
    function: mapping.functionName,
    shardId: shard.id,
    sequenceNumbers: records.map(({ sequenceNumber }) => sequenceNumber),
  };
}
