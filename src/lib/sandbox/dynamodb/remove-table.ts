import type { RegionState, SandboxState } from '../state.js';
import type { Table } from './table.js';
import { disableStream } from './table-streams.js';

/** Deletes a table: DELETING at once, gone a little later; its stream can be read for 24 hours more (FACTS A.4). */
export function removeTable(
  state: SandboxState,
  region: RegionState,
  table: Table,
  goneAfterMs = state.settings.statusDelayMs,
): void {
  table.status = 'DELETING';
  disableStream(state, table);
  region.tags.delete(table.arn);
  state.timeline.after(goneAfterMs, () => {
    if (region.tables.get(table.name) === table) region.tables.delete(table.name);
  });
}
