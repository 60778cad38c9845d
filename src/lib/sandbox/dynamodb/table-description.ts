import { indexKeyOf, projectToIndex } from './index-items.js';
import { itemSizeBytes } from './item-size.js';
import { describeKeys } from './key.js';
import { describeGlobalTable } from '../replication/describe-global-table.js';
import { overridesOf } from '../replication/global-table.js';
import type { SandboxState } from '../state.js';
import type { Billing, Index, OnDemandLimits, Table, WarmThroughput } from './table.js';

/** A table as DescribeTable shows it: what a regional table does not have is absent, not empty (FACTS A.4, D.1). */
export function describeTable(table: Table, state: SandboxState): Readonly<Record<string, unknown>> {
  const overrides = overridesOf(table);
  const tableClass = overrides.tableClass ?? table.tableClass;
  return {
    AttributeDefinitions: [...table.keyTypes].map(([name, type]) => ({ AttributeName: name, AttributeType: type })),
    TableName: table.name,
    KeySchema: describeKeys(table.keys),
    TableStatus: table.status,
    CreationDateTime: table.createdAtMs / 1000,
    ProvisionedThroughput: describeThroughput(table.billing, overrides.readUnits),
    TableSizeBytes: table.items.sizeBytes,
    ItemCount: table.items.count,
    TableArn: table.arn,
    TableId: table.id,
    BillingModeSummary: describeBilling(table),
    LocalSecondaryIndexes: describeIndexes(table, 'local'),
    GlobalSecondaryIndexes: describeIndexes(table, 'global'),
    StreamSpecification:
      table.stream === undefined ? undefined : { StreamEnabled: true, StreamViewType: table.stream.identity.viewType },
    LatestStreamLabel: table.latestStream?.label,
    LatestStreamArn: table.latestStream?.arn,
    TableClassSummary: tableClass === undefined ? undefined : { TableClass: tableClass },
    SSEDescription: describeEncryption(table),
    OnDemandThroughput: describeLimits(table.onDemandLimits, overrides.maxReadUnits),
    WarmThroughput: describeWarm(table.warmThroughput, table.status === 'CREATING' ? 'UPDATING' : 'ACTIVE'),
    DeletionProtectionEnabled: table.isDeletionProtected,
    ...describeGlobalTable(table, state),
  };
}

function describeBilling({ billing, createdAtMs }: Table): unknown {
  if (billing.mode === 'PROVISIONED') return undefined;
  return { BillingMode: billing.mode, LastUpdateToPayPerRequestDateTime: createdAtMs / 1000 };
}

function describeEncryption({ encryption }: Table): unknown {
  if (encryption === undefined) return undefined;
  return { Status: encryption.status, SSEType: 'KMS', KMSMasterKeyArn: encryption.keyArn };
}

function describeLimits({ maxReadUnits, maxWriteUnits }: OnDemandLimits, overriddenReadUnits?: number): unknown {
  const reads = overriddenReadUnits ?? maxReadUnits;
  if (reads === undefined && maxWriteUnits === undefined) return undefined;
  return { MaxReadRequestUnits: reads ?? -1, MaxWriteRequestUnits: maxWriteUnits ?? -1 };
}

function describeWarm({ readUnits, writeUnits }: WarmThroughput, status: string): unknown {
  return { ReadUnitsPerSecond: readUnits, WriteUnitsPerSecond: writeUnits, Status: status };
}

function describeThroughput(billing: Billing, overriddenReadUnits?: number): unknown {
  const isProvisioned = billing.mode === 'PROVISIONED';
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: isProvisioned ? (overriddenReadUnits ?? billing.readUnits) : 0,
    WriteCapacityUnits: isProvisioned ? billing.writeUnits : 0,
  };
}

function describeIndexes(table: Table, kind: Index['kind']): unknown {
  const indexes = table.indexes.filter(index => index.kind === kind);
  return indexes.length === 0 ? undefined : indexes.map(index => describeIndex(table, index));
}

function describeIndex(table: Table, index: Index): unknown {
  const { projection } = index;
  const held = [...table.items.scan()]
    .filter(({ item }) => indexKeyOf(item, index) !== undefined)
    .map(({ item }) => itemSizeBytes(projectToIndex(item, table, index)));
  const common = {
    IndexName: index.name,
    KeySchema: describeKeys(index.keys),
    Projection: {
      ProjectionType: projection.type,
      NonKeyAttributes: projection.type === 'INCLUDE' ? projection.attributes : undefined,
    },
    IndexSizeBytes: held.reduce((total, bytes) => total + bytes, 0),
    ItemCount: held.length,
    IndexArn: `${table.arn}/index/${index.name}`,
  };
  if (index.kind === 'local') return common;
  const overrides = overridesOf(table).indexes[index.name] ?? {};
  return {
    ...common,
    IndexStatus: index.status,
    Backfilling: index.status === 'CREATING' ? index.isBackfilling : undefined,
    ProvisionedThroughput: describeThroughput(index.billing, overrides.readUnits),
    OnDemandThroughput: describeLimits(index.onDemandLimits, overrides.maxReadUnits),
    WarmThroughput: describeWarm(index.warmThroughput, 'ACTIVE'),
  };
}
