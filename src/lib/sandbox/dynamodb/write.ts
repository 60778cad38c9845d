import type { Consumption } from './capacity.js';
import type { AttributeMap } from '../../model/attribute-value.js';
import { replicate } from '../replication/replicate.js';
import type { SandboxState } from '../state.js';
import { validationError } from '../aws-error.js';
import { changeItem, type Write, type WriteOrigin } from './change-item.js';
import { itemSizeBytes, MAX_ITEM_BYTES } from './item-size.js';
import { keyAttributes } from './key.js';
import type { Table } from './table.js';

/** Refuses an item that is larger than DynamoDB takes, or whose index keys have the wrong type. */
export function assertStorable(table: Table, item: AttributeMap): void {
  if (itemSizeBytes(item) > MAX_ITEM_BYTES) {
    throw validationError('Item size has exceeded the maximum allowed size');
  }
  for (const { name, keys } of table.indexes) {
    for (const attribute of keyAttributes(keys)) {
      const value = item[attribute];
      const wanted = table.keyTypes.get(attribute);
      if (value === undefined || wanted === undefined || wanted in value) continue;
      throw validationError(
        `One or more parameter values were invalid: Type mismatch for Index Key ${attribute} Expected: ${wanted} Actual: ${Object.keys(value)[0]} IndexName: ${name}`,
      );
    }
  }
}

/** Makes a change where it was asked for, and sends it to the other Regions of a global table; gives what it has used. */
export function applyWrite(
  state: SandboxState,
  write: Write,
  origin: Exclude<WriteOrigin, 'replication'>,
): Consumption {
  const { changedKey, consumption } = changeItem(state, write, origin);
  if (changedKey !== undefined) replicate(state, write.table, changedKey, write.newItem);
  return consumption;
}
