import { setMaxListeners } from 'node:events';
import { compileMatcher } from '../../filter/compile-matcher.js';
import { parsePattern } from '../../filter/parse-pattern.js';
import type { RegionState, SandboxState } from '../state.js';
import type { Shard } from '../streams/shard.js';
import type { DeliveryLog } from './delivery-log.js';
import { type RunningLane, startLane } from './lane.js';
import type { LaneContext } from './lane-context.js';
import { skipLost } from './losses.js';
import type { Mapping, ShardProgress } from './mapping.js';
import { lanesOf, updateProgress } from './progress.js';
import { createRests } from './rests.js';
import { createShardSource } from './shard-source.js';

/** What reads a stream for a mapping, for as long as its settings stay the same. */
export interface MappingReader {
  /** False once the mapping has other settings or another function. */
  isCurrent(): boolean;
  /** Looks for shards that can be read now, and wakes the lanes for which there is something new. */
  wake(): void;
  isWorking(): boolean;
  /** The next time that a lane waits for. */
  nextDueMs(): number | undefined;
  /** Ends all waits; resolves when what the function is doing is done. */
  stop(): Promise<void>;
}

/** What a reader is given. */
export interface ReaderInput {
  readonly state: SandboxState;
  readonly region: RegionState;
  readonly mapping: Mapping;
  readonly deliveries: DeliveryLog;
  /** Told whenever something has come to rest or to its end. */
  readonly onChange: () => void;
}

/** Starts to read; the first shards are looked for with the first `wake`. */
export function startReader(input: ReaderInput): MappingReader {
  const { state, region, mapping, deliveries, onChange } = input;
  const { settings, functionArn } = mapping;
  const matches = compileMatcher(settings.filters.map(pattern => parsePattern(pattern)));
  const stopping = new AbortController();
  // Every lane that waits listens.
  setMaxListeners(0, stopping.signal);
  const running = new Map<string, readonly RunningLane[]>();
  const endings = new Set<Promise<void>>();

  const contextsOf = (shard: Shard, progress: ShardProgress): readonly LaneContext[] => {
    const lanes = lanesOf(progress, settings.parallelizationFactor, settings.tumblingWindowSeconds > 0);
    const source = createShardSource(shard, lanes.length);
    return lanes.map((lane, laneIndex) => {
      const rests = createRests(state.clock, stopping.signal, onChange);
      const { signal } = stopping;
      return { state, region, mapping, shard, source, laneIndex, lane, matches, rests, deliveries, stopping: signal };
    });
  };

  const start = (shard: Shard, progress: ShardProgress): void => {
    const started = contextsOf(shard, progress).map(context => startLane(context, onChange));
    running.set(shard.id, started);
    const ending = Promise.all(started.map(async lane => await lane.ended))
      .then(ends => {
        if (ends.every(Boolean)) progress.isDone = true;
      })
      .catch((error: unknown) => {
        stopping.abort();
        state.log(
          `The sandbox failed in mapping ${mapping.uuid}: ${error instanceof Error ? error.stack : String(error)}`,
        );
      })
      .finally(() => {
        running.delete(shard.id);
        endings.delete(ending);
        // Its children can be read now.
        discover();
        onChange();
      });
    endings.add(ending);
  };

  const discover = (): void => {
    const stream = region.streams.get(mapping.streamArn);
    if (stream === undefined || stopping.signal.aborted) return;
    const all = updateProgress(mapping, stream);
    for (const progress of all.values()) {
      if (progress.isDone || running.has(progress.shardId)) continue;
      const shard = stream.findShard(progress.shardId);
      if (shard === undefined || stream.hasVanished(shard)) {
        if (shard !== undefined) for (const context of contextsOf(shard, progress)) skipLost(context);
        progress.isDone = true;
      } else if (isReady(shard, all)) start(shard, progress);
    }
  };

  const lanes = (): readonly RunningLane[] => [...running.values()].flat();
  return {
    isCurrent: () => mapping.settings === settings && mapping.functionArn === functionArn,
    wake: () => {
      discover();
      for (const lane of lanes()) if (lane.hasNews()) lane.context.rests.wake();
    },
    isWorking: () => [...running.values()].some(isShardWorking),
    nextDueMs: () => {
      const times = lanes().flatMap(({ context }) => context.rests.waitsUntilMs() ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(endings);
    },
  };
}

/** A shard is read when its parent is dealt with; a parent that is not listed any more is (FACTS A.2). */
function isReady({ parentId }: Shard, all: ReadonlyMap<string, ShardProgress>): boolean {
  const parent = parentId === undefined ? undefined : all.get(parentId);
  return parent?.isDone ?? true;
}

/** Whether there is something to do for a shard; when all its lanes have ended, that is to look for its children. */
function isShardWorking(lanes: readonly RunningLane[]): boolean {
  const open = lanes.filter(lane => !lane.hasEnded());
  return open.length === 0 || open.some(({ context }) => context.rests.isWorking());
}
