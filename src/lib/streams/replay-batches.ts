import { emptyEventBytes, type EventRecord, eventRecordBytes } from './lambda-event.js';

/** When a batch is full (FACTS B.1). */
export interface BatchLimits {
  /** Records, 1 to 10,000. */
  readonly batchSize: number;
  /** How long records that come live are gathered, counted from the first of a batch. */
  readonly windowMs: number;
  /** Bytes of the event; a record that is larger by itself goes alone. */
  readonly maxPayloadBytes: number;
}

/** Lambda's cap on the payload of one invocation: 6 MB (FACTS B.1). */
export const maxPayloadBytes: number = 6 * 1024 * 1024;

/** Records of one shard, in order, for one invocation. */
export interface Batch {
  readonly shardId: string | undefined;
  readonly records: readonly EventRecord[];
}

interface Gathering {
  readonly shardId: string | undefined;
  readonly records: EventRecord[];
  bytes: number;
  readonly dueAtMs: number;
}

/** Gathers records to batches as Lambda does: each of one shard, by number, size and time. */
export class BatchGatherer {
  readonly #limits: BatchLimits;
  /** By shard, in the order in which the batches were begun. */
  readonly #gathering = new Map<string, Gathering>();

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  /** When the oldest batch has been gathered long enough; undefined while there is none. */
  get nextDueAtMs(): number | undefined {
    const [oldest] = this.#gathering.values();
    return oldest?.dueAtMs;
  }

  /** Takes a record in; the batch that is full by it, if one is. `key` tells shards of several streams apart. */
  add(key: string, shardId: string | undefined, record: EventRecord, nowMs: number): Batch | undefined {
    const { batchSize, windowMs, maxPayloadBytes: maxBytes } = this.#limits;
    const bytes = eventRecordBytes(record);
    let full: Batch | undefined;
    let gathering = this.#gathering.get(key);
    if (gathering !== undefined && gathering.bytes + bytes > maxBytes) {
      full = this.take(key);
      gathering = undefined;
    }
    if (gathering === undefined) {
      gathering = { shardId, records: [], bytes: emptyEventBytes, dueAtMs: nowMs + windowMs };
      this.#gathering.set(key, gathering);
    }
    gathering.records.push(record);
    gathering.bytes += bytes;
    return gathering.records.length >= batchSize ? this.take(key) : full;
  }

  /** What has been gathered of a shard. */
  take(key: string): Batch | undefined {
    const gathering = this.#gathering.get(key);
    this.#gathering.delete(key);
    return gathering === undefined ? undefined : { shardId: gathering.shardId, records: gathering.records };
  }

  /** What has been gathered long enough. */
  takeDue(nowMs: number): readonly Batch[] {
    return this.#takeThose(gathering => gathering.dueAtMs <= nowMs);
  }

  takeAll(): readonly Batch[] {
    return this.#takeThose(() => true);
  }

  #takeThose(wanted: (gathering: Gathering) => boolean): readonly Batch[] {
    return [...this.#gathering].filter(([, gathering]) => wanted(gathering)).flatMap(([key]) => this.take(key) ?? []);
  }
}
