import type { Shard } from '../aws/streams-gateway.js';
import type { ShardPosition } from './read-events.js';

type State = 'waiting' | 'reading' | 'ended';

interface Tracked {
  readonly shard: Shard;
  readonly position: ShardPosition;
  state: State;
}

/** A shard whose turn has come. */
export interface ReadyShard {
  readonly shard: Shard;
  readonly position: ShardPosition;
}

/**
 * Keeps the order of lineage: a shard is ready when its parent has been read to its end, or is not tracked
 * (it was trimmed, or lies before the start). FACTS A.2.
 */
export class Lineage {
  readonly #tracked = new Map<string, Tracked>();

  /** Tracks the shards that are new. Those at `ended` count as read. */
  add(shards: readonly Shard[], positionOf: (shard: Shard) => ShardPosition): number {
    let added = 0;
    for (const shard of shards) {
      if (this.#tracked.has(shard.shardId)) continue;
      const position = positionOf(shard);
      this.#tracked.set(shard.shardId, { shard, position, state: position.kind === 'ended' ? 'ended' : 'waiting' });
      added += 1;
    }
    return added;
  }

  /** Hands out, once each, the shards that may be read now. */
  takeReady(): readonly ReadyShard[] {
    const ready: ReadyShard[] = [];
    for (const tracked of this.#tracked.values()) {
      if (tracked.state !== 'waiting') continue;
      const parentId = tracked.shard.parentShardId;
      const parent = parentId === undefined ? undefined : this.#tracked.get(parentId);
      if (parent !== undefined && parent.state !== 'ended') continue;
      tracked.state = 'reading';
      ready.push({ shard: tracked.shard, position: tracked.position });
    }
    return ready;
  }

  /** The shard has been read to its end. */
  end(shardId: string): void {
    const tracked = this.#tracked.get(shardId);
    if (tracked !== undefined) tracked.state = 'ended';
  }

  isTracked(shardId: string): boolean {
    return this.#tracked.has(shardId);
  }

  /** Forgets shards that are read and that AWS no longer lists, so that a tail of weeks stays small. */
  forget(listed: ReadonlySet<string>): void {
    for (const [shardId, tracked] of this.#tracked) {
      if (tracked.state === 'ended' && !listed.has(shardId)) this.#tracked.delete(shardId);
    }
  }

  count(state: State): number {
    let count = 0;
    for (const tracked of this.#tracked.values()) if (tracked.state === state) count += 1;
    return count;
  }
}
