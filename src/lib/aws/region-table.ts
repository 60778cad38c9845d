import type {
  GlobalSecondaryIndexDescription,
  ReplicaDescription,
  ReplicaStatus,
  TableClass,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { StreamViewType } from './streams-gateway.js';

/** The states of a replica, in AWS's words (FACTS D.4). */
export type ReplicaState = ReplicaStatus;

/** One part of a table's key. */
export interface KeyPart {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** Provisioned capacity; undefined where a table or index is billed on demand. */
export interface ProvisionedCapacity {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** The throughput that DynamoDB is ready for at once. */
export interface WarmThroughput {
  readonly readUnitsPerSecond: number;
  readonly writeUnitsPerSecond: number;
}

/** A global secondary index of one Region's table. */
export interface TableIndex {
  readonly name: string;
  /** CREATING, UPDATING, DELETING or ACTIVE. */
  readonly status: string;
  readonly capacity: ProvisionedCapacity | undefined;
  readonly sizeBytes: number;
}

/** Another Region's replica, as one Region tells of it. Values that are inherited are absent (FACTS D.1). */
export interface OtherReplica {
  readonly region: string;
  readonly status: ReplicaState | undefined;
  readonly statusDescription: string | undefined;
  /** 0 to 100, while the replica is being made. */
  readonly percent: number | undefined;
  readonly kmsKey: string | undefined;
  readonly tableClass: TableClass | undefined;
  readonly readCapacityOverride: number | undefined;
  readonly inaccessibleSinceMs: number | undefined;
}

/** The Region that only holds the log of a strongly consistent table (FACTS D.6). */
export interface Witness {
  readonly region: string;
  readonly status: string;
}

/** The customer's key that a table is encrypted with; undefined means a key that AWS owns. */
export interface TableEncryption {
  readonly status: string | undefined;
  readonly kmsKeyArn: string | undefined;
  /** Since when DynamoDB cannot use the key. */
  readonly inaccessibleSinceMs: number | undefined;
}

/** All that DescribeTable tells of a table in one Region. */
export interface RegionTable {
  readonly tableName: string;
  readonly tableArn: string;
  readonly region: string;
  readonly status: string;
  /** For a replica: when it joined. */
  readonly createdAtMs: number | undefined;
  /** The partition key, then the sort key if there is one. */
  readonly key: readonly KeyPart[];
  /** Undefined: billed on demand. */
  readonly capacity: ProvisionedCapacity | undefined;
  /** The highest on-demand throughput that was set; undefined: none. */
  readonly maxOnDemand: { readonly readUnits: number | undefined; readonly writeUnits: number | undefined };
  readonly warmThroughput: WarmThroughput | undefined;
  readonly tableClass: TableClass;
  readonly encryption: TableEncryption | undefined;
  /** Undefined when the stream is off, whatever LatestStreamArn says (FACTS A.4). */
  readonly streamViewType: StreamViewType | undefined;
  readonly latestStreamArn: string | undefined;
  readonly isDeletionProtected: boolean;
  /** Counted by AWS every six hours or so. */
  readonly itemCount: number;
  readonly sizeBytes: number;
  readonly indexes: readonly TableIndex[];
  readonly localIndexNames: readonly string[];
  /** Never holds the Region that was asked (FACTS D.1). */
  readonly replicas: readonly OtherReplica[];
  readonly witnesses: readonly Witness[];
  readonly isStronglyConsistent: boolean;
  /** Undefined for a table of one Region; `2017.11.29` for a legacy one. */
  readonly globalTableVersion: string | undefined;
  readonly settingsReplication: string | undefined;
}

/** Reads the SDK's description of a table. */
export function toRegionTable(table: TableDescription | undefined, tableName: string, region: string): RegionTable {
  const isOnDemand = table?.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const stream = table?.StreamSpecification;
  return {
    tableName: table?.TableName ?? tableName,
    tableArn: table?.TableArn ?? '',
    region,
    status: table?.TableStatus ?? 'UNKNOWN',
    createdAtMs: table?.CreationDateTime?.getTime(),
    key: keyOf(table),
    capacity: isOnDemand ? undefined : toCapacity(table?.ProvisionedThroughput),
    maxOnDemand: {
      readUnits: limitOf(table?.OnDemandThroughput?.MaxReadRequestUnits),
      writeUnits: limitOf(table?.OnDemandThroughput?.MaxWriteRequestUnits),
    },
    warmThroughput:
      table?.WarmThroughput === undefined
        ? undefined
        : {
            readUnitsPerSecond: table.WarmThroughput.ReadUnitsPerSecond ?? 0,
            writeUnitsPerSecond: table.WarmThroughput.WriteUnitsPerSecond ?? 0,
          },
    tableClass: table?.TableClassSummary?.TableClass ?? 'STANDARD',
    encryption: encryptionOf(table),
    streamViewType: stream?.StreamEnabled === true ? stream.StreamViewType : undefined,
    latestStreamArn: table?.LatestStreamArn,
    isDeletionProtected: table?.DeletionProtectionEnabled ?? false,
    itemCount: table?.ItemCount ?? 0,
    sizeBytes: table?.TableSizeBytes ?? 0,
    indexes: (table?.GlobalSecondaryIndexes ?? []).map(index => toIndex(index, isOnDemand)),
    localIndexNames: (table?.LocalSecondaryIndexes ?? []).map(index => index.IndexName ?? ''),
    replicas: (table?.Replicas ?? []).map(toReplica).sort(byRegion),
    witnesses: (table?.GlobalTableWitnesses ?? []).map(witness => ({
      region: witness.RegionName ?? '',
      status: witness.WitnessStatus ?? 'UNKNOWN',
    })),
    isStronglyConsistent: table?.MultiRegionConsistency === 'STRONG',
    globalTableVersion: table?.GlobalTableVersion,
    settingsReplication: table?.GlobalTableSettingsReplicationMode,
  };
}

function keyOf(table: TableDescription | undefined): readonly KeyPart[] {
  const types = new Map(table?.AttributeDefinitions?.map(each => [each.AttributeName, each.AttributeType]));
  return (['HASH', 'RANGE'] as const).flatMap(kind => {
    const name = table?.KeySchema?.find(part => part.KeyType === kind)?.AttributeName;
    return name === undefined ? [] : [{ name, type: types.get(name) ?? 'S' }];
  });
}

interface Throughput {
  readonly ReadCapacityUnits?: number | undefined;
  readonly WriteCapacityUnits?: number | undefined;
}

function toCapacity(throughput: Throughput | undefined): ProvisionedCapacity {
  return { readUnits: throughput?.ReadCapacityUnits ?? 0, writeUnits: throughput?.WriteCapacityUnits ?? 0 };
}

/** AWS writes "no limit" as -1. */
function limitOf(units: number | undefined): number | undefined {
  return units === undefined || units < 0 ? undefined : units;
}

function encryptionOf(table: TableDescription | undefined): TableEncryption | undefined {
  const sse = table?.SSEDescription;
  if (sse === undefined || sse.Status === 'DISABLED') return undefined;
  return {
    status: sse.Status,
    kmsKeyArn: sse.KMSMasterKeyArn,
    inaccessibleSinceMs: sse.InaccessibleEncryptionDateTime?.getTime(),
  };
}

function toIndex(index: GlobalSecondaryIndexDescription, isOnDemand: boolean): TableIndex {
  return {
    name: index.IndexName ?? '',
    status: index.IndexStatus ?? 'UNKNOWN',
    capacity: isOnDemand ? undefined : toCapacity(index.ProvisionedThroughput),
    sizeBytes: index.IndexSizeBytes ?? 0,
  };
}

function toReplica(replica: ReplicaDescription): OtherReplica {
  const percent = Number.parseFloat(replica.ReplicaStatusPercentProgress ?? '');
  return {
    region: replica.RegionName ?? '',
    status: replica.ReplicaStatus,
    statusDescription: replica.ReplicaStatusDescription,
    percent: Number.isFinite(percent) ? percent : undefined,
    kmsKey: replica.KMSMasterKeyId,
    tableClass: replica.ReplicaTableClassSummary?.TableClass,
    readCapacityOverride: replica.ProvisionedThroughputOverride?.ReadCapacityUnits,
    inaccessibleSinceMs: replica.ReplicaInaccessibleDateTime?.getTime(),
  };
}

/** AWS lists replicas in an order that differs from Region to Region (FACTS D.1). */
function byRegion(a: OtherReplica, b: OtherReplica): number {
  return a.region < b.region ? -1 : 1;
}
