import { notServed, resourceInUse, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import { ItemStore } from '../dynamodb/item-store.js';
import { removeTable } from '../dynamodb/remove-table.js';
import type { Table } from '../dynamodb/table.js';
import { describeTable } from '../dynamodb/table-description.js';
import { enableStream } from '../dynamodb/table-streams.js';
import { asMembers, type Members, optionalMembers, requiredString } from '../members.js';
import { findRegion, type RegionState, type SandboxState } from '../state.js';
import { GlobalTable } from './global-table.js';

interface ReplicaAction {
  readonly kind: 'create' | 'delete';
  readonly region: string;
}

/** What a replica may be given at AWS, and not here. */
const NOT_SERVED = [
  'KMSMasterKeyId',
  'ProvisionedThroughputOverride',
  'OnDemandThroughputOverride',
  'GlobalSecondaryIndexes',
  'TableClassOverride',
];

/** The `ReplicaUpdates` of UpdateTable, with the refusals of FACTS D.2 to D.4. */
export function updateReplicas(updates: readonly unknown[], input: Members, table: Table, call: Call): unknown {
  const others = Object.keys(input).filter(name => name !== 'TableName' && name !== 'ReplicaUpdates');
  if (others.length > 0) {
    throw validationError('Requests that modify replicas or witnesses must not also modify other fields');
  }
  const action = parseAction(updates, call.region.name);
  if (table.status !== 'ACTIVE' || table.globalTable?.isBusy() === true) {
    throw resourceInUse('The resource which you are attempting to change is in use.');
  }
  if (action.kind === 'create') return createReplica(action.region, table, call);
  return deleteReplica(action.region, table, call.state);
}

function parseAction(updates: readonly unknown[], ownRegion: string): ReplicaAction {
  const actions = updates.map(update => {
    const members = asMembers(update);
    const created = optionalMembers(members, 'Create');
    const deleted = optionalMembers(members, 'Delete');
    const action = created ?? deleted;
    if (action === undefined) throw notServed('UpdateTable', 'ReplicaUpdates other than Create and Delete');
    for (const name of NOT_SERVED) if (action[name] !== undefined) throw notServed('ReplicaUpdates', name);
    const kind: ReplicaAction['kind'] = created === undefined ? 'delete' : 'create';
    return { kind, region: requiredString(action, 'RegionName') };
  });
  const [action, ...rest] = actions;
  if (action === undefined) throw validationError('ReplicaUpdates must have length greater than or equal to 1');
  if (rest.some(other => other.kind !== action.kind || other.region !== action.region)) {
    throw validationError('Update table operation with more than one create or delete replica actions not allowed');
  }
  if (action.region === ownRegion) {
    throw validationError(
      'Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
    );
  }
  return action;
}

function createReplica(name: string, table: Table, { state, region: source }: Call): unknown {
  const region = findRegion(state, name);
  if (region === undefined) {
    const supported = (state.settings.regions ?? []).join(', ');
    throw validationError(
      `Region ${name} is not supported. The latest version of global tables are only supported in the following regions: [${supported}]`,
    );
  }
  if (region.tables.has(table.name)) {
    throw validationError(
      `Failed to create a the new replica of table with name: ‘${table.name}’ because one or more replicas already existed as tables.`,
    );
  }
  if (table.billing.mode !== 'PAY_PER_REQUEST') {
    throw validationError('Table write capacity should either be Pay-Per-Request or AutoScaled.');
  }
  // A replica has a stream, and DynamoDB turns it on by itself; one that is there stays as it is (FACTS D.3).
  if (table.stream === undefined) enableStream(state, source, table, 'NEW_AND_OLD_IMAGES');
  const viewType = table.stream?.identity.viewType ?? 'NEW_AND_OLD_IMAGES';
  const { globalTable = new GlobalTable(state, table) } = table;
  globalTable.begin();
  table.status = 'UPDATING';
  const answer = { TableDescription: describeTable(table) };
  const { statusDelayMs } = state.settings;
  state.timeline.after(statusDelayMs, () => {
    const copy = copyTable(state, table, region);
    region.tables.set(copy.name, copy);
    const replica = globalTable.join(copy, 'CREATING', source.name);
    enableStream(state, region, copy, viewType);
    fill(globalTable, table, copy);
    state.timeline.after(statusDelayMs, () => {
      replica.status = 'ACTIVE';
      copy.status = 'ACTIVE';
      table.status = 'ACTIVE';
      globalTable.end();
    });
  });
  return answer;
}

function copyTable(state: SandboxState, table: Table, region: RegionState): Table {
  return {
    ...table,
    region: region.name,
    arn: `arn:aws:dynamodb:${region.name}:${state.settings.account}:table/${table.name}`,
    id: state.ids.uuid(),
    createdAtMs: state.clock.now(),
    items: new ItemStore(table.keys),
    status: 'CREATING',
    isDeletionProtected: false,
    stream: undefined,
    latestStream: undefined,
    globalTable: undefined,
  };
}

/** Gives a new replica what its source holds; it is not written into the replica's stream. */
function fill(globalTable: GlobalTable, from: Table, to: Table): void {
  for (const { item } of from.items.scan()) to.items.put(item);
  const versions = globalTable.replicas.get(from.region)?.versions ?? new Map<string, number>();
  for (const [key, version] of versions) globalTable.replicas.get(to.region)?.versions.set(key, version);
}

function deleteReplica(name: string, table: Table, state: SandboxState): unknown {
  const { globalTable } = table;
  const replica = globalTable?.replicas.get(name);
  if (globalTable === undefined || replica === undefined) {
    throw validationError(
      `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${name}].`,
    );
  }
  leaveGlobalTable(state, globalTable, name, () => {
    table.status = 'ACTIVE';
  });
  table.status = 'UPDATING';
  return { TableDescription: describeTable(table) };
}

/** Removes a replica with its table: DELETING at once, gone a little later. */
export function leaveGlobalTable(
  state: SandboxState,
  globalTable: GlobalTable,
  name: string,
  onGone: () => void = () => {},
): void {
  const replica = globalTable.replicas.get(name);
  const region = findRegion(state, name);
  if (replica === undefined || region === undefined) return;
  if (globalTable.isSourceLocked(name)) {
    throw validationError(
      'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
    );
  }
  if (replica.table.isDeletionProtected) {
    throw validationError(
      `Cannot delete table ${replica.table.name} in region ${name} because it has deletion protection enabled. Disable deletion protection first.`,
    );
  }
  globalTable.begin();
  replica.status = 'DELETING';
  removeTable(state, region, replica.table);
  state.timeline.after(state.settings.statusDelayMs, () => {
    globalTable.end();
    globalTable.leave(name);
    onGone();
  });
}
