import type { ReadEvent, ReadStats, StreamRef } from './read-events.js';
import type { EventName, StreamRecord } from './stream-record.js';

/** What a tail has seen, in the end. */
export interface TailTotals {
  readonly records: number;
  readonly byEvent: Readonly<Record<EventName, number>>;
  readonly ttlDeletes: number;
  readonly byShard: readonly {
    readonly table: string;
    readonly region: string;
    readonly shardId: string;
    readonly records: number;
  }[];
  readonly gaps: number;
  readonly throttles: number;
  readonly retries: number;
  readonly getRecordsCalls: number;
  /** What the GetRecords calls cost at $0.02 per 100,000, before the free 2.5 million a month (FACTS A.5). */
  readonly costUsdBeforeFreeTier: string;
  readonly durationMs: number;
}

/** us-east-1 and us-east-2; other Regions' price is not known here, so it is said to be an estimate (FACTS A.5, E.1). */
const USD_PER_CALL_IN_NANO_USD = 200n;

/** Adds up a tail while it runs. */
export class TailSummary {
  readonly #startedAtMs: number;
  readonly #stats: ReadStats;
  readonly #byEvent: Record<EventName, number> = { INSERT: 0, MODIFY: 0, REMOVE: 0 };
  readonly #byShard = new Map<string, { table: string; region: string; shardId: string; records: number }>();
  #records = 0;
  #ttlDeletes = 0;
  #gaps = 0;
  #throttles = 0;
  #retries = 0;

  constructor(startedAtMs: number, stats: ReadStats) {
    this.#startedAtMs = startedAtMs;
    this.#stats = stats;
  }

  count(stream: StreamRef, shardId: string, records: readonly StreamRecord[]): void {
    const key = `${stream.streamArn}/${shardId}`;
    const known = this.#byShard.get(key);
    const shard = known ?? { table: stream.tableName, region: stream.region, shardId, records: 0 };
    if (known === undefined) this.#byShard.set(key, shard);
    shard.records += records.length;
    this.#records += records.length;
    for (const record of records) {
      this.#byEvent[record.eventName] += 1;
      if (record.isTtlDelete) this.#ttlDeletes += 1;
    }
  }

  note(event: Pick<ReadEvent, 'type'> | { readonly type: 'stream-replaced' }): void {
    if (event.type === 'gap') this.#gaps += 1;
    else if (event.type === 'throttled') this.#throttles += 1;
    else if (event.type === 'retrying') this.#retries += 1;
  }

  totals(nowMs: number): TailTotals {
    return {
      records: this.#records,
      byEvent: { ...this.#byEvent },
      ttlDeletes: this.#ttlDeletes,
      byShard: [...this.#byShard.values()].map(shard => ({ ...shard })),
      gaps: this.#gaps,
      throttles: this.#throttles,
      retries: this.#retries,
      getRecordsCalls: this.#stats.getRecordsCalls,
      costUsdBeforeFreeTier: callsCostUsd(this.#stats.getRecordsCalls),
      durationMs: nowMs - this.#startedAtMs,
    };
  }
}

/** $0.0000002 a call, exactly, without trailing zeros. */
function callsCostUsd(calls: number): string {
  const nanoUsd = BigInt(calls) * USD_PER_CALL_IN_NANO_USD;
  const fraction = (nanoUsd % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${nanoUsd / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}
