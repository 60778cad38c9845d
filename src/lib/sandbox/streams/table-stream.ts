import type { SandboxClock } from '../clock.js';
import type { KeyNames } from '../dynamodb/key.js';
import type { Ids } from '../ids.js';
import { type RecordedChange, recordJson, type StreamViewType } from './record-json.js';
import type { Segment } from './segment.js';
import { formatSequence, type SequencePoint } from './sequence.js';
import { loadShard, type SavedShard, saveShard } from './saved-shard.js';
import { closeShard, createShard, HASH_SPACE, isGone, RETENTION_MS, type Shard, trimShardBefore } from './shard.js';

/** FACTS A.1. */
export type StreamStatus = 'ENABLING' | 'ENABLED' | 'DISABLING' | 'DISABLED';

/** What a stream is from its beginning to its end. */
export interface StreamIdentity {
  readonly arn: string;
  readonly label: string;
  readonly region: string;
  readonly tableName: string;
  readonly keys: KeyNames;
  readonly viewType: StreamViewType;
  readonly createdAtMs: number;
}

/** A stream as it is saved. */
export interface SavedStream {
  readonly identity: StreamIdentity;
  readonly status: StreamStatus;
  readonly iteratorEpoch: number;
  readonly shards: readonly SavedShard[];
  /** Ids, by the part of the hash space. */
  readonly open: readonly string[];
  readonly vanished: readonly SavedShard[];
  readonly generation: number;
  readonly offset: number;
  readonly lastBornAtMs: number;
  readonly closedAtMs?: number;
  /** Absent when nothing can expire. */
  readonly nothingExpiresBeforeMs?: number;
}

/** Sequence numbers leave gaps, so that no reader can count on the next one. */
const OFFSET_STEP = 11;

/** One stream of a table, with the shards of its last 24 hours. */
export class TableStream {
  readonly identity: StreamIdentity;
  status: StreamStatus = 'ENABLING';
  /** Iterators carry the epoch in which they were given; a later epoch makes them expired. */
  iteratorEpoch = 0;
  readonly #ids: Ids;
  readonly #clock: SandboxClock;
  #shards: Shard[] = [];
  #open: Shard[] = [];
  #vanished = new Map<string, Shard>();
  #generation = 1;
  #offset: number;
  #lastBornAtMs = 0;
  #closedAtMs: number | undefined;
  #nothingExpiresBeforeMs = 0;

  constructor(identity: StreamIdentity, ids: Ids, clock: SandboxClock) {
    this.identity = identity;
    this.#ids = ids;
    this.#clock = clock;
    this.#offset = 1_000_000_000 + ids.integer(8_000_000_000);
  }

