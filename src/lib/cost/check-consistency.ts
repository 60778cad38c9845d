import { STRONG_REGION_COUNT } from '../model/strong-regions.js';
import { usageError } from '../model/error.js';
import type { Workload } from './workload.js';

/** How a field is named in a complaint: `--writes`, or `writes in workload.yaml`. */
export type FieldNamer = (field: string) => string;

/**
 * Refuses what no global table with strong consistency is like, and a witness of any other (FACTS D.6).
 * @throws DdbxError `usage`
 */
export function checkConsistency(workload: Workload, named: FieldNamer): void {
  const { consistency, witness, regions } = workload;
  if (consistency === 'eventual') {
    if (witness === undefined) return;
    throw usageError(
      `${named('witness')}: only a table with strong consistency has a witness.`,
      'Add --consistency strong.',
    );
  }
  const names = regions.map(each => each.region);
  if (witness !== undefined && names.includes(witness)) {
    throw usageError(`${named('witness')}: ${witness} holds a replica already; a witness is another Region.`);
  }
  const count = names.length + (witness === undefined ? 0 : 1);
  if (count !== STRONG_REGION_COUNT) {
    throw usageError(
      `A global table with strong consistency has exactly three Regions, not ${count}.`,
      'Name two replicas, or one replica and a --witness.',
    );
  }
  if (workload.ttlDeletes.gt(0)) throw usageError('A global table with strong consistency has no TTL.');
  if (workload.transactionalShare.gt(0))
    throw usageError('A global table with strong consistency has no transactions.');
}
