import { type AwsError, invalidParameter, validationError } from '../aws-error.js';
import { scalesWrites } from '../autoscaling/scaling-store.js';
import { knownKey } from '../dynamodb/encryption.js';
import type { Table } from '../dynamodb/table.js';
import { DYNAMODB_ALIAS } from '../kms/keys.js';
import { findRegion, type RegionState, type SandboxState } from '../state.js';
import { PUBLIC_REGIONS } from '../regions.js';
import type { Replica, ReplicaCreation } from './global-table.js';
import type { ReplicaSettings } from './replica-request.js';

/** Refuses a Region that cannot take a replica of a table; gives the Region (FACTS D.2, D.3). */
export function assertFreeRegion(name: string, table: Table, state: SandboxState): RegionState {
  const region = knownRegion(name, state);
  if (state.replication.disabledRegions.has(name)) {
    throw validationError(
      `Failed to access the region: ‘${name}’. User is missing the permissions since the region is disabled.`,
    );
  }
  if (region.tables.has(table.name) || table.globalTable?.replicas.has(name) === true) {
    throw validationError(
      `Failed to create a the new replica of table with name: ‘${table.name}’ because one or more replicas already existed as tables.`,
    );
  }
  return region;
}

/** A Region by its name, or AWS's text for one that is none. */
function knownRegion(name: string, state: SandboxState): RegionState {
  const region = findRegion(state, name);
  if (region !== undefined) return region;
  const supported = (state.settings.regions ?? PUBLIC_REGIONS).join(', ');
  throw validationError(
    `Region ${name} is not supported. The latest version of global tables are only supported in the following regions: [${supported}]`,
  );
}

/** Refuses a table whose writes could not be followed: its capacity has to be on-demand or scaled (FACTS D.3). */
export function assertWritesCanFollow(table: Table, region: RegionState): void {
  const isCapped = (billing: Table['billing'], index?: string): boolean =>
    billing.mode === 'PROVISIONED' && !scalesWrites(region.scaling, table.name, index);
  const rule = 'write capacity should either be Pay-Per-Request or AutoScaled.';
  if (isCapped(table.billing)) throw validationError(`Table ${rule}`);
  if (table.indexes.some(index => index.kind === 'global' && isCapped(index.billing, index.name))) {
    throw validationError(`GSI ${rule}`);
  }
}

/** The key of a new replica. All replicas have the same type of key, each in its own Region (FACTS D.3). */
export function keyOfReplica(
  { keyId }: ReplicaSettings,
  source: Table,
  region: RegionState,
  state: SandboxState,
): ReplicaCreation['keyArn'] {
  const isCustomerManaged = source.encryption?.isCustomerManaged === true;
  if (!isCustomerManaged) {
    // AWS says the same of a key that is too many as of one that is missing.
    if (keyId !== undefined) throw keyForEachReplica();
    return undefined;
  }
  if (keyId === undefined) throw keyForEachReplica();
  if (keyId === DYNAMODB_ALIAS) {
    throw invalidParameter('All replica keys must either be Customer Managed CMK or AWS Managed CMK.');
  }
  const key = knownKey(keyId, state, region, `KMS validation error for region ${region.name}`);
  if (!key.isEnabled) {
    throw validationError(
      'Operation cannot be performed while replica server-side encryption status is in UPDATING state. Please retry the request after the status is updated to ENABLED.',
    );
  }
  return key.arn;
}

/** What is said of a key that is missing, and of one that cannot be given here. */
export function keyForEachReplica(): AwsError {
  return invalidParameter('KMSMasterKeyId must be specified for each replica.');
}

/** A replica of a table in another Region; refuses a Region that is not a member. */
export function memberIn(name: string, table: Table): Replica {
  const replica = table.globalTable?.replicas.get(name);
  if (replica !== undefined) return replica;
  throw validationError(
    `Update global table operation failed because one or more replicas were not part of the global table. Please retry the request without these replicas: [${name}].`,
  );
}

/** What is said of a Region from which others were filled: FACTS D.4. */
export function sourceLocked(): AwsError {
  return validationError(
    'Replica cannot be deleted because it has acted as a source region for new replica(s) being added to the table in the last 24 hours.',
  );
}

/** What is said of a replica that is protected against deletion: FACTS D.4. */
export function replicaProtected({ name, region }: Table): AwsError {
  return validationError(
    `Cannot delete table ${name} in region ${region} because it has deletion protection enabled. Disable deletion protection first.`,
  );
}
