import type { Table } from '../dynamodb/table.js';
import type { KmsKey } from '../kms/keys.js';
import type { RegionState, SandboxState } from '../state.js';
import { type GlobalTable, leaveGlobalTable, type Replica, setReplicaStatus } from './global-table.js';
import { deliverOverdue, dropPending } from './replicate.js';

/** A replica that cannot be reached for this long becomes a table of its own: FACTS D.4. */
const STANDALONE_AFTER_MS = 20 * 60 * 60 * 1000;

type Cause = 'REGION_DISABLED' | 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';

/** Disables a Region for the account: nobody can call it, and its replicas say so. */
export function disableRegion(state: SandboxState, region: RegionState): void {
  state.replication.disabledRegions.add(region.name);
  for (const { globalTable, replica } of replicasIn(region)) cutOff(state, globalTable, replica, 'REGION_DISABLED');
}

/** Enables a Region again; what was held back goes on its way. */
export function enableRegion(state: SandboxState, region: RegionState): void {
  state.replication.disabledRegions.delete(region.name);
  for (const { replica } of replicasIn(region)) comeBack(state, replica, 'REGION_DISABLED');
  deliverOverdue(state);
}

/** Disables a key; the tables that it encrypts show it after a while: FACTS D.4. */
export function disableKey(state: SandboxState, region: RegionState, key: KmsKey): void {
  key.isEnabled = false;
  noticeDisabledKey(state, region, key);
}

/** Lets the tables of a disabled key show it after a while; also those of a key that was loaded disabled. */
export function noticeDisabledKey(state: SandboxState, region: RegionState, key: KmsKey): void {
  state.timeline.after(state.replication.durations.keyCheckMs, () => {
    if (key.isEnabled) return;
    for (const table of region.tables.values()) {
      if (table.encryption?.keyArn !== key.arn || !canShowIt(table)) continue;
      table.status = 'INACCESSIBLE_ENCRYPTION_CREDENTIALS';
      const replica = table.globalTable?.replicas.get(region.name);
      if (table.globalTable !== undefined && replica !== undefined) {
        cutOff(state, table.globalTable, replica, 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
      }
    }
  });
}

function canShowIt({ status }: Table): boolean {
  return status === 'ACTIVE' || status === 'UPDATING';
}

/** Enables a key again, and with it the tables that it encrypts. */
export function enableKey(state: SandboxState, region: RegionState, key: KmsKey): void {
  key.isEnabled = true;
  for (const table of region.tables.values()) {
    if (table.encryption?.keyArn !== key.arn || table.status !== 'INACCESSIBLE_ENCRYPTION_CREDENTIALS') continue;
    table.status = 'ACTIVE';
    const replica = table.globalTable?.replicas.get(region.name);
    if (replica !== undefined) comeBack(state, replica, 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
  }
  deliverOverdue(state);
}

function cutOff(state: SandboxState, globalTable: GlobalTable, replica: Replica, cause: Cause): void {
  const sinceMs = state.timeline.nowMs();
  setReplicaStatus(replica, cause, sinceMs);
  // A strongly consistent replica is archived after seven days instead, which the sandbox does not play.
  if (globalTable.consistency === 'STRONG') return;
  standAloneLater(state, globalTable, replica, cause, sinceMs);
}

/** Lets the replicas become tables of their own in time that were out of reach when the global table was saved. */
export function resumeCutOffs(state: SandboxState, globalTable: GlobalTable): void {
  if (globalTable.consistency === 'STRONG') return;
  for (const replica of globalTable.replicas.values()) {
    const { status, statusSinceMs } = replica;
    if (status === 'REGION_DISABLED' || status === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS') {
      standAloneLater(state, globalTable, replica, status, statusSinceMs);
    }
  }
}

function standAloneLater(
  state: SandboxState,
  globalTable: GlobalTable,
  replica: Replica,
  cause: Cause,
  sinceMs: number,
): void {
  state.timeline.at(sinceMs + STANDALONE_AFTER_MS, () => {
    if (replica.status !== cause || replica.statusSinceMs !== sinceMs) return;
    leaveGlobalTable(globalTable, replica.table.region);
    dropPending(state, globalTable, replica.table.region);
  });
}

function comeBack(state: SandboxState, replica: Replica, cause: Cause): void {
  if (replica.status === cause) setReplicaStatus(replica, 'ACTIVE', state.timeline.nowMs());
}

function replicasIn(region: RegionState): readonly { readonly globalTable: GlobalTable; readonly replica: Replica }[] {
  return [...region.tables.values()].flatMap(({ globalTable }) => {
    const replica = globalTable?.replicas.get(region.name);
    return globalTable === undefined || replica === undefined ? [] : [{ globalTable, replica }];
  });
}
