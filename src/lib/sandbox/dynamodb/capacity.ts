import { type Members, optionalChoice } from '../members.js';

/** The ConsumedCapacity of an answer, when the request asks for it. */
export function consumedCapacity(input: Members, tableName: string, units: number): unknown {
  const wanted = optionalChoice(input, 'ReturnConsumedCapacity', ['INDEXES', 'TOTAL', 'NONE'] as const);
  if (wanted === undefined || wanted === 'NONE') return undefined;
  return {
    TableName: tableName,
    CapacityUnits: units,
    Table: wanted === 'INDEXES' ? { CapacityUnits: units } : undefined,
  };
}

/** What it costs to write `bytes`: one unit for each KB begun. */
export function writeUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** What it costs to read `bytes`: one unit for each 4 KB begun, half as much when it need not be the newest. */
export function readUnits(bytes: number, isConsistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (isConsistent ? 1 : 0.5);
}
