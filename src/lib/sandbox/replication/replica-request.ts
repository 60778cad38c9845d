import { validationError } from '../aws-error.js';
import {
  asMembers,
  type Members,
  optionalChoice,
  optionalInteger,
  optionalList,
  optionalMembers,
  optionalString,
  requiredString,
} from '../members.js';
import type { ReadOverride, ReplicaOverrides } from './global-table.js';

/** One action of `ReplicaUpdates`. */
export type ReplicaAction =
  | { readonly kind: 'create' | 'update'; readonly region: string; readonly settings: ReplicaSettings }
  | { readonly kind: 'delete'; readonly region: string };

/** What a Create or an Update says of a replica, beside its Region. */
export interface ReplicaSettings {
  /** An id, an ARN or an alias, as it was given. */
  readonly keyId: string | undefined;
  readonly overrides: ReplicaOverrides;
}

/** What an UpdateTable wants of the members of a global table. */
export interface ReplicaRequest {
  /** Never empty; equal Creates count once. */
  readonly actions: readonly ReplicaAction[];
  readonly witness: { readonly kind: 'create' | 'delete'; readonly region: string } | undefined;
  readonly consistency: 'EVENTUAL' | 'STRONG' | undefined;
}

const OWN_MEMBERS = new Set(['TableName', 'ReplicaUpdates', 'GlobalTableWitnessUpdates', 'MultiRegionConsistency']);

/** Reads the part of an UpdateTable that is about replicas; `undefined` when there are no `ReplicaUpdates`. */
export function parseReplicaRequest(input: Members): ReplicaRequest | undefined {
  const updates = optionalList(input, 'ReplicaUpdates');
  if (updates === undefined) return undefined;
  const others = Object.keys(input).filter(name => !OWN_MEMBERS.has(name) && input[name] !== undefined);
  if (others.length > 0) {
    throw validationError('Requests that modify replicas or witnesses must not also modify other fields');
  }
  if (updates.length === 0) {
    throw validationError(
      "1 validation error detected: Value '[]' at 'replicaUpdates' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const actions = withoutRepeats(updates.map(update => parseAction(asMembers(update))));
  if (new Set(actions.map(action => action.kind)).size > 1) {
    throw validationError('Update table operation with more than one type of replica actions not allowed.');
  }
  const witness = parseWitness(input);
  const regions = [...actions.map(action => action.region), ...(witness === undefined ? [] : [witness.region])];
  if (new Set(regions).size < regions.length) {
    throw validationError('Cannot target multiple regions with the same action');
  }
  const consistency = optionalChoice(input, 'MultiRegionConsistency', ['EVENTUAL', 'STRONG'] as const);
  return { actions, witness, consistency };
}

function withoutRepeats(actions: readonly ReplicaAction[]): readonly ReplicaAction[] {
  const texts = actions.map(action => JSON.stringify(action));
  return actions.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}

function parseAction(update: Members): ReplicaAction {
  const kinds = (['Create', 'Update', 'Delete'] as const).filter(kind => update[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined) throw noActions();
  if (kinds.length > 1) {
    throw validationError('Update table operation with more than one type of replica actions not allowed.');
  }
  const members = optionalMembers(update, kind) ?? {};
  const region = requiredString(members, 'RegionName');
  if (kind === 'Delete') return { kind: 'delete', region };
  if (kind === 'Update' && Object.keys(members).length === 1) throw noActions();
  return { kind: kind === 'Create' ? 'create' : 'update', region, settings: parseSettings(members) };
}

function noActions() {
  return validationError('There are no actions specified in the Replica Update Action of the request.');
}

function parseSettings(members: Members): ReplicaSettings {
  const tableClass = optionalChoice(members, 'TableClassOverride', ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] as const);
  const indexes = (optionalList(members, 'GlobalSecondaryIndexes') ?? []).map(each => {
    const index = asMembers(each);
    return [requiredString(index, 'IndexName'), parseReadOverride(index)] as const;
  });
  return {
    keyId: optionalString(members, 'KMSMasterKeyId'),
    overrides: {
      ...parseReadOverride(members),
      ...(tableClass === undefined ? {} : { tableClass }),
      indexes: Object.fromEntries(indexes),
    },
  };
}

/** Only reading can be overridden: FACTS D.5. */
function parseReadOverride(members: Members): ReadOverride {
  const provisioned = optionalMembers(members, 'ProvisionedThroughputOverride') ?? {};
  const onDemand = optionalMembers(members, 'OnDemandThroughputOverride') ?? {};
  const readUnits = optionalInteger(provisioned, 'ReadCapacityUnits', { min: 1 });
  const maxReadUnits = optionalInteger(onDemand, 'MaxReadRequestUnits', { min: -1 });
  return {
    ...(readUnits === undefined ? {} : { readUnits }),
    ...(maxReadUnits === undefined ? {} : { maxReadUnits }),
  };
}

function parseWitness(input: Members): ReplicaRequest['witness'] {
  const updates = optionalList(input, 'GlobalTableWitnessUpdates') ?? [];
  if (updates.length > 1) {
    throw validationError(
      "1 validation error detected: Value at 'globalTableWitnessUpdates' failed to satisfy constraint: Member must have length less than or equal to 1",
    );
  }
  const [update] = updates.map(each => asMembers(each));
  if (update === undefined) return undefined;
  const created = optionalMembers(update, 'Create');
  const deleted = optionalMembers(update, 'Delete');
  const members = created ?? deleted;
  if (members === undefined) throw noActions();
  return { kind: created === undefined ? 'delete' : 'create', region: requiredString(members, 'RegionName') };
}
