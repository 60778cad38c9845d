import { validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { asMembers, type Members, optionalBoolean, requiredMembers, requiredString } from '../members.js';
import { shareSettings } from '../replication/share-settings.js';
import { firstRegion } from '../replication/global-table.js';
import type { RegionState, SandboxState } from '../state.js';
import { findTable, findUsableTable } from './find-table.js';
import type { StoredItem } from './item-store.js';
import type { Table } from './table.js';
import { recordTtlDeletes } from './table-metrics.js';
import { parseTableName } from './table-input.js';
import { applyWrite } from './write.js';

/** How often the TTL service comes by, in the sandbox's time; at AWS it takes its days. */
const SWEEP_INTERVAL_MS = 60_000;

/** Items whose time is more than five years over are left alone, as AWS does. */
const OLDEST_MS = 5 * 365 * 24 * 60 * 60 * 1000;

/** The operations on time to live. */
export const timeToLiveOperations: Readonly<Record<string, Operation>> = {
  UpdateTimeToLive: updateTimeToLive,
  DescribeTimeToLive: (input, { region }) => ({
    TimeToLiveDescription: describeTimeToLive(findTable(region.tables, parseTableName(input))),
  }),
};

function updateTimeToLive(input: Members, { state, region }: Call): unknown {
  const table = findUsableTable(region.tables, parseTableName(input));
  const specification = asMembers(requiredMembers(input, 'TimeToLiveSpecification'));
  const attribute = requiredString(specification, 'AttributeName');
  const isEnabled = optionalBoolean(specification, 'Enabled') ?? false;
  if (table.globalTable?.consistency === 'STRONG') {
    // UNVERIFIED how AWS words it; that it is not supported is known (FACTS D.6).
    throw validationError('Time to Live is not supported for global tables with MultiRegionConsistency set to STRONG.');
  }
  const current = table.timeToLive;
  if (current?.status === 'ENABLING' || current?.status === 'DISABLING') {
    throw validationError('Time to live has been modified multiple times within a fixed interval');
  }
  if (isEnabled && current !== undefined) {
    throw validationError(
      current.attribute === attribute
        ? 'TimeToLive is already enabled'
        : `TimeToLive is active on a different AttributeName: current AttributeName is ${current.attribute}`,
    );
  }
  if (!isEnabled && current === undefined) throw validationError('TimeToLive is already disabled');
  table.timeToLive = { attribute, status: isEnabled ? 'ENABLING' : 'DISABLING' };
  shareSettings(table);
  state.timeline.after(state.settings.statusDelayMs, () => {
    table.timeToLive = isEnabled ? { attribute, status: 'ENABLED' } : undefined;
    shareSettings(table);
  });
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: isEnabled } };
}

function describeTimeToLive({ timeToLive }: Table): unknown {
  if (timeToLive === undefined) return { TimeToLiveStatus: 'DISABLED' };
  return { TimeToLiveStatus: timeToLive.status, AttributeName: timeToLive.attribute };
}

/** Deletes the expired items of a Region's tables, as the TTL service does (FACTS A.3); gives their number. */
export function sweepRegion(state: SandboxState, region: RegionState): number {
  let deleted = 0;
  for (const table of region.tables.values()) deleted += sweepTable(state, table);
  return deleted;
}

/** Sweeps all Regions. Of a global table only one replica is swept: the others get the deletes by replication. */
export function sweepAll(state: SandboxState): number {
  let deleted = 0;
  for (const region of state.regions.values()) {
    for (const table of region.tables.values()) {
      const sweeper = sweeperOf(table);
      if (sweeper === region.name) deleted += sweepTable(state, table);
    }
  }
  return deleted;
}

function sweeperOf({ globalTable, region }: Table): string {
  return globalTable === undefined ? region : (firstRegion(globalTable) ?? region);
}

/** Lets the TTL service come by now and then. */
export function startSweeping(state: SandboxState): void {
  state.timeline.after(SWEEP_INTERVAL_MS, () => {
    sweepAll(state);
    startSweeping(state);
  });
}

function sweepTable(state: SandboxState, table: Table): number {
  const { timeToLive } = table;
  if (timeToLive?.status !== 'ENABLED') return 0;
  const isExpired = ({ item }: StoredItem): boolean => {
    const value = item[timeToLive.attribute];
    if (value === undefined || !('N' in value)) return false;
    const ageMs = state.clock.now() - Number(value.N) * 1000;
    return ageMs > 0 && ageMs <= OLDEST_MS;
  };
  const expired = [...table.items.scan()].filter(isExpired);
  for (const { item } of expired) applyWrite(state, { table, key: item, newItem: undefined }, 'ttl');
  recordTtlDeletes(state, table, expired.length);
  return expired.length;
}
