import type { AttributeMap, AttributeValue } from '../../model/attribute-value.js';
import { itemSizeBytes } from './item-size.js';
import { compareKeys, hashOf, type KeyNames, keyText } from './key.js';

/** One item of a table, with what is known of it without looking again. */
export interface StoredItem {
  readonly item: AttributeMap;
  readonly sizeBytes: number;
  /** Where its partition key lies in the hash space. */
  readonly hash: number;
}

interface Partition {
  readonly hash: number;
  readonly text: string;
  /** By range key. */
  readonly items: StoredItem[];
}

/** The items of one table, each partition sorted by range key, partitions by their hash as a Scan meets them. */
export class ItemStore {
  readonly #keys: KeyNames;
  readonly #partitions = new Map<string, Partition>();
  #scanOrder: readonly Partition[] | undefined;
  #count = 0;
  #sizeBytes = 0;

  constructor(keys: KeyNames) {
    this.#keys = keys;
  }

  get keys(): KeyNames {
    return this.#keys;
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get(key: AttributeMap): StoredItem | undefined {
    const partition = this.#partitions.get(this.#hashText(key));
    if (partition === undefined) return undefined;
    const { at, isThere } = this.#find(partition, key);
    return isThere ? partition.items[at] : undefined;
  }

  /** Puts an item in the place of the one with its key; gives the one that was there. */
  put(item: AttributeMap): StoredItem | undefined {
    const partition = this.#partitionFor(item);
    const stored = { item, sizeBytes: itemSizeBytes(item), hash: partition.hash };
    const { at, isThere } = this.#find(partition, item);
    const [replaced] = partition.items.splice(at, isThere ? 1 : 0, stored);
    this.#count += isThere ? 0 : 1;
    this.#sizeBytes += stored.sizeBytes - (replaced?.sizeBytes ?? 0);
    return replaced;
  }

  /** Takes an item away; gives the one that was there. */
  delete(key: AttributeMap): StoredItem | undefined {
    const partition = this.#partitions.get(this.#hashText(key));
    if (partition === undefined) return undefined;
    const { at, isThere } = this.#find(partition, key);
    if (!isThere) return undefined;
    const [removed] = partition.items.splice(at, 1);
    if (partition.items.length === 0) {
      this.#partitions.delete(partition.text);
      this.#scanOrder = undefined;
    }
    this.#count -= 1;
    this.#sizeBytes -= removed?.sizeBytes ?? 0;
    return removed;
  }

  /** The items of one partition, by range key. */
  partition(hash: AttributeValue): readonly StoredItem[] {
    return this.#partitions.get(keyText(hash))?.items ?? [];
  }

  /** All items in the order of a Scan, from behind `afterKey`. */
  *scan(afterKey?: AttributeMap): Generator<StoredItem, undefined> {
    this.#scanOrder ??= [...this.#partitions.values()].sort(comparePartitions);
    const order = this.#scanOrder;
    const startText = afterKey === undefined ? '' : this.#hashText(afterKey);
    const start = { hash: hashOf(startText), text: startText };
    for (const partition of order) {
      const place = afterKey === undefined ? 1 : comparePartitions(partition, start);
      if (place < 0) continue;
      const items = [...partition.items];
      if (place > 0 || afterKey === undefined) yield* items;
      else yield* items.slice(this.#firstBehind(partition, afterKey));
    }
  }

  #firstBehind(partition: Partition, key: AttributeMap): number {
    const { at, isThere } = this.#find(partition, key);
    return isThere ? at + 1 : at;
  }

  #partitionFor(item: AttributeMap): Partition {
    const text = this.#hashText(item);
    const known = this.#partitions.get(text);
    if (known !== undefined) return known;
    const partition = { hash: hashOf(text), text, items: [] };
    this.#partitions.set(text, partition);
    this.#scanOrder = undefined;
    return partition;
  }

  #hashText(key: AttributeMap): string {
    const value = key[this.#keys.hash];
    return value === undefined ? '' : keyText(value);
  }

  #find({ items }: Partition, key: AttributeMap): { readonly at: number; readonly isThere: boolean } {
    const { range } = this.#keys;
    if (range === undefined) return { at: 0, isThere: items.length > 0 };
    const wanted = key[range];
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const value = items[middle]?.item[range];
      const order = value === undefined || wanted === undefined ? 0 : compareKeys(value, wanted);
      if (order === 0) return { at: middle, isThere: true };
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return { at: low, isThere: false };
  }
}

function comparePartitions(
  a: { readonly hash: number; readonly text: string },
  b: { readonly hash: number; readonly text: string },
): number {
  return a.hash - b.hash || (a.text === b.text ? 0 : a.text < b.text ? -1 : 1);
}
