import { indexKeyOf, projectToIndex } from './index-items.js';
import { itemSizeBytes } from './item-size.js';
import { describeKeys } from './key.js';
import type { Billing, Index, Table } from './table.js';

/** A table as DescribeTable shows it: what a regional table does not have is absent, not empty (FACTS A.4, D.1). */
export function describeTable(table: Table): Readonly<Record<string, unknown>> {
  return {
    AttributeDefinitions: [...table.keyTypes].map(([name, type]) => ({ AttributeName: name, AttributeType: type })),
    TableName: table.name,
    KeySchema: describeKeys(table.keys),
    TableStatus: table.status,
    CreationDateTime: table.createdAtMs / 1000,
    ProvisionedThroughput: describeThroughput(table.billing),
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
    TableClassSummary: table.tableClass === undefined ? undefined : { TableClass: table.tableClass },
    DeletionProtectionEnabled: table.isDeletionProtected,
    ...table.globalTable?.describeFrom(table.region),
  };
}

function describeBilling({ billing, createdAtMs }: Table): unknown {
  if (billing.mode === 'PROVISIONED') return undefined;
  return { BillingMode: billing.mode, LastUpdateToPayPerRequestDateTime: createdAtMs / 1000 };
}

function describeThroughput(billing: Billing): unknown {
  const isProvisioned = billing.mode === 'PROVISIONED';
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: isProvisioned ? billing.readUnits : 0,
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
  return { ...common, IndexStatus: index.status, ProvisionedThroughput: describeThroughput(index.billing) };
}
