import type { StreamRef } from './read-events.js';
import { recordFromBytes, type StreamRecord } from './stream-record.js';

/** A record with where it came from. */
export interface PlacedRecord {
  readonly stream: StreamRef;
  readonly shardId: string;
  readonly record: StreamRecord;
}

interface Held extends PlacedRecord {
  readonly orderMs: number;
  readonly arrival: number;
  readonly arrivedAtMs: number;
}

/** More records than this are not held back, whatever the window says. */
const MOST_HELD = 20_000;

/**
 * Holds records back for a short while and lets them go by their time, across shards and Regions.
 * The order within a shard is never changed, whatever the times in it say.
 */
export class TimeOrder {
  readonly #windowMs: number;
  readonly #newestByShard = new Map<string, number>();
  #held: Held[] = [];
  #arrivals = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(stream: StreamRef, shardId: string, records: readonly StreamRecord[], nowMs: number): void {
    const shard = `${stream.streamArn}/${shardId}`;
    let newest = this.#newestByShard.get(shard) ?? 0;
    for (const record of records) {
      newest = Math.max(newest, record.createdAtMs);
      // A held record must not keep its whole page in memory.
      const own = recordFromBytes(Buffer.from(record.bytes)) ?? record;
      this.#held.push({ stream, shardId, record: own, orderMs: newest, arrival: this.#arrivals++, arrivedAtMs: nowMs });
    }
    this.#newestByShard.set(shard, newest);
    this.#held.sort((a, b) => a.orderMs - b.orderMs || a.arrival - b.arrival);
  }

  /** Lets go of what has waited long enough, and of all that is older than it. */
  takeDue(nowMs: number): readonly PlacedRecord[] {
    let count = Math.max(0, this.#held.length - MOST_HELD);
    for (let i = this.#held.length - 1; i >= count; i -= 1) {
      const held = this.#held[i];
      if (held !== undefined && nowMs - held.arrivedAtMs >= this.#windowMs) {
        count = i + 1;
        break;
      }
    }
    return this.#held.splice(0, count);
  }

  takeAll(): readonly PlacedRecord[] {
    return this.#held.splice(0);
  }
}
