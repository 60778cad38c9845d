import { type Exact, sumOf } from '../model/exact.js';

/** What one Region is asked to do in a month. */
export interface RegionLoad {
  readonly region: string;
  /** Items written by callers in this Region; what is replicated to it is not among them. */
  readonly writes: Exact;
  /** Items read. */
  readonly reads: Exact;
  /** Write units of what was replicated to it, where CloudWatch counted them; undefined: it follows from all writes. */
  readonly replicated?: Exact | undefined;
}

/** A global secondary index. */
export interface IndexLoad {
  readonly name: string;
  /** Of all writes, the share that touches the index. */
  readonly share: Exact;
  /** What is written to it each time; undefined: the whole item. */
  readonly itemBytes: number | undefined;
}

/** How capacity is paid for. */
export type CapacityMode =
  | { readonly mode: 'on-demand' }
  | {
      readonly mode: 'provisioned';
      /** Average use over what is provisioned, above 0 and up to 1: what is provisioned follows from it. */
      readonly utilization: Exact;
      /** What is provisioned, where that is known, by the ids of usage: `eu-west-1/writes`, `eu-west-1/reads`. */
      readonly units?: ReadonlyMap<string, Exact>;
    };

/** A Lambda trigger on the stream. */
export interface TriggerLoad {
  readonly batchSize: number;
  /** Undefined: only requests are priced. */
  readonly duration: { readonly ms: number; readonly memoryMb: number } | undefined;
  readonly architecture: 'x86' | 'arm64';
  /** Of all records, the share that the filter lets through. */
  readonly passShare: Exact;
  /** Of all batches, the share that ends in the failure queue. */
  readonly failedShare: Exact;
}

/** Whoever reads the stream with GetRecords of its own. */
export interface StreamReaders {
  readonly count: number;
  readonly pollIntervalMs: number;
  readonly shards: number;
}

/** A table and what is done with it in a month, in plain quantities. */
export interface Workload {
  readonly name: string;
  /** The first one is home: TTL, streams, triggers and backups are there. More than one make a global table. */
  readonly regions: readonly RegionLoad[];
  readonly consistency: 'eventual' | 'strong';
  readonly witness: string | undefined;
  readonly capacity: CapacityMode;
  readonly tableClass: 'standard' | 'standard-ia';
  readonly itemBytes: number;
  readonly readConsistency: 'eventual' | 'strong';
  /** Of all writes, the share that is transactional. */
  readonly transactionalShare: Exact;
  readonly ttlDeletes: Exact;
  readonly indexes: readonly IndexLoad[];
  /** In each Region, indexes included. */
  readonly storageGb: Exact;
  /** Where point-in-time recovery is on. */
  readonly pitr: 'nowhere' | 'everywhere' | readonly string[];
  /** Full on-demand backups that are kept at any one time. */
  readonly backupsKept: Exact;
  readonly streamReaders: StreamReaders | undefined;
  /** GetRecords calls by Region that CloudWatch counted, the free ones of Lambda and of replication among them. */
  readonly streamCalls?: ReadonlyMap<string, Exact> | undefined;
  readonly trigger: TriggerLoad | undefined;
  /** Regions that are being added to a table with data: the restore is charged once. */
  readonly addedRegions: readonly string[];
  /** Quantities are metered units of CloudWatch, not items: sizes cannot be changed any more. */
  readonly measured: boolean;
}

/** The Region where TTL, streams and backups are. */
export function homeOf({ regions }: Workload): string {
  return regions[0]?.region ?? '';
}

/** Items written by callers in all Regions together. */
export function allWrites({ regions }: Workload): Exact {
  return sumOf(regions.map(each => each.writes));
}
