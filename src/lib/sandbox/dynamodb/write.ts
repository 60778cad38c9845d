import type { AttributeMap } from '../../model/attribute-value.js';
import { validationError } from '../aws-error.js';
import { emptyAttributes, sameAttributes } from './attribute-value.js';
import { itemSizeBytes, MAX_ITEM_BYTES } from './item-size.js';
import { hashOf, keyAttributes, type KeyNames, keyText } from './key.js';
import type { Table } from './table.js';

/** Who makes a change: a caller, the TTL service, or replication from another Region. */
export type WriteOrigin = 'caller' | 'ttl' | 'replication';

/** A change of one item; without `newItem` it is deleted. */
export interface Write {
  readonly table: Table;
  readonly key: AttributeMap;
  readonly newItem: AttributeMap | undefined;
}

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

/** Makes a change and records it in the stream; a change that changes nothing leaves no record (FACTS A.3). */
export function applyWrite({ table, key, newItem }: Write, origin: WriteOrigin): void {
  const before = newItem === undefined ? table.items.delete(key) : table.items.put(newItem);
  const oldItem = before?.item;
  if (oldItem === undefined ? newItem === undefined : newItem !== undefined && sameAttributes(oldItem, newItem)) return;
  const keys = keyOf(oldItem ?? newItem ?? key, table.keys);
  const hash = before?.hash ?? partitionHash(keys, table.keys);
  table.stream?.record(hash, { keys, oldItem, newItem, byTtl: origin === 'ttl' });
  if (origin !== 'replication') table.globalTable?.replicate(table.region, keys, newItem);
}

function keyOf(item: AttributeMap, names: KeyNames): AttributeMap {
  const key = emptyAttributes();
  for (const name of keyAttributes(names)) {
    const value = item[name];
    if (value !== undefined) key[name] = value;
  }
  return key;
}

/** Where the item of a key lies in the hash space. */
function partitionHash(key: AttributeMap, names: KeyNames): number {
  const value = key[names.hash];
  return value === undefined ? 0 : hashOf(keyText(value));
}
