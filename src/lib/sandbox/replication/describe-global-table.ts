import type { Table } from '../dynamodb/table.js';
import type { SandboxState } from '../state.js';
import type { ReadOverride, Replica, ReplicaStatus } from './global-table.js';
import type { ReplicaDurations } from './settings.js';

/** What DescribeTable says of a global table in one Region; the list never has that Region itself (FACTS D.1). */
export function describeGlobalTable(
  { globalTable, region }: Table,
  { clock, replication: { durations } }: SandboxState,
): Readonly<Record<string, unknown>> {
  if (globalTable === undefined) return {};
  const { replicas, witness, consistency } = globalTable;
  return {
    GlobalTableVersion: '2019.11.21',
    GlobalTableSettingsReplicationMode: 'ENABLED_WITH_OVERRIDES',
    Replicas: [...replicas]
      .filter(([name]) => name !== region)
      .map(([name, replica]) => describeReplica(name, replica, clock.now(), durations)),
    GlobalTableWitnesses:
      witness === undefined ? undefined : [{ RegionName: witness.region, WitnessStatus: witness.status }],
    MultiRegionConsistency: consistency === 'STRONG' ? consistency : undefined,
  };
}

function describeReplica(name: string, replica: Replica, nowMs: number, durations: ReplicaDurations): unknown {
  const { table, status, overrides } = replica;
  const indexes = table.indexes.filter(index => index.kind === 'global');
  return {
    RegionName: name,
    ReplicaStatus: status,
    ReplicaStatusDescription: status === 'CREATION_FAILED' ? 'The replica could not be created.' : undefined,
    ReplicaStatusPercentProgress: percentOf(replica, nowMs, durations),
    ReplicaInaccessibleDateTime: isInaccessible(status) ? replica.statusSinceMs / 1000 : undefined,
    KMSMasterKeyId: table.encryption?.keyArn,
    ...describeReadOverride(overrides),
    WarmThroughput: { ...describeWarm(table), Status: 'ACTIVE' },
    GlobalSecondaryIndexes:
      indexes.length === 0
        ? undefined
        : indexes.map(index => ({
            IndexName: index.name,
            ...describeReadOverride(overrides.indexes[index.name] ?? {}),
          })),
    ReplicaTableClassSummary: overrides.tableClass === undefined ? undefined : { TableClass: overrides.tableClass },
    GlobalTableSettingsReplicationMode: 'ENABLED_WITH_OVERRIDES',
  };
}

function describeReadOverride({ readUnits, maxReadUnits }: ReadOverride): Readonly<Record<string, unknown>> {
  return {
    ProvisionedThroughputOverride: readUnits === undefined ? undefined : { ReadCapacityUnits: readUnits },
    OnDemandThroughputOverride: maxReadUnits === undefined ? undefined : { MaxReadRequestUnits: maxReadUnits },
  };
}

function describeWarm({ warmThroughput }: Table): Readonly<Record<string, number>> {
  return { ReadUnitsPerSecond: warmThroughput.readUnits, WriteUnitsPerSecond: warmThroughput.writeUnits };
}

function isInaccessible(status: ReplicaStatus): boolean {
  return status === 'REGION_DISABLED' || status === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
}

/** How far a change of a replica is, in percent of the time that it takes; 100 is never shown, the status says it. */
function percentOf({ status, statusSinceMs }: Replica, nowMs: number, durations: ReplicaDurations): string | undefined {
  const durationMs = durationOf(status, durations);
  if (durationMs === undefined) return undefined;
  const part = durationMs <= 0 ? 0 : (nowMs - statusSinceMs) / durationMs;
  return String(Math.min(99, Math.floor(part * 100)));
}

function durationOf(status: ReplicaStatus, durations: ReplicaDurations): number | undefined {
  switch (status) {
    case 'CREATING':
      return durations.createMs;
    case 'UPDATING':
      return durations.updateMs;
    case 'DELETING':
      return durations.deleteMs;
    case 'ACTIVE':
    case 'CREATION_FAILED':
    case 'REGION_DISABLED':
    case 'INACCESSIBLE_ENCRYPTION_CREDENTIALS':
      return undefined;
  }
}
