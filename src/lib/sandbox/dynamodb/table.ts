import type { GlobalTable } from '../replication/global-table.js';
import type { StreamViewType } from '../streams/record-json.js';
import type { TableStream } from '../streams/table-stream.js';
import type { ItemStore } from './item-store.js';
import type { KeyNames, KeyTypes } from './key.js';

/** The states of a table that the sandbox knows. */
export type TableStatus = 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE' | 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';

/** How a table's capacity is paid. */
export type Billing =
  | { readonly mode: 'PAY_PER_REQUEST' }
  | { readonly mode: 'PROVISIONED'; readonly readUnits: number; readonly writeUnits: number };

/** The most that an on-demand table may use in a second; without a number there is no limit. */
export interface OnDemandLimits {
  readonly maxReadUnits: number | undefined;
  readonly maxWriteUnits: number | undefined;
}

/** What a table or an index can serve at once without growing first. */
export interface WarmThroughput {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** A table's KMS key; a table without one is encrypted with a key that DynamoDB owns. */
export interface Encryption {
  readonly keyArn: string;
  readonly isCustomerManaged: boolean;
  status: 'UPDATING' | 'ENABLED';
}

/** Point-in-time recovery, when it is on. */
export interface PointInTimeRecovery {
  readonly periodDays: number;
  readonly enabledAtMs: number;
}

/** Contributor Insights of a table or of one of its indexes. */
export interface ContributorInsights {
  status: 'ENABLING' | 'ENABLED' | 'DISABLING' | 'DISABLED';
  readonly mode: 'ACCESSED_AND_THROTTLED_KEYS' | 'THROTTLED_KEYS';
  readonly changedAtMs: number;
}

/** What storage costs against what requests cost. */
export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

/** Which attributes an index holds. */
export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  readonly attributes: readonly string[];
}

/** A secondary index, global or local. */
export interface Index {
  readonly kind: 'global' | 'local';
  readonly name: string;
  readonly keys: KeyNames;
  readonly projection: Projection;
  billing: Billing;
  onDemandLimits: OnDemandLimits;
  warmThroughput: WarmThroughput;
  status: 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';
  /** Whether the items that were there before it are being taken in. */
  isBackfilling: boolean;
}

/** What UpdateTimeToLive has set. */
export interface TimeToLive {
  readonly attribute: string;
  status: 'ENABLING' | 'ENABLED' | 'DISABLING';
}

/** The stream a table has, or had last: FACTS A.4. */
export interface LatestStream {
  readonly arn: string;
  readonly label: string;
}

/** One table in one Region. */
export interface Table {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAtMs: number;
  readonly keys: KeyNames;
  readonly items: ItemStore;
  keyTypes: KeyTypes;
  status: TableStatus;
  billing: Billing;
  indexes: readonly Index[];
  isDeletionProtected: boolean;
  tableClass: TableClass | undefined;
  encryption: Encryption | undefined;
  onDemandLimits: OnDemandLimits;
  warmThroughput: WarmThroughput;
  pointInTimeRecovery: PointInTimeRecovery | undefined;
  /** By the name of an index; the table's own under the empty name. */
  readonly contributorInsights: Map<string, ContributorInsights>;
  timeToLive: TimeToLive | undefined;
  /** The enabled stream. */
  stream: TableStream | undefined;
  /** Stays when the stream is disabled. */
  latestStream: LatestStream | undefined;
  /** The global table that this table is a replica of. */
  globalTable: GlobalTable | undefined;
}

/** A change of a table's stream. */
export type StreamChange = { readonly enable: true; readonly viewType: StreamViewType } | { readonly enable: false };
