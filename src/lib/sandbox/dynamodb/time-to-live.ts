import { validationError } from '../aws-error.js';
import type { Call, Operation } from '../call.js';
import { asMembers, type Members, optionalBoolean, requiredMembers, requiredString } from '../members.js';
import type { RegionState, SandboxState } from '../state.js';
import { findTable, findUsableTable } from './find-table.js';
import type { Table } from './table.js';
import { parseTableName } from './table-input.js';
import { applyWrite } from './write.js';

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
  state.timeline.after(state.settings.statusDelayMs, () => {
    table.timeToLive = isEnabled ? { attribute, status: 'ENABLED' } : undefined;
  });
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: isEnabled } };
}

function describeTimeToLive({ timeToLive }: Table): unknown {
  if (timeToLive === undefined) return { TimeToLiveStatus: 'DISABLED' };
  return { TimeToLiveStatus: timeToLive.status, AttributeName: timeToLive.attribute };
}

/** Deletes the expired items of all tables of a Region, as the TTL service does (FACTS A.3); gives their number. */
export function sweepTimeToLive(state: SandboxState, region: RegionState): number {
  let deleted = 0;
  for (const table of region.tables.values()) {
    const { timeToLive } = table;
    if (timeToLive?.status !== 'ENABLED') continue;
    for (const { item } of [...table.items.scan()]) {
      const value = item[timeToLive.attribute];
      if (value === undefined || !('N' in value)) continue;
      const ageMs = state.clock.now() - Number(value.N) * 1000;
      if (ageMs <= 0 || ageMs > OLDEST_MS) continue;
      applyWrite({ table, key: item, newItem: undefined }, 'ttl');
      deleted += 1;
    }
  }
  return deleted;
}
