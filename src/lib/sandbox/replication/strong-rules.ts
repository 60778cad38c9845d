import { strongRegions } from '../../model/strong-regions.js';
import { type AwsError, validationError } from '../aws-error.js';
import type { Table } from '../dynamodb/table.js';
import type { GlobalTable } from './global-table.js';
import type { ReplicaRequest } from './replica-request.js';

const STRONG = 'global tables with MultiRegionConsistency set to STRONG';

/** Refuses what a strongly consistent global table cannot begin with: three Regions in one call, no items (FACTS D.6). */
export function assertStrongCreation({ actions, witness }: ReplicaRequest, table: Table): void {
  if (actions.some(action => action.kind !== 'create')) {
    throw validationError(
      'Only Replica Create actions are supported when MultiRegionConsistency parameter is provided.',
    );
  }
  if (witness?.region === table.region) {
    throw validationError(
      'Cannot add a witness in the same region as an existing replica when creating a global table with MultiRegionConsistency set to STRONG.',
    );
  }
  const added = [...actions.map(action => action.region), ...(witness === undefined ? [] : [witness.region])];
  if (added.length !== 2 || witness?.kind === 'delete') {
    throw validationError(`Unsupported replica count for ${STRONG}.`);
  }
  const unsupported = [table.region, ...added].filter(region => !strongRegions.has(region));
  if (unsupported.length > 0) {
    throw validationError(`Unsupported Region(s) specified for ${STRONG}: [${unsupported.join(', ')}].`);
  }
  if (table.globalTable !== undefined) throw consistencyIsFixed();
  // UNVERIFIED how AWS words these; that it refuses them is known (FACTS D.3, D.6).
  if (table.items.count > 0) throw validationError(`Table must be empty for ${STRONG}.`);
  if (table.timeToLive !== undefined) throw validationError(`Time to Live is not supported for ${STRONG}.`);
  if (table.indexes.some(index => index.kind === 'local')) {
    throw validationError(`Local secondary indexes are not supported for ${STRONG}.`);
  }
}

/** Refuses every change of a strongly consistent global table but its end, in one call (FACTS D.6). */
export function assertStrongRemoval(request: ReplicaRequest, globalTable: GlobalTable, ownRegion: string): void {
  const { actions, witness } = request;
  if (request.consistency !== undefined) throw consistencyIsFixed();
  if (actions.some(action => action.kind === 'create')) {
    throw validationError('Cannot add replicas to a global table with strong MultiRegionConsistency');
  }
  if (witness !== undefined && witness.region !== globalTable.witness?.region) {
    throw validationError(
      `Update global table operation failed because one or more witnesses were not part of the global table. Please retry the request without these witnesses: [${witness.region}].`,
    );
  }
  if (actions.some(action => action.kind === 'update')) return;
  if (globalTable.witness !== undefined && witness?.kind !== 'delete') {
    throw validationError('Update table delete operation does not include all witnesses.');
  }
  const removed = new Set(actions.map(action => action.region));
  const others = [...globalTable.replicas.keys()].filter(region => region !== ownRegion);
  if (others.some(region => !removed.has(region))) throw loneRemoval();
}

/** What is said to who would remove one replica, with UpdateTable or with DeleteTable. */
export function loneRemoval(): AwsError {
  return validationError(`Deletion of only one table replica is not supported for ${STRONG}.`);
}

function consistencyIsFixed(): AwsError {
  return validationError('MultiRegionConsistency parameter is unsupported on existing global table');
}
