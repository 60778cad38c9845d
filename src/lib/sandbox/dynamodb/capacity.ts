import type { AttributeMap } from '../../model/attribute-value.js';
import { sameAttributes } from './attribute-value.js';
import { indexKeyOf, projectToIndex } from './index-items.js';
import { itemSizeBytes } from './item-size.js';
import type { Index, Table } from './table.js';

/** What a request has used of a table and its indexes, in capacity units. */
export interface Consumption {
  readonly table: number;
  /** By the name of a global secondary index. */
  readonly globalIndexes: ReadonlyMap<string, number>;
  readonly localIndexes: ReadonlyMap<string, number>;
}

/** Nothing used. */
export const NO_CONSUMPTION: Consumption = { table: 0, globalIndexes: new Map(), localIndexes: new Map() };

/** What it costs to write `bytes`: one unit for each KB begun. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** What it costs to read `bytes`: one unit for each 4 KB begun, half as much when it need not be the newest. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
}

/** What reading a table, or one of its indexes, has used. */
export function readConsumption(index: Index | undefined, units: number): Consumption {
  if (index === undefined) return { ...NO_CONSUMPTION, table: units };
  const used = new Map([[index.name, units]]);
  return index.kind === 'global'
    ? { ...NO_CONSUMPTION, globalIndexes: used }
    : { ...NO_CONSUMPTION, localIndexes: used };
}

/** What a write uses: the larger of the item before and after, and again for each index in which something changes. */
export function writeConsumption(
  table: Table,
  oldItem: AttributeMap | undefined,
  newItem: AttributeMap | undefined,
): Consumption {
  const sizes = [oldItem, newItem].map(item => (item === undefined ? 0 : itemSizeBytes(item)));
  const used = (kind: Index['kind']): ReadonlyMap<string, number> =>
    new Map(
      table.indexes
        .filter(index => index.kind === kind)
        .map(index => [index.name, indexWriteUnits(table, index, oldItem, newItem)] as const)
        .filter(([, units]) => units > 0),
    );
  return { table: writeUnits(Math.max(...sizes)), globalIndexes: used('global'), localIndexes: used('local') };
}

/** An item that changes its key in an index is deleted there and put there anew; both cost. */
function indexWriteUnits(
  table: Table,
  index: Index,
  oldItem: AttributeMap | undefined,
  newItem: AttributeMap | undefined,
): number {
  const before = entryIn(table, index, oldItem);
  const after = entryIn(table, index, newItem);
  if (before === undefined || after === undefined) {
    const one = before ?? after;
    return one === undefined ? 0 : writeUnits(itemSizeBytes(one));
  }
  if (sameAttributes(before, after)) return 0;
  const isMoved = !sameAttributes(indexKeyOf(before, index) ?? {}, indexKeyOf(after, index) ?? {});
  const [left, right] = [itemSizeBytes(before), itemSizeBytes(after)];
  return isMoved ? writeUnits(left) + writeUnits(right) : writeUnits(Math.max(left, right));
}

function entryIn(table: Table, index: Index, item: AttributeMap | undefined): AttributeMap | undefined {
  if (item === undefined || indexKeyOf(item, index) === undefined) return undefined;
  return projectToIndex(item, table, index);
}

/** Two consumptions in one. */
export function addConsumption(a: Consumption, b: Consumption): Consumption {
  return {
    table: a.table + b.table,
    globalIndexes: addByName(a.globalIndexes, b.globalIndexes),
    localIndexes: addByName(a.localIndexes, b.localIndexes),
  };
}

function addByName(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sum = new Map(a);
  for (const [name, units] of b) sum.set(name, (sum.get(name) ?? 0) + units);
  return sum;
}

/** The same in a transaction: of the table twice as much, of its indexes what it is anyway. */
export function inTransaction(consumption: Consumption): Consumption {
  return { ...consumption, table: consumption.table * 2 };
}
