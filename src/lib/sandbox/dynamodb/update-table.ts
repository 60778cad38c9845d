import { invalidParameter, notServed, resourceInUse, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import { asMembers, type Members, optionalBoolean, optionalChoice, optionalList, optionalMembers } from '../members.js';
import { parseReplicaRequest } from '../replication/replica-request.js';
import { isBusy, updateReplicas } from '../replication/replica-updates.js';
import { shareSettings } from '../replication/share-settings.js';
import type { SandboxState } from '../state.js';
import { changeEncryption, parseEncryption } from './encryption.js';
import { findTable } from './find-table.js';
import { planIndexUpdates } from './index-updates.js';
import { setsSettingsReplication } from './settings-replication.js';
import type { Billing, Table } from './table.js';
import { describeTable } from './table-description.js';
import { parseStreamChange, parseTableName, parseThroughput, TABLE_CLASSES } from './table-input.js';
import { changeStream } from './table-streams.js';
import { defaultWarmThroughput, parseOnDemandLimits, parseWarmThroughput, UNLIMITED } from './throughput-input.js';

/** UpdateTable: one kind of change a call, while the table is ACTIVE. */
export function updateTable(input: Members, call: Call): unknown {
  const { state, region } = call;
  const stream = parseStreamChange(input);
  const replicas = parseReplicaRequest(input);
  const table = findTable(region.tables, parseTableName(input));
  const setsReplication = setsSettingsReplication('UpdateTable', input, table);
  if (replicas !== undefined) {
    if (setsReplication) throw notServed('UpdateTable', 'GlobalTableSettingsReplicationMode with ReplicaUpdates');
    return updateReplicas(replicas, table, call);
  }
  const changes = planChanges(input, table, call);
  if (setsReplication) changes.push({ name: 'other', run: () => {} });
  if (stream === undefined && changes.length === 0) throw nothingToDo();
  assertActive(table);
  // Only a change to on-demand may go along with a stream: FACTS A.4.
  if (stream !== undefined && changes.some(change => change.name !== 'on-demand')) {
    throw validationError('A change of StreamSpecification cannot be combined with other changes of the table');
  }
  if (stream !== undefined) changeStream(state, region, table, stream);
  for (const change of changes) change.run();
  shareSettings(table);
  // A change of the key is seen in SSEDescription alone, the table stays ACTIVE meanwhile.
  if (stream !== undefined || changes.some(change => change.name !== 'encryption')) becomeUpdating(state, table);
  return { TableDescription: describeTable(table, state) };
}

interface Change {
  readonly name: 'on-demand' | 'encryption' | 'other';
  readonly run: () => void;
}

function planChanges(input: Members, table: Table, { state, region }: Call): Change[] {
  const changes: Change[] = [];
  const billing = parseBillingChange(input, table);
  if (billing !== undefined) {
    changes.push({
      name: billing.mode === 'PAY_PER_REQUEST' ? 'on-demand' : 'other',
      run: () => changeBilling(table, billing),
    });
  }
  const other = (run: () => void): void => {
    changes.push({ name: 'other', run });
  };
  const paid = billing ?? table.billing;
  const limits = parseOnDemandLimits(input, paid, table.onDemandLimits);
  if (limits !== undefined) other(() => (table.onDemandLimits = limits));
  const warm = parseWarmThroughput(input, table.warmThroughput);
  if (warm !== undefined) other(() => (table.warmThroughput = warm));
  const isProtected = optionalBoolean(input, 'DeletionProtectionEnabled');
  if (isProtected !== undefined) other(() => (table.isDeletionProtected = isProtected));
  const tableClass = optionalChoice(input, 'TableClass', TABLE_CLASSES);
  if (tableClass !== undefined) other(() => (table.tableClass = tableClass));
  const updates = (optionalList(input, 'GlobalSecondaryIndexUpdates') ?? []).map(each => asMembers(each));
  for (const run of planIndexUpdates(state, table, input, updates, paid)) other(run);
  const encryption = parseEncryption(input, state, region);
  if (encryption !== undefined) {
    changes.push({ name: 'encryption', run: () => changeEncryption(state, table, encryption) });
  }
  return changes;
}

function nothingToDo() {
  return validationError(
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
  );
}

/** Lets a table be UPDATING for the time that a change takes. */
function becomeUpdating(state: SandboxState, table: Table): void {
  table.status = 'UPDATING';
  state.timeline.after(state.settings.statusDelayMs, () => {
    if (table.status === 'UPDATING' && !isBusy(table)) table.status = 'ACTIVE';
  });
}

function assertActive(table: Table): void {
  if (isBusy(table)) throw resourceInUse('The resource which you are attempting to change is in use.');
  if (table.status === 'ACTIVE') return;
  const doing = {
    CREATING: 'created',
    UPDATING: 'updated',
    DELETING: 'deleted',
    INACCESSIBLE_ENCRYPTION_CREDENTIALS: 'updated',
  }[table.status];
  throw resourceInUse(`Attempt to change a resource which is still in use: Table is being ${doing}: ${table.name}`);
}

function changeBilling(table: Table, billing: Billing): void {
  table.billing = billing;
  if (billing.mode === 'PAY_PER_REQUEST') for (const index of table.indexes) index.billing = billing;
  else table.onDemandLimits = UNLIMITED;
  const least = defaultWarmThroughput(billing);
  table.warmThroughput = {
    readUnits: Math.max(table.warmThroughput.readUnits, least.readUnits),
    writeUnits: Math.max(table.warmThroughput.writeUnits, least.writeUnits),
  };
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
