import { resourceInUse, validationError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { Table } from '../dynamodb/table.js';
import { describeTable } from '../dynamodb/table-description.js';
import { enableStream } from '../dynamodb/table-streams.js';
import type { SandboxState } from '../state.js';
import { createGlobalTable, type GlobalTable, isSourceLocked, type ReplicaCreation } from './global-table.js';
import { startOperation } from './replica-operation.js';
import { applyOverrides } from './replica-overrides.js';
import type { ReplicaAction, ReplicaRequest } from './replica-request.js';
import {
  assertFreeRegion,
  assertWritesCanFollow,
  keyForEachReplica,
  keyOfReplica,
  memberIn,
  replicaProtected,
  sourceLocked,
} from './replica-rules.js';
import { assertStrongCreation, assertStrongRemoval, loneRemoval } from './strong-rules.js';

type Create = Extract<ReplicaAction, { readonly settings: unknown }>;

/** The `ReplicaUpdates` of UpdateTable, with the refusals of FACTS D.2 to D.6. */
export function updateReplicas(request: ReplicaRequest, table: Table, call: Call): unknown {
  assertShape(request, table);
  if (table.status !== 'ACTIVE' || isBusy(table)) {
    throw resourceInUse('The resource which you are attempting to change is in use.');
  }
  const [first] = request.actions;
  switch (first?.kind) {
    case 'create':
      createReplicas(request, table, call);
      break;
    case 'update':
      updateMembers(request, table, call.state);
      break;
    case 'delete':
      deleteReplicas(request, table, call);
      break;
    case undefined:
      break;
  }
  return { TableDescription: describeTable(table, call.state) };
}

/** Whether a replica is being added, changed or removed: only one such change runs at a time (FACTS D.2). */
export function isBusy({ globalTable }: Table): boolean {
  return globalTable?.operation !== undefined;
}

/** DeleteTable of a replica: it leaves the global table, with all it holds. */
export function deleteOwnReplica(table: Table, globalTable: GlobalTable, state: SandboxState): void {
  if (globalTable.consistency === 'STRONG') throw loneRemoval();
  assertRemovable(table, globalTable, state);
  startOperation(state, globalTable, {
    kind: 'delete',
    region: table.region,
    targets: [table.region],
    creations: [],
    witness: undefined,
  });
}

/** What can be said without looking at any state but whether there is a global table. */
function assertShape(request: ReplicaRequest, table: Table): void {
  const { actions, witness, consistency } = request;
  if (witness !== undefined && consistency !== 'STRONG' && table.globalTable?.consistency !== 'STRONG') {
    throw validationError(
      'MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates parameter is present.',
    );
  }
  if (consistency === 'STRONG') assertStrongCreation(request, table);
  else if (table.globalTable?.consistency === 'STRONG') {
    assertStrongRemoval(request, table.globalTable, table.region);
  } else if (actions.length > 1 && actions.some(action => action.kind !== 'update')) {
    throw validationError('Update table operation with more than one create or delete replica actions not allowed');
  }
  if (actions.some(action => action.region === table.region)) {
    throw validationError(
      'Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.',
    );
  }
}

function createReplicas(request: ReplicaRequest, table: Table, { state, region: source }: Call): void {
  const creations = request.actions
    .filter((action): action is Create => action.kind === 'create')
    .map(({ region: name, settings }): ReplicaCreation => {
      const region = assertFreeRegion(name, table, state);
      return { region: name, keyArn: keyOfReplica(settings, table, region, state), overrides: settings.overrides };
    });
  assertWritesCanFollow(table, source);
  const consistency = request.consistency ?? table.globalTable?.consistency ?? 'EVENTUAL';
  // A replica has a stream, and DynamoDB turns it on by itself; one that is there stays as it is (FACTS D.3).
  if (table.stream === undefined && consistency === 'EVENTUAL') {
    enableStream(state, source, table, 'NEW_AND_OLD_IMAGES');
  }
  const globalTable = table.globalTable ?? createGlobalTable(table, consistency, state.clock.now());
  startOperation(state, globalTable, {
    kind: 'create',
    region: source.name,
    targets: creations.map(({ region }) => region),
    creations,
    witness: request.witness?.region,
  });
}

function updateMembers({ actions }: ReplicaRequest, table: Table, state: SandboxState): void {
  for (const action of actions) {
    const replica = memberIn(action.region, table);
    if (action.kind !== 'update') continue;
    // The key of a replica is changed where the replica is, never from another Region: FACTS D.3.
    if (action.settings.keyId !== undefined) throw keyForEachReplica();
    applyOverrides(replica, action.settings.overrides);
  }
  if (table.globalTable === undefined) return;
  startOperation(state, table.globalTable, {
    kind: 'update',
    region: table.region,
    targets: actions.map(action => action.region),
    creations: [],
    witness: undefined,
  });
}

function deleteReplicas({ actions, witness }: ReplicaRequest, table: Table, { state }: Call): void {
  const targets = actions.map(action => memberIn(action.region, table));
  const { globalTable } = table;
  if (globalTable === undefined) return;
  for (const target of targets) {
    if (globalTable.consistency === 'EVENTUAL') assertRemovable(target.table, globalTable, state);
    else if (target.table.isDeletionProtected) throw replicaProtected(target.table);
  }
  startOperation(state, globalTable, {
    kind: 'delete',
    region: table.region,
    targets: targets.map(target => target.table.region),
    creations: [],
    witness: witness?.region,
  });
}

function assertRemovable(table: Table, globalTable: GlobalTable, state: SandboxState): void {
  if (isSourceLocked(globalTable, table.region, state.clock.now())) throw sourceLocked();
  if (table.isDeletionProtected) throw replicaProtected(table);
}
