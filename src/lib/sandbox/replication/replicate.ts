import type { AttributeMap } from '../../model/attribute-value.js';
import { wholeKeyText } from '../dynamodb/key.js';
import type { Table } from '../dynamodb/table.js';
import { changeItem } from '../dynamodb/change-item.js';
import type { SandboxState } from '../state.js';
import type { GlobalTable, PendingWrite, Replica } from './global-table.js';
import { isCut, lagBetween } from './settings.js';

/** Sends a write of one Region to all the others; at once in strong consistency, after the lag otherwise (FACTS D.8). */
export function replicate(
  state: SandboxState,
  table: Table,
  key: AttributeMap,
  newItem: AttributeMap | undefined,
): void {
  const { globalTable, region: from } = table;
  const origin = globalTable?.replicas.get(from);
  if (globalTable === undefined || origin === undefined) return;
  globalTable.writes += 1;
  const version = globalTable.writes;
  const keyText = wholeKeyText(key, table.keys);
  origin.versions.set(keyText, version);
  const writtenAtMs = state.clock.now();
  const isStrong = globalTable.consistency === 'STRONG';
  for (const [to, replica] of globalTable.replicas) {
    if (to === from || replica.status === 'CREATION_FAILED') continue;
    const dueMs = writtenAtMs + (isStrong ? 0 : lagBetween(state.replication, from, to));
    send(state, globalTable, { from, to, version, keyText, key, newItem, writtenAtMs, dueMs });
  }
}

/** Puts a write on its way. */
function send(state: SandboxState, globalTable: GlobalTable, write: PendingWrite): void {
  globalTable.pending.add(write);
  if (globalTable.consistency === 'STRONG') arrive(state, globalTable, write, write.dueMs);
  else {
    state.timeline.at(write.dueMs, () => arrive(state, globalTable, write, write.dueMs));
  }
}

/** Lets the writes arrive that were on their way when the global table was saved. */
export function resumeWrites(state: SandboxState, globalTable: GlobalTable): void {
  for (const write of globalTable.pending) {
    state.timeline.at(write.dueMs, () => arrive(state, globalTable, write, write.dueMs));
  }
}

/** Lets a write reach its Region, unless it has been overtaken; one that meets a cut waits until it is healed. */
function arrive(state: SandboxState, globalTable: GlobalTable, write: PendingWrite, atMs: number): void {
  if (!globalTable.pending.has(write)) return;
  const replica = globalTable.replicas.get(write.to);
  if (replica !== undefined && isOutOfReach(state, globalTable, write, replica)) return;
  globalTable.pending.delete(write);
  if (replica === undefined || (replica.versions.get(write.keyText) ?? 0) >= write.version) return;
  replica.versions.set(write.keyText, write.version);
  changeItem(state, { table: replica.table, key: write.key, newItem: write.newItem }, 'replication');
  if (globalTable.consistency === 'STRONG') return;
  const dimensions = { TableName: globalTable.name, ReceivingRegion: write.to };
  const id = { region: write.from, namespace: 'AWS/DynamoDB', name: 'ReplicationLatency', dimensions };
  state.metrics.record(id, atMs - write.writtenAtMs, atMs);
}

function isOutOfReach(state: SandboxState, globalTable: GlobalTable, write: PendingWrite, to: Replica): boolean {
  if (isCut(state.replication, write.from, write.to)) return true;
  const from = globalTable.replicas.get(write.from);
  return [from, to].some(replica => replica?.status === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS');
}

/** Delivers what waits at a way that is open again. */
export function deliverOverdue(state: SandboxState): void {
  const nowMs = state.clock.now();
  for (const globalTable of globalTablesOf(state)) {
    for (const write of [...globalTable.pending]) if (write.dueMs <= nowMs) arrive(state, globalTable, write, nowMs);
  }
}

/**
 * Sends a new replica what is on its way to the one that filled it: it was not there when the writes were made. What is
 * overdue arrives now and not before: the replica's stream, which is to record it, is opened at this instant.
 */
export function followSource(state: SandboxState, globalTable: GlobalTable, source: string, added: string): void {
  const nowMs = state.timeline.nowMs();
  for (const write of [...globalTable.pending]) {
    if (write.to !== source || write.from === added) continue;
    send(state, globalTable, { ...write, to: added, dueMs: Math.max(write.dueMs, nowMs) });
  }
}

/**
 * Forgets what is on its way to and from a Region that is no member any more. What another member has of it already
 * is given to all, so that those that stay agree.
 */
export function dropPending(state: SandboxState, globalTable: GlobalTable, region: string): void {
  for (const write of [...globalTable.pending]) {
    if (write.to === region) globalTable.pending.delete(write);
    if (write.from !== region) continue;
    const isKnown = [...globalTable.replicas.values()].some(
      ({ versions }) => (versions.get(write.keyText) ?? 0) >= write.version,
    );
    const replica = globalTable.replicas.get(write.to);
    globalTable.pending.delete(write);
    if (!isKnown || replica === undefined || (replica.versions.get(write.keyText) ?? 0) >= write.version) continue;
    replica.versions.set(write.keyText, write.version);
    changeItem(state, { table: replica.table, key: write.key, newItem: write.newItem }, 'replication');
  }
}

/** All global tables, each once. */
export function globalTablesOf(state: SandboxState): ReadonlySet<GlobalTable> {
  const tables = [...state.regions.values()].flatMap(region => [...region.tables.values()]);
  return new Set(tables.map(table => table.globalTable).filter(each => each !== undefined));
}
