import type { ReplicationControl } from './replication-control.js';
import type { Delivery } from '../mappings/delivery-log.js';
import type { RetryPace } from '../mappings/retry-pace.js';
import type { GeneratedEvent } from '../streams/generated-segment.js';
import type { ListedFunction } from './function-control.js';
import type { MappingsAtRest } from './mapping-control.js';

/** Which shard of which table a control call is about; the first Region and the first open shard by default. */
export interface ShardTarget {
  readonly region?: string;
  readonly table: string;
  readonly shardId?: string;
}

/** What the next calls of an operation answer instead of doing their work. */
export type InjectedError =
  | { readonly status: number; readonly type: string; readonly message: string }
  | 'throttle'
  | 'reset'
  | 'html';

/** What the sandbox holds at this moment. */
export interface SandboxStatus {
  readonly now: string;
  readonly account: string;
  /** How far the clock has been advanced. */
  readonly clockOffsetMs: number;
  readonly regions: readonly {
    readonly region: string;
    readonly tables: readonly { readonly table: string; readonly status: string; readonly items: number }[];
    readonly streams: readonly {
      readonly arn: string;
      readonly status: string;
      readonly openShards: number;
      readonly closedShards: number;
      readonly records: number;
    }[];
    readonly queues: readonly {
      readonly queue: string;
      readonly messages: number;
      readonly inFlight: number;
      readonly delayed: number;
      /** How many receives wait for a message. */
      readonly waitingReceives: number;
    }[];
  }[];
  readonly functions: readonly string[];
  /** Failures that are still to come, by operation. */
  readonly pendingFailures: Readonly<Record<string, number>>;
}

/** The tester's hands: everything that AWS does by itself or never on command. All throw an Error that says what is wrong. */
export interface SandboxControl extends ReplicationControl {
  status(): SandboxStatus;
  /** Moves the sandbox's time forward. */
  advanceClock(input: { readonly ms: number }): { readonly now: string };
  /** Closes an open shard and opens two children. */
  splitShard(input: ShardTarget): { readonly parent: string; readonly children: readonly string[] };
  /** Closes an open shard and opens one child. */
  rollShard(input: ShardTarget): { readonly parent: string; readonly children: readonly string[] };
  /** Forgets records of one shard or of all: up to a sequence number (included), older than an age, or all there are. */
  trim(input: ShardTarget & { readonly upTo?: string; readonly olderThanMs?: number; readonly all?: true }): {
    readonly trimmed: number;
  };
  /** Makes all iterators that were given so far expired. */
  expireIterators(input?: { readonly region?: string; readonly table?: string }): { readonly streams: number };
  /** Lets the next `count` calls of an operation fail; `*` is any operation. */
  failNext(input: { readonly operation: string; readonly count?: number; readonly error: InjectedError }): {
    readonly pending: number;
  };
  /** Lets only so many calls of an operation pass in a second (`DescribeStream`: AWS allows 10); `null` ends it. */
  throttle(input: { readonly operation: string; readonly perSecond: number | null }): Record<string, never>;
  /** Appends made-up records to the open shards of a stream; they are in no table, and take no memory. */
  seedRecords(input: {
    readonly region?: string;
    readonly table: string;
    readonly count: number;
    /** About how long the JSON text of one record is; 1200 by default. */
    readonly bytes?: number;
    /** What the records tell; `mixed` by default: each item is inserted, changed twice and removed. */
    readonly event?: GeneratedEvent;
    /** Over how long a time, ending now, they were written; 0 by default. */
    readonly spanMs?: number;
  }): { readonly records: number; readonly shards: number };
  /** Deletes expired items, as the TTL service does in its own time. */
  sweepTtl(input?: { readonly region?: string }): { readonly deleted: number };
  /** Registers a local module as a Lambda function, or replaces it. */
  addFunction(input: {
    readonly name: string;
    /** An absolute path. */
    readonly handlerPath: string;
    /** The name of the exported handler; `handler` by default. */
    readonly exportName?: string;
    /** 3,000 by default, as at AWS. */
    readonly timeoutMs?: number;
    /** Where it is; in every Region when left out. */
    readonly region?: string;
  }): { readonly name: string };
  /** The functions that there are, registered or created. */
  listFunctions(): { readonly functions: readonly ListedFunction[] };
  /** Removes a function; its event source mappings stay. */
  removeFunction(input: { readonly name: string; readonly region?: string }): { readonly removed: boolean };
  /** Checks signatures, or the caller's identity-based policies, from now on; what is left out stays as it is. */
  setAccess(input: {
    readonly verifySignatures?: boolean;
    /** Policy documents that together allow what they say; `null` lets everything through again. */
    readonly policies?: readonly unknown[] | null;
  }): { readonly verifySignatures: boolean; readonly policies: number | null };
  /** What event source mappings have done with which records; `clear` forgets it afterwards. */
  dumpDeliveries(input?: { readonly mapping?: string; readonly function?: string; readonly clear?: true }): {
    readonly deliveries: readonly Delivery[];
  };
  /**
   * Resolves when every event source mapping waits: for records, or for a time that has not come; `advanceMs` lets so
   * much time pass before, in steps from one such time to the next.
   */
  settleMappings(input?: { readonly advanceMs?: number }): Promise<MappingsAtRest>;
  /** How event source mappings pause between retries: the first pause, doubled each time up to the most. */
  setRetryPace(input: { readonly firstMs: number; readonly mostMs?: number }): RetryPace;
  /** Ends the sandbox; over HTTP the answer is sent first. */
  stop(): Record<string, never>;
}
