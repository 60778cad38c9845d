import { validationError } from '../aws-error.js';
import type { Table } from './table.js';

/** How many items one transaction may touch. */
export const MAX_ACTIONS = 100;

/** Refuses a table in strong consistency over Regions: transactions are not supported there (FACTS D.6). */
export function assertTransactable(table: Table): void {
  if (table.globalTable?.consistency !== 'STRONG') return;
  // UNVERIFIED how AWS words it.
  throw validationError(
    'Transaction operations are not supported for global tables with MultiRegionConsistency set to STRONG.',
  );
}
