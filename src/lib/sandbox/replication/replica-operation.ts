import { removeTable } from '../dynamodb/remove-table.js';
import type { Table } from '../dynamodb/table.js';
import { disableStream } from '../dynamodb/table-streams.js';
import { findKey } from '../kms/keys.js';
import type { SandboxState } from '../state.js';
import {
  dissolveIfAlone,
  type GlobalTable,
  leaveGlobalTable,
  type ReplicaOperation,
  setReplicaStatus,
} from './global-table.js';
import { addReplicaTable } from './replica-table.js';

interface Step {
  /** From the beginning of the operation. */
  readonly afterMs: number;
  readonly run: () => void;
}

/** Begins a change of replicas: what it does at once is done, the rest follows by the sandbox's clock (FACTS D.2). */
export function startOperation(
  state: SandboxState,
  globalTable: GlobalTable,
  wanted: Omit<ReplicaOperation, 'startedAtMs' | 'stepsDone'>,
): void {
  const operation = { ...wanted, startedAtMs: state.timeline.nowMs(), stepsDone: 0 };
  globalTable.operation = operation;
  begin(state, globalTable, operation);
  scheduleNext(state, globalTable, operation);
}

/** Lets a change of replicas go on that was loaded while it went on. */
export function resumeOperation(state: SandboxState, globalTable: GlobalTable): void {
  if (globalTable.operation !== undefined) scheduleNext(state, globalTable, globalTable.operation);
}

function begin(
  state: SandboxState,
  globalTable: GlobalTable,
  { kind, region, targets, witness }: ReplicaOperation,
): void {
  const asked = globalTable.replicas.get(region)?.table;
  if (asked !== undefined) asked.status = 'UPDATING';
  if (kind === 'create') return;
  for (const target of targets) {
    const replica = globalTable.replicas.get(target);
    if (replica === undefined) continue;
    setReplicaStatus(replica, kind === 'update' ? 'UPDATING' : 'DELETING', state.timeline.nowMs());
    replica.table.status = kind === 'update' ? 'UPDATING' : 'DELETING';
    if (kind === 'delete') disableStream(state, replica.table);
  }
  if (kind === 'delete' && witness !== undefined) setWitness(state, globalTable, witness, 'DELETING');
}

function scheduleNext(state: SandboxState, globalTable: GlobalTable, operation: ReplicaOperation): void {
  const steps = stepsOf(state, globalTable, operation);
  const step = steps[operation.stepsDone];
  if (step === undefined) {
    globalTable.operation = undefined;
    return;
  }
  state.timeline.at(operation.startedAtMs + step.afterMs, () => {
    if (globalTable.operation !== operation) return;
    operation.stepsDone += 1;
    step.run();
    scheduleNext(state, globalTable, operation);
  });
}

function stepsOf(state: SandboxState, globalTable: GlobalTable, operation: ReplicaOperation): readonly Step[] {
  const { appearMs, createMs, updateMs, sourceMs, deleteMs } = state.replication.durations;
  switch (operation.kind) {
    case 'create':
      return [
        { afterMs: appearMs, run: () => appear(state, globalTable, operation) },
        { afterMs: appearMs + createMs, run: () => complete(state, globalTable, operation) },
      ];
    case 'update':
      return [{ afterMs: updateMs, run: () => finishUpdate(state, globalTable, operation) }];
    case 'delete':
      return [
        { afterMs: sourceMs, run: () => becomeActive(globalTable, operation.region) },
        { afterMs: deleteMs, run: () => finishDelete(state, globalTable, operation) },
      ];
  }
}

/** The entries appear, and the table that was asked is ACTIVE again although its replicas are not: FACTS D.2. */
function appear(state: SandboxState, globalTable: GlobalTable, operation: ReplicaOperation): void {
  becomeActive(globalTable, operation.region);
  const source = globalTable.replicas.get(operation.region)?.table;
  for (const creation of operation.creations) {
    const vanishes = takeFate(state, globalTable, creation.region, 'vanish') || !hasUsableKey(state, creation);
    if (!vanishes && source !== undefined) addReplicaTable(state, globalTable, source, creation);
  }
  if (operation.witness !== undefined) setWitness(state, globalTable, operation.witness, 'CREATING');
  dissolveIfAlone(globalTable);
}

function complete(state: SandboxState, globalTable: GlobalTable, operation: ReplicaOperation): void {
  for (const creation of operation.creations) {
    const replica = globalTable.replicas.get(creation.region);
    if (replica === undefined) continue;
    if (!hasUsableKey(state, creation)) {
      forget(state, replica.table);
      leaveGlobalTable(globalTable, creation.region);
    } else if (takeFate(state, globalTable, creation.region, 'fail')) {
      forget(state, replica.table);
      setReplicaStatus(replica, 'CREATION_FAILED', state.timeline.nowMs());
    } else {
      setReplicaStatus(replica, 'ACTIVE', state.timeline.nowMs());
      replica.table.status = 'ACTIVE';
    }
  }
  if (operation.witness !== undefined) setWitness(state, globalTable, operation.witness, 'ACTIVE');
}

function finishUpdate(state: SandboxState, globalTable: GlobalTable, { region, targets }: ReplicaOperation): void {
  becomeActive(globalTable, region);
  for (const target of targets) {
    becomeActive(globalTable, target);
    const replica = globalTable.replicas.get(target);
    if (replica?.status === 'UPDATING') setReplicaStatus(replica, 'ACTIVE', state.timeline.nowMs());
  }
}

/** The entries go; the Regions know their tables a little longer, and until then nothing can be made there (FACTS D.2). */
function finishDelete(state: SandboxState, globalTable: GlobalTable, { targets, witness }: ReplicaOperation): void {
  if (witness !== undefined) globalTable.witness = undefined;
  for (const target of targets) {
    const replica = globalTable.replicas.get(target);
    leaveGlobalTable(globalTable, target);
    const region = state.regions.get(target);
    if (replica === undefined || region?.tables.get(globalTable.name) !== replica.table) continue;
    removeTable(state, region, replica.table, state.replication.durations.forgetMs);
  }
}

function becomeActive(globalTable: GlobalTable, region: string): void {
  const table = globalTable.replicas.get(region)?.table;
  if (table?.status === 'UPDATING') table.status = 'ACTIVE';
}

/** Takes the table of a replica that did not come about away at once. */
function forget(state: SandboxState, table: Table): void {
  const region = state.regions.get(table.region);
  if (region === undefined) return;
  removeTable(state, region, table, 0);
}

/** A key that was disabled after the Create was accepted lets it vanish without a word: FACTS D.2. */
function hasUsableKey(state: SandboxState, { region: name, keyArn }: { region: string; keyArn: string | undefined }) {
  const region = state.regions.get(name);
  return keyArn === undefined || (region !== undefined && findKey(state, region, keyArn)?.isEnabled === true);
}

function takeFate(state: SandboxState, { name }: GlobalTable, region: string, fate: 'fail' | 'vanish'): boolean {
  const key = `${name} ${region}`;
  if (state.replication.fates.get(key) !== fate) return false;
  return state.replication.fates.delete(key);
}

function setWitness(
  state: SandboxState,
  globalTable: GlobalTable,
  region: string,
  status: 'CREATING' | 'ACTIVE' | 'DELETING',
): void {
  globalTable.witness = { region, status, statusSinceMs: state.timeline.nowMs() };
}