  /** The stream as JSON. */
  save(): SavedStream {
    return {
      identity: this.identity,
      status: this.status,
      iteratorEpoch: this.iteratorEpoch,
      shards: this.#shards.map(saveShard),
      open: this.#open.map(({ id }) => id),
      vanished: [...this.#vanished.values()].map(saveShard),
      generation: this.#generation,
      offset: this.#offset,
      lastBornAtMs: this.#lastBornAtMs,
      ...(this.#closedAtMs === undefined ? {} : { closedAtMs: this.#closedAtMs }),
      ...(Number.isFinite(this.#nothingExpiresBeforeMs)
        ? { nothingExpiresBeforeMs: this.#nothingExpiresBeforeMs }
        : {}),
    };
  }

  /** The stream that `save` gave. */
  static load(saved: SavedStream, ids: Ids, clock: SandboxClock): TableStream {
    const stream = new TableStream(saved.identity, ids, clock);
    stream.status = saved.status;
    stream.iteratorEpoch = saved.iteratorEpoch;
    stream.#shards = saved.shards.map(loadShard);
    stream.#open = saved.open.flatMap(id => stream.#shards.filter(shard => shard.id === id));
    stream.#vanished = new Map(saved.vanished.map(loadShard).map(shard => [shard.id, shard]));
    stream.#generation = saved.generation;
    stream.#offset = saved.offset;
    stream.#lastBornAtMs = saved.lastBornAtMs;
    stream.#closedAtMs = saved.closedAtMs;
    stream.#nothingExpiresBeforeMs = saved.nothingExpiresBeforeMs ?? Number.POSITIVE_INFINITY;
    return stream;
  }

  /** All shards that can be listed, oldest first; their ids are in the same order. */
  get shards(): readonly Shard[] {
    return this.#shards;
  }

  /** The shards that take records, by the part of the hash space that they serve. */
  get openShards(): readonly Shard[] {
    return this.#open;
  }

  /** Opens the first shards, one for each partition. */
  open(partitions: number): void {
    this.status = 'ENABLED';
    for (let at = 0; at < partitions; at += 1) {
      const low = Math.floor((at * HASH_SPACE) / partitions);
      this.#addOpen({ low, high: Math.floor(((at + 1) * HASH_SPACE) / partitions) });
    }
  }

  /** Closes all shards: nothing is recorded from now on. */
  close(): void {
    const nowMs = this.#clock.now();
    for (const shard of this.#open) closeShard(shard, this.#generation, nowMs);
    this.#open = [];
    this.#closedAtMs = nowMs;
    this.#nothingExpiresBeforeMs = 0;
  }

  /** Records a change of the item whose partition key hashes to `hash`. */
  record(hash: number, change: RecordedChange): void {
    const shard = this.#shardOf(hash);
    if (shard === undefined) return;
    const point = this.#nextPoint();
    const writtenAtMs = this.#clock.now();
    const json = recordJson(change, {
      eventId: this.#ids.hex(32),
      region: this.identity.region,
      sequenceNumber: formatSequence(point),
      viewType: this.identity.viewType,
      writtenAtMs,
    });
    shard.log.append(point, writtenAtMs, Buffer.from(json));
    this.#mayExpireAt(writtenAtMs + RETENTION_MS);
  }

  /** Appends a run of `count` made-up records to every open shard; `make` builds the run from its place in the stream. */
  recordRuns(counts: readonly number[], make: (run: GeneratedRun) => Segment): void {
    const stride = OFFSET_STEP * Math.max(1, this.#open.length);
    const longest = Math.max(0, ...counts);
    for (const [at, shard] of this.#open.entries()) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const run = {
        generation: this.#generation,
        firstOffset: this.#offset + OFFSET_STEP * (at + 1),
        stride,
        count,
        position: at,
      };
      const { log } = shard;
      const lastWrittenAtMs = log.nextIndex > log.firstIndex ? log.writtenAtMs(log.nextIndex - 1) : 0;
      const segment = make({ ...run, notBeforeMs: lastWrittenAtMs });
      log.appendSegment(segment);
      this.#mayExpireAt(segment.writtenAtMs(0) + RETENTION_MS);
    }
    this.#offset += stride * (longest + 1);
  }

  /** Closes a shard and opens two children that share its partition's keys. */
  split(shard: Shard): readonly [Shard, Shard] {
    const { low, high } = shard.range;
    const middle = low + Math.floor((high - low) / 2);
    this.#closeOne(shard);
    return [this.#addOpen({ low, high: middle }, shard.id), this.#addOpen({ low: middle, high }, shard.id)];
  }

  /** Closes a shard and opens one child for the same partition. */
  roll(shard: Shard): Shard {
    this.#closeOne(shard);
    return this.#addOpen(shard.range, shard.id);
  }

  /** A shard by its id: one that is listed, or one that has vanished. */
  findShard(id: string): Shard | undefined {
    return this.#shards.find(shard => shard.id === id) ?? this.#vanished.get(id);
  }

  /** Whether a shard is not listed any more. */
  hasVanished(shard: Shard): boolean {
    return this.#vanished.has(shard.id);
  }

  /** Forgets what is older than 24 hours. */
  expire(): void {
    const nowMs = this.#clock.now();
    if (nowMs < this.#nothingExpiresBeforeMs) return;
    for (const shard of this.#shards) trimShardBefore(shard, shard.log.indexWrittenSince(nowMs - RETENTION_MS + 1));
    this.dropGoneShards();
  }

  /** Takes closed shards of which nothing is left off the list. */
  dropGoneShards(): void {
    const nowMs = this.#clock.now();
    for (const shard of this.#shards) if (isGone(shard, nowMs)) this.#vanished.set(shard.id, shard);
    this.#shards = this.#shards.filter(shard => !this.#vanished.has(shard.id));
    this.#nothingExpiresBeforeMs = Number.POSITIVE_INFINITY;
    for (const { log, closedAtMs } of this.#shards) {
      if (log.firstIndex < log.nextIndex) this.#mayExpireAt(log.writtenAtMs(log.firstIndex) + RETENTION_MS);
      else if (closedAtMs !== undefined) this.#mayExpireAt(closedAtMs + RETENTION_MS);
    }
  }

  /** Whether the stream itself is gone: 24 hours after it was disabled (FACTS A.4). */
  isGone(): boolean {
    return this.#closedAtMs !== undefined && this.#closedAtMs + RETENTION_MS <= this.#clock.now();
  }

  #shardOf(hash: number): Shard | undefined {
    let low = 0;
    let high = this.#open.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#open[middle]?.range.low ?? 0) <= hash) low = middle;
      else high = middle - 1;
    }
    return this.#open[low];
  }

  #addOpen(range: Shard['range'], parentId?: string): Shard {
    this.#lastBornAtMs = Math.max(this.#clock.now(), this.#lastBornAtMs + 1);
    const shard = createShard(this.#ids, this.#lastBornAtMs, range, this.#nextPoint(), parentId);
    this.#shards.push(shard);
    const at = this.#open.findIndex(other => other.range.low > range.low);
    this.#open.splice(at < 0 ? this.#open.length : at, 0, shard);
    return shard;
  }

  #closeOne(shard: Shard): void {
    closeShard(shard, this.#generation, this.#clock.now());
    this.#open = this.#open.filter(other => other !== shard);
    this.#generation += 1;
    this.#mayExpireAt(this.#clock.now() + RETENTION_MS);
  }

  #nextPoint(): SequencePoint {
    this.#offset += OFFSET_STEP;
    return { generation: this.#generation, offset: this.#offset };
  }

  #mayExpireAt(timeMs: number): void {
    this.#nothingExpiresBeforeMs = Math.min(this.#nothingExpiresBeforeMs, timeMs);
  }
}

/** Where a run of made-up records stands in its shard. */
export interface GeneratedRun {
  readonly generation: number;
  readonly firstOffset: number;
  readonly stride: number;
  readonly count: number;
  /** Which of the open shards it is for, from 0. */
  readonly position: number;
  /** When the shard's last record was written, in milliseconds; 0 when it has none. */
  readonly notBeforeMs: number;
}
