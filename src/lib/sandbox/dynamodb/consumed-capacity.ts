import { type Members, optionalChoice } from '../members.js';
import { addConsumption, type Consumption, NO_CONSUMPTION } from './capacity.js';

/** What was used of each table, by its name. */
export type ConsumptionByTable = Map<string, Consumption>;

/** Adds what was used of a table to what was used of it before. */
export function addTo(used: ConsumptionByTable, tableName: string, consumption: Consumption): void {
  used.set(tableName, addConsumption(used.get(tableName) ?? NO_CONSUMPTION, consumption));
}

/** The ConsumedCapacity of an answer, when the request asks for it. */
export function consumedCapacity(input: Members, tableName: string, consumption: Consumption): unknown {
  const wanted = optionalChoice(input, 'ReturnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE'] as const);
  if (wanted === undefined || wanted === 'NONE') return undefined;
  const { table, globalIndexes, localIndexes } = consumption;
  const all = [table, ...globalIndexes.values(), ...localIndexes.values()];
  const total = { TableName: tableName, CapacityUnits: all.reduce((sum, units) => sum + units, 0) };
  if (wanted === 'TOTAL') return total;
  return {
    ...total,
    Table: { CapacityUnits: table },
    GlobalSecondaryIndexes: byIndex(globalIndexes),
    LocalSecondaryIndexes: byIndex(localIndexes),
  };
}

function byIndex(units: ReadonlyMap<string, number>): unknown {
  if (units.size === 0) return undefined;
  return Object.fromEntries([...units].map(([name, count]) => [name, { CapacityUnits: count }]));
}

/** The ConsumedCapacity of an answer on several tables. */
export function consumedCapacities(input: Members, used: ConsumptionByTable): unknown {
  const list = [...used].map(([name, consumption]) => consumedCapacity(input, name, consumption));
  return list.every(each => each === undefined) ? undefined : list;
}
