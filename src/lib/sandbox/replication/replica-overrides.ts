import type { Table } from '../dynamodb/table.js';
import type { ReadOverride, Replica, ReplicaOverrides } from './global-table.js';

/** Adds to what a replica has differently; the value that all have takes the difference away (FACTS D.5). */
export function applyOverrides(replica: Replica, change: ReplicaOverrides): void {
  const { table, overrides } = replica;
  const indexes = Object.fromEntries(
    [...new Set([...Object.keys(overrides.indexes), ...Object.keys(change.indexes)])].map(name => {
      const index = table.indexes.find(each => each.name === name);
      const merged = { ...overrides.indexes[name], ...change.indexes[name] };
      return [name, index === undefined ? merged : withoutShared(merged, index)];
    }),
  );
  const { tableClass = overrides.tableClass } = change;
  replica.overrides = {
    ...withoutShared({ ...readingOf(overrides), ...readingOf(change) }, table),
    ...(tableClass === undefined || tableClass === (table.tableClass ?? 'STANDARD') ? {} : { tableClass }),
    indexes,
  };
}

function readingOf({ readUnits, maxReadUnits }: ReadOverride): ReadOverride {
  return {
    ...(readUnits === undefined ? {} : { readUnits }),
    ...(maxReadUnits === undefined ? {} : { maxReadUnits }),
  };
}

function withoutShared(
  { readUnits, maxReadUnits }: ReadOverride,
  { billing, onDemandLimits }: Pick<Table, 'billing' | 'onDemandLimits'>,
): ReadOverride {
  const sharedUnits = billing.mode === 'PROVISIONED' ? billing.readUnits : undefined;
  return readingOf({
    ...(readUnits === undefined || readUnits === sharedUnits ? {} : { readUnits }),
    ...(maxReadUnits === undefined || maxReadUnits === (onDemandLimits.maxReadUnits ?? -1) ? {} : { maxReadUnits }),
  });
}
