import { encryptionBy } from '../dynamodb/encryption.js';
import { ItemStore } from '../dynamodb/item-store.js';
import type { Table } from '../dynamodb/table.js';
import { enableStream } from '../dynamodb/table-streams.js';
import { awsManagedKey, findKey } from '../kms/keys.js';
import type { RegionState, SandboxState } from '../state.js';
import { copyScaling } from '../autoscaling/scaling-store.js';
import { type GlobalTable, joinGlobalTable, type ReplicaCreation } from './global-table.js';
import { followSource } from './replicate.js';

/** Makes the table of a new replica beside its source, and gives it what the source holds. */
export function addReplicaTable(
  state: SandboxState,
  globalTable: GlobalTable,
  source: Table,
  { region: name, keyArn, overrides }: ReplicaCreation,
): void {
  const region = state.regions.get(name);
  const from = state.regions.get(source.region);
  if (region === undefined || from === undefined) return;
  const table = copyTable(state, source, region, keyArn);
  region.tables.set(table.name, table);
  joinGlobalTable(
    globalTable,
    table,
    { status: 'CREATING', sourceRegion: source.region, overrides },
    state.timeline.nowMs(),
  );
  // A strongly consistent replica has a stream of its own when somebody turns it on: FACTS D.5.
  if (globalTable.consistency === 'EVENTUAL') {
    enableStream(state, region, table, source.stream?.identity.viewType ?? 'NEW_AND_OLD_IMAGES');
  }
  copyScaling(from.scaling, region.scaling, table.name, region.name);
  fill(globalTable, source, table);
  followSource(state, globalTable, source.region, region.name);
}

/** A table with the settings that replicas share; the others begin as those of a new table (FACTS D.5). */
function copyTable(state: SandboxState, source: Table, region: RegionState, keyArn: string | undefined): Table {
  return {
    ...source,
    region: region.name,
    arn: `arn:aws:dynamodb:${region.name}:${state.settings.account}:table/${source.name}`,
    id: state.ids.uuid(),
    createdAtMs: state.timeline.nowMs(),
    items: new ItemStore(source.keys),
    status: 'CREATING',
    indexes: source.indexes.map(index => ({ ...index })),
    encryption: encryptionOf(state, source, region, keyArn),
    isDeletionProtected: false,
    pointInTimeRecovery: undefined,
    contributorInsights: new Map(),
    stream: undefined,
    latestStream: undefined,
    globalTable: undefined,
  };
}

function encryptionOf(state: SandboxState, source: Table, region: RegionState, keyArn: string | undefined) {
  if (keyArn !== undefined) return encryptionBy(findKey(state, region, keyArn));
  return source.encryption === undefined ? undefined : encryptionBy(awsManagedKey(state, region));
}

/** Gives a new replica what its source holds; it is not written into the replica's stream. */
function fill(globalTable: GlobalTable, from: Table, to: Table): void {
  for (const { item } of from.items.scan()) to.items.put(item);
  const versions = globalTable.replicas.get(from.region)?.versions ?? new Map<string, number>();
  for (const [key, version] of versions) globalTable.replicas.get(to.region)?.versions.set(key, version);
}
