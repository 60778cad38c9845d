import type { AttributeMap } from '../../model/attribute-value.js';
import type { SandboxState } from '../state.js';
import { emptyAttributes, sameAttributes } from './attribute-value.js';
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

/**
 * Makes a change in one Region and records it in the stream there; gives the keys of the item, or `undefined` when
 * nothing is different afterwards, which leaves no record (FACTS A.3).
 */
export function changeItem(
  _state: SandboxState,
  { table, key, newItem }: Write,
  origin: WriteOrigin,
): AttributeMap | undefined {
  const before = newItem === undefined ? table.items.delete(key) : table.items.put(newItem);
  const oldItem = before?.item;
  const isSame =
    oldItem === undefined ? newItem === undefined : newItem !== undefined && sameAttributes(oldItem, newItem);
  if (isSame) return undefined;
  const keys = keyOf(oldItem ?? newItem ?? key, table.keys);
  const hash = before?.hash ?? partitionHash(keys, table.keys);
  table.stream?.record(hash, { keys, oldItem, newItem, byTtl: origin === 'ttl' });
  return keys;
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
