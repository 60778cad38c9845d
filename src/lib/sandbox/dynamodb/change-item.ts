import type { AttributeMap } from '../../model/attribute-value.js';
import type { SandboxState } from '../state.js';
import { type Consumption, inTransaction, NO_CONSUMPTION, writeConsumption } from './capacity.js';
import { recordWrites } from './table-metrics.js';
import { emptyAttributes, sameAttributes } from './attribute-value.js';
import { hashOf, keyAttributes, type KeyNames, keyText } from './key.js';
import type { Table } from './table.js';

/** Who makes a change: a caller, alone or in a transaction, the TTL service, or replication from another Region. */
export type WriteOrigin = 'caller' | 'transaction' | 'ttl' | 'replication';

/** A change of one item; without `newItem` it is deleted. */
export interface Write {
  readonly table: Table;
  readonly key: AttributeMap;
  readonly newItem: AttributeMap | undefined;
}

/** What a change has done. */
export interface ItemChange {
  /** The key of the item that is different now; `undefined` when nothing is. */
  readonly changedKey: AttributeMap | undefined;
  readonly consumption: Consumption;
}

/** Makes a change in one Region and records it in the stream there; what changes nothing leaves no record (FACTS A.3). */
export function changeItem(state: SandboxState, { table, key, newItem }: Write, origin: WriteOrigin): ItemChange {
  const before = newItem === undefined ? table.items.delete(key) : table.items.put(newItem);
  const oldItem = before?.item;
  const consumption = consume(state, table, origin, writeConsumption(table, oldItem, newItem));
  const isSame =
    oldItem === undefined ? newItem === undefined : newItem !== undefined && sameAttributes(oldItem, newItem);
  if (isSame) return { changedKey: undefined, consumption };
  const keys = keyOf(oldItem ?? newItem ?? key, table.keys);
  const hash = before?.hash ?? partitionHash(keys, table.keys);
  table.stream?.record(hash, { keys, oldItem, newItem, byTtl: origin === 'ttl' });
  return { changedKey: keys, consumption };
}

/** What the TTL service deletes is free where it happens, and is paid where it is replicated to: FACTS D.8. */
function consume(state: SandboxState, table: Table, origin: WriteOrigin, consumption: Consumption): Consumption {
  switch (origin) {
    case 'ttl':
      return NO_CONSUMPTION;
    case 'replication':
      recordWrites(state, table, consumption, 'GlobalTable');
      return consumption;
    case 'caller':
    case 'transaction': {
      const used = origin === 'caller' ? consumption : inTransaction(consumption);
      recordWrites(state, table, used, 'Customer');
      return used;
    }
  }
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
