import { formatInstant } from '../model/instant.js';
import { type ExportedGap, type ExportedShard, type ExportManifest, instantOrNull } from './export-manifest.js';
import type { ReadEvent } from './read-events.js';
import type { StreamRecord } from './stream-record.js';

const EMPTY_SHARD: ExportedShard = {
  records: 0,
  firstSequenceNumber: null,
  lastSequenceNumber: null,
  firstAt: null,
  lastAt: null,
  ended: false,
};

/** Keeps a manifest up with what has been written. */
export class ExportLedger {
  readonly #start: ExportManifest;
  readonly #shards: Map<string, ExportedShard>;
  readonly #gaps: ExportedGap[];
  #records: number;

  /** @param start what the file holds already */
  constructor(start: ExportManifest) {
    this.#start = start;
    this.#shards = new Map(Object.entries(start.shards));
    this.#gaps = [...start.gaps];
    this.#records = start.records;
  }

  get records(): number {
    return this.#records;
  }

  /** Counts records that were written; they are of one shard and in order. */
  count(shardId: string, records: readonly StreamRecord[]): void {
    const [first] = records;
    const last = records.at(-1);
    if (first === undefined || last === undefined) return;
    const known = this.#shardOf(shardId);
    this.#records += records.length;
    this.#shards.set(shardId, {
      records: known.records + records.length,
      firstSequenceNumber: known.firstSequenceNumber ?? first.sequenceNumber,
      lastSequenceNumber: last.sequenceNumber,
      firstAt: known.firstAt ?? formatInstant(first.createdAtMs),
      lastAt: formatInstant(last.createdAtMs),
      ended: known.ended,
    });
  }

  /** Takes note of what happened to the reading; true when the manifest says something else by it. */
  note(event: Exclude<ReadEvent, { type: 'page' }>): boolean {
    switch (event.type) {
      case 'shard-opened':
        if (this.#shards.has(event.shardId)) return false;
        this.#shards.set(event.shardId, this.#shardOf(event.shardId));
        return true;
      case 'shard-ended':
        this.#end(event.shardId);
        return true;
      case 'gap':
        this.#gaps.push({
          shardId: event.shardId,
          reason: event.reason,
          fromSequenceNumber: event.fromSequenceNumber ?? null,
          fromAt: instantOrNull(event.fromMs),
          toSequenceNumber: event.toSequenceNumber ?? null,
          toAt: instantOrNull(event.toMs),
        });
        // What is gone is told once, and not looked for again.
        if (event.reason === 'shard-gone') this.#end(event.shardId);
        return true;
      case 'caught-up':
      case 'throttled':
      case 'retrying':
      case 'iterator-renewed':
      case 'stream-ended':
        return false;
    }
  }

  manifest(committedBytes: number, complete: boolean): ExportManifest {
    return {
      ...this.#start,
      complete,
      committedBytes,
      records: this.#records,
      shards: Object.fromEntries(this.#shards),
      gaps: [...this.#gaps],
    };
  }

  #shardOf(shardId: string): ExportedShard {
    return this.#shards.get(shardId) ?? EMPTY_SHARD;
  }

  #end(shardId: string): void {
    this.#shards.set(shardId, { ...this.#shardOf(shardId), ended: true });
  }
}
