import { type PlainObject, toPlainObject } from '../model/attribute-value.js';
import { formatInstant } from '../model/instant.js';
import { HotKeys } from './hot-keys.js';
import { SizeHistogram, type SizeSummary } from './size-histogram.js';
import type { EventName, StreamRecord, WireStreamData } from './stream-record.js';

/** A number of records and how many a second that is. */
export interface Rate {
  readonly records: number;
  readonly perSecond: number;
}

/** What was seen of one shard. */
export interface ShardStatistics extends Rate {
  readonly shardId: string;
  readonly bytes: number;
  readonly newestAt: string | null;
  /** Age of the newest record when it was read. */
  readonly lagMs: number | null;
}

/** A key among the hottest: it was written at least `atLeast` and at most `count` times. */
export interface HotKeyStatistics {
  readonly keys: PlainObject;
  readonly count: number;
  readonly atLeast: number;
  /** `count` of all records. */
  readonly share: number;
}

/** What a stream did in a span of time. */
export interface StreamStatistics extends Rate {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  readonly byEvent: Readonly<Record<EventName, Rate>>;
  readonly ttlDeletes: { readonly records: number; readonly share: number };
  readonly byShard: readonly ShardStatistics[];
  /** As DynamoDB counts the size of a stream record; null while there are no records. */
  readonly sizeBytes: SizeSummary | null;
  readonly hotKeys: readonly HotKeyStatistics[];
  /** No count of a key is further off than this, and no key that is missing was written more often. */
  readonly hotKeysError: number;
  /** Age of the newest record of the shard that lies furthest behind, when that record was read. */
  readonly lagMs: number | null;
}

interface ShardCount {
  records: number;
  bytes: number;
  newestMs: number;
  lagMs: number;
}

/** Adds up records page by page, in memory that does not grow with them. */
export class StatisticsFold {
  readonly #events: Record<EventName, number> = { INSERT: 0, MODIFY: 0, REMOVE: 0 };
  readonly #shards = new Map<string, ShardCount>();
  readonly #sizes = new SizeHistogram();
  readonly #hotKeys = new HotKeys();
  #records = 0;
  #ttlDeletes = 0;

  get records(): number {
    return this.#records;
  }

  /** Takes a page of one shard in. @param nowMs the endpoint's time */
  add(shardId: string, records: readonly StreamRecord[], nowMs: number): void {
    if (records.length === 0) return;
    const shard = this.#shardOf(shardId);
    for (const record of records) {
      const data = record.parsed().dynamodb;
      const bytes = data.SizeBytes ?? record.byteLength;
      this.#events[record.eventName] += 1;
      if (record.isTtlDelete) this.#ttlDeletes += 1;
      this.#sizes.add(bytes);
      this.#hotKeys.add(keyText(data));
      shard.bytes += bytes;
      if (record.createdAtMs > shard.newestMs) shard.newestMs = record.createdAtMs;
    }
    this.#records += records.length;
    shard.records += records.length;
    shard.lagMs = Math.max(0, nowMs - shard.newestMs);
  }

  /** A shard that was opened counts, also when it is silent. */
  open(shardId: string): void {
    this.#shardOf(shardId);
  }

  /** What has been seen from `fromMs` to `toMs`. */
  statistics(fromMs: number, toMs: number, top: number): StreamStatistics {
    const seconds = Math.max(1, (toMs - fromMs) / 1_000);
    const rate = (records: number): Rate => ({ records, perSecond: rounded(records / seconds) });
    const share = (records: number): number => (this.#records === 0 ? 0 : rounded(records / this.#records));
    const seen = [...this.#shards.values()].filter(shard => shard.records > 0);
    return {
      from: formatInstant(fromMs),
      to: formatInstant(toMs),
      seconds: rounded(seconds),
      ...rate(this.#records),
      byEvent: {
        INSERT: rate(this.#events.INSERT),
        MODIFY: rate(this.#events.MODIFY),
        REMOVE: rate(this.#events.REMOVE),
      },
      ttlDeletes: { records: this.#ttlDeletes, share: share(this.#ttlDeletes) },
      byShard: [...this.#shards]
        .map(([shardId, { records, bytes, newestMs, lagMs }]) => ({
          shardId,
          ...rate(records),
          bytes,
          newestAt: records === 0 ? null : formatInstant(newestMs),
          lagMs: records === 0 ? null : lagMs,
        }))
        .sort((a, b) => b.records - a.records),
      sizeBytes: this.#sizes.summary() ?? null,
      hotKeys: this.#hotKeys.top(top).map(({ key, count, error }) => ({
        keys: keysOf(key),
        count,
        atLeast: count - error,
        share: share(count),
      })),
      hotKeysError: this.#hotKeys.errorBound,
      lagMs: seen.length === 0 ? null : Math.max(...seen.map(shard => shard.lagMs)),
    };
  }

  #shardOf(shardId: string): ShardCount {
    const known = this.#shards.get(shardId);
    if (known !== undefined) return known;
    const shard = { records: 0, bytes: 0, newestMs: 0, lagMs: 0 };
    this.#shards.set(shardId, shard);
    return shard;
  }
}

/** The same key is the same text, whatever the order of its attributes. */
function keyText({ Keys = {} }: WireStreamData): string {
  const names = Object.keys(Keys);
  return JSON.stringify(names.length < 2 ? Keys : Object.fromEntries(names.sort().map(name => [name, Keys[name]])));
}

function keysOf(text: string): PlainObject {
  const keys = JSON.parse(text) as NonNullable<WireStreamData['Keys']>;
  return toPlainObject(keys);
}

/** Four digits behind the point: enough for every rate and share. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
