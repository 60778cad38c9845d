import type { GlobalTable } from '../replication/global-table.js';
import type { StreamViewType } from '../streams/record-json.js';
import type { TableStream } from '../streams/table-stream.js';
import type { ItemStore } from './item-store.js';
import type { KeyNames, KeyTypes } from './key.js';

/** The states of a table that the sandbox knows. */
export type TableStatus = 'CREATING' | 'UPDATING' | 'DELETING' | 'ACTIVE';

/** How a table's capacity is paid. */
export type Billing =
  | { readonly mode: 'PAY_PER_REQUEST' }
  | { readonly mode: 'PROVISIONED'; readonly readUnits: number; readonly writeUnits: number };

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
  readonly billing: Billing;
  status: TableStatus;
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
  tableClass: string | undefined;
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
