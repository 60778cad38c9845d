import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';
import { validationError } from '../aws-error.js';
import { emptyAttributes, sameValue } from './attribute-value.js';
import type { StoredItem } from './item-store.js';
import { compareKeys, type KeyNames, keyAttributes } from './key.js';
import type { Index, Table } from './table.js';

/** An index by its name; `undefined` when the request names none. */
export function findIndex(table: Table, name: string | undefined): Index | undefined {
  if (name === undefined) return undefined;
  const index = table.indexes.find(each => each.name === name);
  if (index === undefined) {
    throw validationError(`The table does not have the specified index: ${name}`);
  }
  if (index.status !== 'ACTIVE') {
    throw validationError(`Cannot read from backfilling global secondary index: ${name}`);
  }
  return index;
}

/** The items of one partition of an index, by its sort key; items without the index's keys are not in it. */
export function indexItems(table: Table, index: Index, hash: AttributeValue): readonly StoredItem[] {
  const items = [...table.items.scan()].filter(({ item }) => {
    const value = item[index.keys.hash];
    return value !== undefined && sameValue(value, hash) && indexKeyOf(item, index) !== undefined;
  });
  const order = [index.keys.range, table.keys.hash, table.keys.range].filter(name => name !== undefined);
  return items.sort((a, b) => compareBy(order, a.item, b.item));
}

function compareBy(names: readonly string[], a: AttributeMap, b: AttributeMap): number {
  for (const name of names) {
    const left = a[name];
    const right = b[name];
    const order = left === undefined || right === undefined ? 0 : compareKeys(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** An item's key in an index, with the keys of `also`; `undefined` when the item is not in the index. */
export function indexKeyOf(
  item: AttributeMap,
  index: { readonly keys: KeyNames },
  also?: { readonly keys: KeyNames },
): AttributeMap | undefined {
  const key = emptyAttributes();
  for (const name of [...keyAttributes(index.keys), ...(also === undefined ? [] : keyAttributes(also.keys))]) {
    const value = item[name];
    if (value === undefined) return undefined;
    key[name] = value;
  }
  return key;
}

/** What an index holds of an item. */
export function projectToIndex(item: AttributeMap, table: Table, index: Index | undefined): AttributeMap {
  if (index === undefined || index.projection.type === 'ALL') return item;
  const names = [...keyAttributes(table.keys), ...keyAttributes(index.keys), ...index.projection.attributes];
  const part = emptyAttributes();
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) part[name] = value;
  }
  return part;
}
