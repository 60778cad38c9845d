import { invalidParameter, notServed, resourceInUse, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import { asMembers, type Members, optionalBoolean, optionalChoice, optionalList, optionalMembers } from '../members.js';
import { updateReplicas } from '../replication/replica-updates.js';
import type { SandboxState } from '../state.js';
import { findTable } from './find-table.js';
import type { Billing, Index, Table } from './table.js';
import { describeTable } from './table-description.js';
import {
  parseAttributeDefinitions,
  parseIndex,
  parseStreamChange,
  parseTableName,
  parseThroughput,
} from './table-input.js';
import { changeStream } from './table-streams.js';

/** What AWS's UpdateTable takes and the sandbox's does not. */
const NOT_SERVED = [
  'SSESpecification',
  'MultiRegionConsistency',
  'GlobalTableWitnessUpdates',
  'GlobalTableSettingsReplicationMode',
  'OnDemandThroughput',
  'WarmThroughput',
];

/** UpdateTable: one kind of change a call, while the table is ACTIVE. */
export function updateTable(input: Members, { state, region, request }: Call): unknown {
  for (const member of NOT_SERVED) if (input[member] !== undefined) throw notServed('UpdateTable', member);
  const stream = parseStreamChange(input);
  const table = findTable(region.tables, parseTableName(input));
  const replicaUpdates = optionalList(input, 'ReplicaUpdates');
  if (replicaUpdates !== undefined) return updateReplicas(replicaUpdates, input, table, { state, region, request });
  assertActive(table);
  const billing = parseBillingChange(input, table);
  const indexUpdates = optionalList(input, 'GlobalSecondaryIndexUpdates') ?? [];
  const protection = optionalBoolean(input, 'DeletionProtectionEnabled');
  const tableClass = optionalChoice(input, 'TableClass', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] as const);
  const others = [billing, indexUpdates.length > 0 || undefined, protection, tableClass].filter(
    each => each !== undefined,
  );
  if (stream === undefined && others.length === 0) {
    throw invalidParameter(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  // Only a change to on-demand may go along with a stream: FACTS A.4.
  if (stream !== undefined && others.some(each => each !== billing || billing.mode !== 'PAY_PER_REQUEST')) {
    throw validationError('A change of StreamSpecification cannot be combined with other changes of the table');
  }
  if (stream !== undefined) changeStream(state, region, table, stream);
  if (billing !== undefined) table.billing = billing;
  if (protection !== undefined) table.isDeletionProtected = protection;
  if (tableClass !== undefined) table.tableClass = tableClass;
  for (const update of indexUpdates) updateIndex(state, table, input, asMembers(update));
  table.globalTable?.synchronise(table);
  becomeUpdating(state, table);
  return { TableDescription: describeTable(table) };
}

/** Lets a table be UPDATING for the time that a change takes. */
function becomeUpdating(state: SandboxState, table: Table): void {
  table.status = 'UPDATING';
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (table.status === 'UPDATING') table.status = 'ACTIVE';
  });
}

function assertActive(table: Table): void {
  if (table.globalTable?.isBusy() === true) {
    throw resourceInUse('The resource which you are attempting to change is in use.');
  }
  if (table.status === 'ACTIVE') return;
  const doing = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' }[table.status];
  throw resourceInUse(`Attempt to change a resource which is still in use: Table is being ${doing}: ${table.name}`);
}

function parseBillingChange(input: Members, table: Table): Billing | undefined {
  const mode = optionalChoice(input, 'BillingMode', ['PROVISIONED', 'PAY_PER_REQUEST'] as const);
  const throughput = optionalMembers(input, 'ProvisionedThroughput');
  if (mode === 'PAY_PER_REQUEST') return { mode };
  if (throughput !== undefined) {
    if (mode === undefined && table.billing.mode === 'PAY_PER_REQUEST') {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    return parseThroughput(throughput);
  }
  if (mode === 'PROVISIONED') {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  return undefined;
}

function updateIndex(state: SandboxState, table: Table, input: Members, update: Members): void {
  const created = optionalMembers(update, 'Create');
  const deleted = optionalMembers(update, 'Delete');
  if (created !== undefined) {
    const index = parseIndex(created, 'global', table.keys, table.billing);
    if (table.indexes.some(other => other.name === index.name)) {
      throw validationError(`Attempting to create an index which already exists: ${index.name}`);
    }
    table.keyTypes = new Map([...table.keyTypes, ...parseAttributeDefinitions(input)]);
    table.indexes = [...table.indexes, index];
    becomeActiveLater(state, index);
  } else if (deleted !== undefined) {
    const name = parseTableName(deleted, 'IndexName');
    const index = table.indexes.find(other => other.name === name && other.kind === 'global');
    if (index === undefined) {
      throw validationError(`Requested resource not found: Index: ${name} of table ${table.name} not found`);
    }
    index.status = 'DELETING';
    state.timeline.after(state.settings.statusDelayMs, () => {
      table.indexes = table.indexes.filter(other => other !== index);
    });
  } else {
    throw notServed('UpdateTable', 'GlobalSecondaryIndexUpdates other than Create and Delete');
  }
}

function becomeActiveLater(state: SandboxState, index: Index): void {
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (index.status === 'CREATING') index.status = 'ACTIVE';
  });
}
