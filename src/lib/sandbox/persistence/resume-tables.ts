import type { Index, Table } from '../dynamodb/table.js';
import type { RegionState, SandboxState } from '../state.js';
import type { TableStream } from '../streams/table-stream.js';

/**
 * Lets the tables of a Region, that were saved on their way from one state to another, come to the end of it. How much
 * of the way they had behind them is not saved: it takes its time once more.
 */
export function resumeTables(state: SandboxState, region: RegionState): void {
  for (const stream of region.streams.values()) resumeStream(state, stream);
  for (const table of region.tables.values()) {
    // What a change of replicas does to a table's status follows from that change.
    if (table.globalTable?.operation === undefined) resumeStatus(state, region, table);
    for (const index of table.indexes) resumeIndex(state, table, index);
    resumeTimeToLive(state, table);
    const { encryption } = table;
    if (encryption?.status === 'UPDATING') {
      state.timeline.after(state.settings.statusDelayMs, () => {
        encryption.status = 'ENABLED';
      });
    }
  }
}

function resumeStream(state: SandboxState, stream: TableStream): void {
  if (stream.status !== 'ENABLING' && stream.status !== 'DISABLING') return;
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (stream.status === 'ENABLING') stream.open(state.settings.shardsPerTable);
    else if (stream.status === 'DISABLING') stream.status = 'DISABLED';
  });
}

function resumeStatus(state: SandboxState, region: RegionState, table: Table): void {
  const { status } = table;
  if (status !== 'CREATING' && status !== 'UPDATING' && status !== 'DELETING') return;
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (table.status !== status) return;
    if (status === 'DELETING') region.tables.delete(table.name);
    else table.status = 'ACTIVE';
  });
}

function resumeIndex(state: SandboxState, table: Table, index: Index): void {
  const { status } = index;
  if (status === 'ACTIVE') return;
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (index.status !== status) return;
    if (status === 'DELETING') table.indexes = table.indexes.filter(each => each !== index);
    else index.status = 'ACTIVE';
    index.isBackfilling = false;
  });
}

function resumeTimeToLive(state: SandboxState, table: Table): void {
  const { timeToLive } = table;
  if (timeToLive === undefined || timeToLive.status === 'ENABLED') return;
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (table.timeToLive !== timeToLive) return;
    table.timeToLive =
      timeToLive.status === 'ENABLING' ? { attribute: timeToLive.attribute, status: 'ENABLED' } : undefined;
  });
}
