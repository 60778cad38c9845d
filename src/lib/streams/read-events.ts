import type { Clock } from '../model/clock.js';
import type { StreamsGateway } from '../aws/streams-gateway.js';
import type { StreamRecord } from './stream-record.js';

/** The stream that is read. */
export interface StreamRef {
  readonly streamArn: string;
  readonly tableName: string;
  readonly region: string;
}

/** Where reading of one shard goes on. */
export type ShardPosition =
  | { readonly kind: 'trim-horizon' }
  /** What is written from now on; `atMs` is when that was, by the endpoint's clock, once reading has begun. */
  | { readonly kind: 'latest'; readonly atMs?: number }
  | { readonly kind: 'at'; readonly sequenceNumber: string }
  /** Behind the last record that was read; `atMs` is that record's time. */
  | { readonly kind: 'after'; readonly sequenceNumber: string; readonly atMs: number }
  /** From the oldest record there is, leaving out those written before `sinceMs`. */
  | { readonly kind: 'since'; readonly sinceMs: number }
  /** Read to its end; `atMs` is when, where that is known. */
  | { readonly kind: 'ended'; readonly atMs?: number };

/** Where reading of a stream begins. There is no AT_TIMESTAMP (FACTS A.1): `since` reads back as far as it must. */
export type ReadStart =
  | { readonly from: 'latest' }
  | { readonly from: 'trim-horizon' }
  | { readonly from: 'since'; readonly sinceMs: number }
  | { readonly from: 'sequence-number'; readonly shardId: string; readonly sequenceNumber: string }
  | { readonly from: 'positions'; readonly positions: ReadonlyMap<string, ShardPosition> };

/** How fast to ask, and how long to bear failures. */
export interface Pace {
  /** Wait after an empty page of a shard; grows to twice this while the shard stays empty. */
  readonly pollIntervalMs: number;
  /** GetRecords calls a second, over all shards; undefined for no limit. */
  readonly maxRequestsPerSecond: number | undefined;
  /** How long one shard may go without a good answer before the read fails. */
  readonly maxWaitMs: number;
}

/** One second between polls, no limit on calls, ten minutes of patience. */
export const defaultPace: Pace = { pollIntervalMs: 1_000, maxRequestsPerSecond: undefined, maxWaitMs: 600_000 };

/** What a read needs. */
export interface ReadOptions {
  readonly gateway: StreamsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly stream: StreamRef;
  readonly start: ReadStart;
  /** False: stop at the end as it was at the start of the read. */
  readonly follow: boolean;
  /** With `follow`: stop at the end as it is at this instant, by the endpoint's clock. */
  readonly endAtMs?: number | undefined;
  /** Read only this shard, without its children. */
  readonly onlyShardId?: string | undefined;
  readonly pace?: Pace | undefined;
}

/** Why records are missing. */
export type GapReason =
  /** They grew older than 24 hours before they were read (FACTS A.2). */
  | 'trimmed'
  /** The whole shard is no longer listed. */
  | 'shard-gone';

/** What happens while a stream is read. Pages of one shard come in order, a child's after its parent's. */
export type ReadEvent =
  | {
      readonly type: 'page';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly records: readonly StreamRecord[];
    }
  | {
      readonly type: 'shard-opened';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly parentShardId: string | undefined;
      readonly position: ShardPosition;
    }
  | { readonly type: 'shard-ended'; readonly stream: StreamRef; readonly shardId: string }
  /** Every shard has been read up to its newest record once. */
  | { readonly type: 'caught-up'; readonly stream: StreamRef; readonly shards: number }
  | {
      readonly type: 'throttled';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly delayMs: number;
    }
  | {
      readonly type: 'retrying';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly reason: string;
      readonly delayMs: number;
    }
  /** An iterator was older than 15 minutes and was asked for anew; nothing is lost by it. */
  | { readonly type: 'iterator-renewed'; readonly stream: StreamRef; readonly shardId: string }
  /** Records that can no longer be read: after `fromSequenceNumber`/`fromMs`, before `toSequenceNumber`/`toMs`. */
  | {
      readonly type: 'gap';
      readonly stream: StreamRef;
      readonly shardId: string;
      readonly reason: GapReason;
      readonly fromSequenceNumber: string | undefined;
      readonly fromMs: number | undefined;
      readonly toSequenceNumber: string | undefined;
      readonly toMs: number | undefined;
    }
  /** No shard is left that could get a record. */
  | { readonly type: 'stream-ended'; readonly stream: StreamRef; readonly reason: 'disabled' | 'deleted' };

/** The counters of a read, kept up while it runs. */
export interface ReadStats {
  getRecordsCalls: number;
  emptyPages: number;
  bytes: number;
  /** How far each shard that is being read lies behind, in milliseconds; 0 when it has nothing more to give. */
  readonly lagMsByShard: Map<string, number>;
}
