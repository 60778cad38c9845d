import type { SandboxState } from '../state.js';
import type { Consumption } from './capacity.js';
import type { Table } from './table.js';

const NAMESPACE = 'AWS/DynamoDB';

/** How long every call is said to have taken. It is not AWS's time: only how many calls there were says something. */
const LATENCY_MS = 1;

/** Records what reading has used: FACTS F. */
export function recordReads(state: SandboxState, table: Table, consumption: Consumption): void {
  recordUnits(state, table, 'ConsumedReadCapacityUnits', consumption, {});
}

/** Records what writing has used, by callers or by replication from other Regions: FACTS F. */
export function recordWrites(
  state: SandboxState,
  table: Table,
  consumption: Consumption,
  source: 'Customer' | 'GlobalTable',
): void {
  recordUnits(state, table, 'ConsumedWriteCapacityUnits', consumption, {});
  recordUnits(state, table, 'ConsumedWriteCapacityUnits', consumption, { Source: source });
}

function recordUnits(
  state: SandboxState,
  table: Table,
  name: string,
  consumption: Consumption,
  further: Readonly<Record<string, string>>,
): void {
  const { table: own, globalIndexes, localIndexes } = consumption;
  // What a local index uses is the table's: it has no dimension of its own.
  const units = [...localIndexes.values()].reduce((sum, each) => sum + each, own);
  if (units > 0) record(state, table.region, name, { TableName: table.name, ...further }, units);
  for (const [index, indexUnits] of globalIndexes) {
    const dimensions = { TableName: table.name, GlobalSecondaryIndexName: index, ...further };
    record(state, table.region, name, dimensions, indexUnits);
  }
}

/** Records a call that was answered: FACTS F. */
export function recordCall(state: SandboxState, region: string, operation: string, tableName: string): void {
  record(state, region, 'SuccessfulRequestLatency', { TableName: tableName, Operation: operation }, LATENCY_MS);
}

/** Records a page of a stream: how many calls there were is what streams are paid by (FACTS A.5). */
export function recordGetRecords(
  state: SandboxState,
  stream: { readonly region: string; readonly tableName: string; readonly label: string },
  page: { readonly records: number; readonly bytes: number },
): void {
  const { region, tableName, label } = stream;
  recordCall(state, region, 'GetRecords', tableName);
  const dimensions = { TableName: tableName, Operation: 'GetRecords', StreamLabel: label };
  record(state, region, 'SuccessfulRequestLatency', dimensions, LATENCY_MS);
  record(state, region, 'ReturnedRecordsCount', dimensions, page.records);
  record(state, region, 'ReturnedBytes', dimensions, page.bytes);
}

/** Records a request that was refused for what it asked: FACTS F. */
export function recordUserError(state: SandboxState, region: string): void {
  record(state, region, 'UserErrors', {}, 1);
}

/** Records items that the TTL service has deleted: FACTS F. */
export function recordTtlDeletes(state: SandboxState, table: Table, items: number): void {
  if (items > 0) record(state, table.region, 'TimeToLiveDeletedItemCount', { TableName: table.name }, items);
}

function record(
  state: SandboxState,
  region: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
  value: number,
): void {
  state.metrics.record({ region, namespace: NAMESPACE, name, dimensions }, value);
}
