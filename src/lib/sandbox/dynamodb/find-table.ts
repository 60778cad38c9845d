import { resourceNotFound } from '../aws-error.js';
import { keyDisabled } from './encryption.js';
import type { Table } from './table.js';

/** A table by its name, whatever its status. */
export function findTable(tables: ReadonlyMap<string, Table>, name: string): Table {
  const table = tables.get(name);
  if (table === undefined) throw resourceNotFound(`Requested resource not found: Table: ${name} not found`);
  return table;
}

/** A table whose items can be read and written; AWS does not say its name when there is none. */
export function findUsableTable(tables: ReadonlyMap<string, Table>, name: string): Table {
  const table = tables.get(name);
  if (table === undefined || table.status === 'CREATING' || table.status === 'DELETING') throw resourceNotFound();
  if (table.status === 'INACCESSIBLE_ENCRYPTION_CREDENTIALS') throw keyDisabled(table.encryption?.keyArn ?? '');
  return table;
}
