import type { Table } from '../dynamodb/table.js';

/** The tables of a global table; a regional table is alone. */
export function membersOf(table: Table): readonly Table[] {
  const replicas = [...(table.globalTable?.replicas.values() ?? [])].map(replica => replica.table);
  return replicas.length === 0 ? [table] : replicas;
}

/**
 * Gives the other replicas the settings that all share, but for keys and indexes, which take their time (FACTS D.5).
 * What a replica has differently is kept beside these, so that it outlives a change of them.
 */
export function shareSettings(from: Table): void {
  for (const table of membersOf(from)) {
    if (table === from) continue;
    table.billing = from.billing;
    table.onDemandLimits = from.onDemandLimits;
    table.warmThroughput = from.warmThroughput;
    table.tableClass = from.tableClass;
    table.timeToLive = from.timeToLive;
    for (const index of table.indexes) {
      const same = from.indexes.find(each => each.name === index.name);
      if (same === undefined) continue;
      index.billing = same.billing;
      index.onDemandLimits = same.onDemandLimits;
      index.warmThroughput = same.warmThroughput;
    }
  }
}
