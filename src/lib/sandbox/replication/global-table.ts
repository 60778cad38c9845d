import type { AttributeMap } from '../../model/attribute-value.js';
import type { Table, TableClass } from '../dynamodb/table.js';

/** The states of a replica that the sandbox knows: FACTS D.4. */
export type ReplicaStatus =
  | 'CREATING'
  | 'CREATION_FAILED'
  | 'UPDATING'
  | 'DELETING'
  | 'ACTIVE'
  | 'REGION_DISABLED'
  | 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';

/** Reading, as one replica may have it differently from the others: FACTS D.5. */
export interface ReadOverride {
  readonly readUnits?: number;
  readonly maxReadUnits?: number;
}

/** What one replica has differently from the others; what it inherits is absent. */
export interface ReplicaOverrides extends ReadOverride {
  readonly tableClass?: TableClass;
  /** By the name of an index. */
  readonly indexes: Readonly<Record<string, ReadOverride>>;
}

/** One Region's part of a global table. */
export interface Replica {
  readonly table: Table;
  status: ReplicaStatus;
  /** Since when it has its status. */
  statusSinceMs: number;
  /** The Region from which it was filled; `undefined` for the first. */
  readonly sourceRegion: string | undefined;
  readonly createdAtMs: number;
  overrides: ReplicaOverrides;
  /** When each item was last written, anywhere; deleted items too, so that an older write does not bring them back. */
  readonly versions: Map<string, number>;
}

/** The third Region of a strongly consistent global table that holds no table of its own: FACTS D.6. */
export interface Witness {
  readonly region: string;
  status: 'CREATING' | 'ACTIVE' | 'DELETING';
  statusSinceMs: number;
}

/** What a Create asks for, beside the Region. */
export interface ReplicaCreation {
  readonly region: string;
  readonly keyArn: string | undefined;
  readonly overrides: ReplicaOverrides;
}

/** A change of the members that is going on; there is one at a time (FACTS D.2). */
export interface ReplicaOperation {
  readonly kind: 'create' | 'update' | 'delete';
  /** The Region in which it was asked for. */
  readonly region: string;
  /** The replicas that it is about. */
  readonly targets: readonly string[];
  readonly creations: readonly ReplicaCreation[];
  readonly witness: string | undefined;
  readonly startedAtMs: number;
  /** How many of its steps are done. */
  stepsDone: number;
}

/** A write on its way from one Region to another. */
export interface PendingWrite {
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly keyText: string;
  readonly key: AttributeMap;
  readonly newItem: AttributeMap | undefined;
  readonly writtenAtMs: number;
  readonly dueMs: number;
}

/** The replicas of one table name. It is plain data: what happens to it later follows from what it holds. */
export interface GlobalTable {
  readonly name: string;
  readonly consistency: 'EVENTUAL' | 'STRONG';
  /** By Region, in the order in which they were added. */
  readonly replicas: Map<string, Replica>;
  witness: Witness | undefined;
  operation: ReplicaOperation | undefined;
  /** How many writes there were: their order decides which of two wins. */
  writes: number;
  readonly pending: Set<PendingWrite>;
}

/** No differences. */
const NO_OVERRIDES: ReplicaOverrides = { indexes: {} };

/** A Region that was the source of a new replica cannot be deleted for this long: FACTS D.4. */
const SOURCE_LOCK_MS = 24 * 60 * 60 * 1000;

/** Makes a global table of a regional one. */
export function createGlobalTable(first: Table, consistency: GlobalTable['consistency'], nowMs: number): GlobalTable {
  const globalTable: GlobalTable = {
    name: first.name,
    consistency,
    replicas: new Map(),
    witness: undefined,
    operation: undefined,
    writes: 0,
    pending: new Set(),
  };
  joinGlobalTable(globalTable, first, { status: 'ACTIVE', sourceRegion: undefined, overrides: NO_OVERRIDES }, nowMs);
  return globalTable;
}

/** Takes a table in; its items count as older than all that is written from now on. */
export function joinGlobalTable(
  globalTable: GlobalTable,
  table: Table,
  as: Pick<Replica, 'status' | 'sourceRegion' | 'overrides'>,
  nowMs: number,
): Replica {
  const replica = { ...as, table, statusSinceMs: nowMs, createdAtMs: nowMs, versions: new Map<string, number>() };
  globalTable.replicas.set(table.region, replica);
  table.globalTable = globalTable;
  return replica;
}

/** Takes a Region off the list, and its table out of the global table. */
export function leaveGlobalTable(globalTable: GlobalTable, region: string): void {
  const gone = globalTable.replicas.get(region);
  if (gone !== undefined) gone.table.globalTable = undefined;
  globalTable.replicas.delete(region);
  dissolveIfAlone(globalTable);
}

/** Makes the one table that is left of a global table a regional one again: FACTS D.1. */
export function dissolveIfAlone(globalTable: GlobalTable): void {
  if (globalTable.replicas.size > 1 || globalTable.witness !== undefined) return;
  for (const { table } of globalTable.replicas.values()) table.globalTable = undefined;
}

/** Gives a replica a status, from now on. */
export function setReplicaStatus(replica: Replica, status: ReplicaStatus, nowMs: number): void {
  replica.status = status;
  replica.statusSinceMs = nowMs;
}

/** The Region that has been in it the longest. */
export function firstRegion(globalTable: GlobalTable): string | undefined {
  return globalTable.replicas.keys().next().value;
}

/** Whether a Region has filled another one in the last 24 hours that is still there. */
export function isSourceLocked(globalTable: GlobalTable, region: string, nowMs: number): boolean {
  return [...globalTable.replicas.values()].some(
    replica => replica.sourceRegion === region && replica.createdAtMs > nowMs - SOURCE_LOCK_MS,
  );
}

/** What a table's replica has differently from the others; a regional table has nothing. */
export function overridesOf(table: Table): ReplicaOverrides {
  return table.globalTable?.replicas.get(table.region)?.overrides ?? NO_OVERRIDES;
}
