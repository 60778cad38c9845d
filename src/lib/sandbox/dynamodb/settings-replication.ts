import { notServed, validationError } from '../aws-error.js';
import { type Members, optionalChoice } from '../members.js';
import type { Table } from './table.js';

const NAME = 'GlobalTableSettingsReplicationMode';

/**
 * Whether a call says how settings are to be replicated between accounts. A Regional table takes ENABLED and DISABLED
 * and shows neither (FACTS D.5, D.1): it decides only about replicas in other accounts, which the sandbox has not.
 *
 * @param table the table as it is; `undefined` when the call creates it.
 */
export function setsSettingsReplication(operation: string, input: Members, table: Table | undefined): boolean {
  const mode = optionalChoice(input, NAME, ['ENABLED', 'DISABLED', 'ENABLED_WITH_OVERRIDES'] as const);
  if (mode === undefined) return false;
  if (mode === 'ENABLED_WITH_OVERRIDES') {
    throw validationError(
      `Value '${mode}' at '${NAME}' failed to satisfy constraint: Only ENABLED and DISABLED settings replication are supported for a Regional Table.`,
    );
  }
  // What AWS says of it for a table that has replicas is not known.
  if (table?.globalTable !== undefined) throw notServed(operation, NAME);
  return true;
}
