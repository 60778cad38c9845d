import { invalidParameter, validationError } from '../aws-error.js';
import type { RegionState, SandboxState } from '../state.js';
import type { StreamViewType } from '../streams/record-json.js';
import { TableStream } from '../streams/table-stream.js';
import type { StreamChange, Table } from './table.js';

/** Turns a table's stream on or off; refuses what AWS refuses (FACTS A.4). */
export function changeStream(state: SandboxState, region: RegionState, table: Table, change: StreamChange): void {
  if (table.globalTable?.consistency === 'EVENTUAL') {
    // UNVERIFIED which text a second enabling gets on a replica; that it is refused is known (FACTS A.4).
    throw invalidParameter('Disabling Stream is not allowed for a Global Table replica.');
  }
  if (change.enable) {
    if (table.stream !== undefined) {
      throw validationError(`Table already has an enabled stream: TableName: ${table.name}`);
    }
    enableStream(state, region, table, change.viewType);
  } else {
    if (table.stream === undefined) throw validationError(`Table has no stream to disable: TableName: ${table.name}`);
    disableStream(state, table);
  }
}

/** Gives a table a new stream, which takes records as soon as it is ENABLED. */
export function enableStream(state: SandboxState, region: RegionState, table: Table, viewType: StreamViewType): void {
  const { label, createdAtMs } = freshLabel(state, region, table);
  const arn = `${table.arn}/stream/${label}`;
  const identity = {
    arn,
    label,
    region: region.name,
    tableName: table.name,
    keys: table.keys,
    viewType,
    createdAtMs,
  };
  const stream = new TableStream(identity, state.ids, state.clock);
  region.streams.set(arn, stream);
  table.stream = stream;
  table.latestStream = { arn, label };
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (stream.status === 'ENABLING') stream.open(state.settings.shardsPerTable);
  });
}

/** Ends a table's stream: it is closed at once, DISABLED a little later, and can be read for 24 hours more. */
export function disableStream(state: SandboxState, table: Table): void {
  const { stream } = table;
  if (stream === undefined) return;
  table.stream = undefined;
  stream.status = 'DISABLING';
  stream.close();
  state.timeline.after(state.settings.statusDelayMs, () => {
    stream.status = 'DISABLED';
  });
}

function freshLabel(state: SandboxState, region: RegionState, table: Table) {
  let createdAtMs = state.clock.now();
  let label = labelOf(createdAtMs);
  while (region.streams.has(`${table.arn}/stream/${label}`)) {
    createdAtMs += 1;
    label = labelOf(createdAtMs);
  }
  return { label, createdAtMs };
}

function labelOf(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '');
}
