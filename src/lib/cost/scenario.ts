import { usageError } from '../model/error.js';
import { exact, Exact, sumOf, ZERO } from '../model/exact.js';
import { checkConsistency } from './check-consistency.js';
import { allWrites, type CapacityMode, homeOf, type RegionLoad, type Workload } from './workload.js';

/** One thing that is changed in a what-if. */
export type Change =
  | { readonly kind: 'add-replica'; readonly region: string }
  | { readonly kind: 'remove-replica'; readonly region: string }
  | { readonly kind: 'capacity'; readonly capacity: CapacityMode }
  | { readonly kind: 'table-class'; readonly tableClass: Workload['tableClass'] }
  | { readonly kind: 'item-size'; readonly itemBytes: number }
  | {
      readonly kind: 'consistency';
      readonly consistency: Workload['consistency'];
      readonly witness: string | undefined;
    }
  /** Items a month, over all Regions; each keeps its share of them. */
  | { readonly kind: 'writes'; readonly perMonth: Exact };

/** The workload with a change made. @throws DdbxError `usage` where the change does not fit the table */
export function applyChange(workload: Workload, change: Change): Workload {
  switch (change.kind) {
    case 'add-replica':
      return addReplica(workload, change.region);
    case 'remove-replica':
      return removeReplica(workload, change.region);
    case 'capacity':
      return { ...workload, capacity: change.capacity };
    case 'consistency':
      return withConsistency(workload, change.consistency, change.witness);
    case 'table-class':
      return { ...workload, tableClass: change.tableClass };
    case 'item-size':
      if (workload.measured) {
        throw usageError(
          'The size of items cannot be changed in what was measured: CloudWatch counts units, not items.',
          'Describe the table with --writes and --item-size instead of --table.',
        );
      }
      return { ...workload, itemBytes: change.itemBytes };
    case 'writes':
      return withWrites(workload, change.perMonth);
  }
}

function addReplica(workload: Workload, region: string): Workload {
  if (workload.regions.some(each => each.region === region)) {
    throw usageError(`${workload.name} is in ${region} already.`, 'Name a Region that the table is not in.');
  }
  if (workload.consistency === 'strong') {
    throw usageError(
      'A global table with strong consistency takes no further replica: its three Regions are fixed when it is made.',
    );
  }
  return {
    ...workload,
    regions: [...workload.regions, { region, writes: ZERO, reads: ZERO }],
    addedRegions: [...workload.addedRegions, region],
  };
}

function removeReplica(workload: Workload, region: string): Workload {
  const leaving = workload.regions.find(each => each.region === region);
  if (leaving === undefined || region === homeOf(workload)) {
    const replicas = workload.regions.slice(1).map(each => each.region);
    throw usageError(
      region === homeOf(workload)
        ? `${region} is the Region of the table itself, not a replica.`
        : `${workload.name} has no replica in ${region}.`,
      replicas.length === 0 ? 'It has no replicas.' : `Its replicas: ${replicas.join(', ')}.`,
    );
  }
  // What callers did there they do at home from then on.
  return {
    ...workload,
    regions: workload.regions
      .filter(each => each !== leaving)
      .map((each, at) => (at === 0 ? takingOver(each, leaving) : each)),
    addedRegions: workload.addedRegions.filter(each => each !== region),
  };
}

function takingOver(home: RegionLoad, leaving: RegionLoad): RegionLoad {
  return {
    ...home,
    writes: home.writes.plus(leaving.writes),
    reads: home.reads.plus(leaving.reads),
    // What was replicated from there is written at home now.
    replicated: home.replicated === undefined ? undefined : Exact.max(0, home.replicated.minus(leaving.writes)),
  };
}

function withConsistency(
  workload: Workload,
  consistency: Workload['consistency'],
  witness: string | undefined,
): Workload {
  const changed = { ...workload, consistency, witness };
  checkConsistency(changed, field => (field === 'witness' ? 'consistency=strong:<witness>' : field));
  return changed;
}

/** The same table with so many writes a month, over all Regions; each Region keeps its share. */
export function withWrites(workload: Workload, perMonth: Exact): Workload {
  const before = allWrites(workload);
  return {
    ...followingUse(workload),
    regions: workload.regions.map((each, at) => ({
      ...each,
      writes: before.isZero() ? (at === 0 ? perMonth : ZERO) : each.writes.times(perMonth).div(before),
      replicated: before.isZero() ? undefined : each.replicated?.times(perMonth).div(before),
    })),
  };
}

/** The same table with so many reads a month; each Region keeps its share. */
export function withReads(workload: Workload, perMonth: Exact): Workload {
  const before = sumOf(workload.regions.map(each => each.reads));
  return {
    ...followingUse(workload),
    regions: workload.regions.map((each, at) => ({
      ...each,
      reads: before.isZero() ? (at === 0 ? perMonth : exact(0)) : each.reads.times(perMonth).div(before),
    })),
  };
}

/** Once use is changed, what is provisioned today says nothing any more: it follows from utilization. */
function followingUse(workload: Workload): Workload {
  const { capacity } = workload;
  if (capacity.mode === 'on-demand') return workload;
  return { ...workload, capacity: { mode: 'provisioned', utilization: capacity.utilization } };
}
