import type { Shard } from '../aws/streams-gateway.js';
import type { ShardPosition } from './read-events.js';

type State = 'waiting' | 'reading' | 'ended';

interface Tracked {
  readonly shard: Shard;
  readonly position: ShardPosition;
  state: State;
  /** Whether a listing of the whole stream has ever named it. */
  wasListed: boolean;
  /** Listings in a row that did not name it. */
  missedListings: number;
}

/** A listing may lag behind what is known, so a shard is forgotten only when so many in a row have left it out. */
const MISSED_LISTINGS = 3;

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
  add(shards: readonly Shard[], positionOf: (shard: Shard) => ShardPosition): void {
    for (const shard of shards) {
      if (this.#tracked.has(shard.shardId)) continue;
      const position = positionOf(shard);
      const state = position.kind === 'ended' ? 'ended' : 'waiting';
      this.#tracked.set(shard.shardId, { shard, position, state, wasListed: false, missedListings: 0 });
    }
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

  /** Whether a child of the shard is tracked. */
  hasChild(shardId: string): boolean {
    for (const { shard } of this.#tracked.values()) if (shard.parentShardId === shardId) return true;
    return false;
  }

  /**
   * Forgets shards that are read and that AWS no longer lists, so that a tail of weeks stays small.
   * @param listed the ids in a listing of the whole stream
   */
  forget(listed: ReadonlySet<string>): void {
    for (const [shardId, tracked] of this.#tracked) {
      if (listed.has(shardId)) {
        tracked.wasListed = true;
        tracked.missedListings = 0;
        continue;
      }
      tracked.missedListings += 1;
      const isGone = tracked.wasListed && tracked.missedListings >= MISSED_LISTINGS;
      if (isGone && tracked.state === 'ended') this.#tracked.delete(shardId);
    }
  }
}
