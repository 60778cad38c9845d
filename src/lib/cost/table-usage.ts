import { type Exact, exact, ONE } from '../model/exact.js';
import type { Dimension } from './dimensions.js';
import type { RuleName } from './rules.js';
import { readUnitsOf, writeUnitsOf } from './units.js';
import { addRanges, just, mapRange, type Range, type Usage } from './usage.js';
import { MONTH_HOURS } from './quantities.js';
import { allWrites, homeOf, type RegionLoad, type Workload } from './workload.js';

const MONTH_SECONDS = MONTH_HOURS * 3600;

/** What a Region is charged for the table itself: writes, index writes, reads, storage, recovery, backups. */
export function tableUsage(workload: Workload, load: RegionLoad): readonly Usage[] {
  return [
    ...writeUsage(workload, load),
    ...indexUsage(workload, load),
    ...readUsage(workload, load),
    ...storageUsage(workload, load),
  ].filter(({ quantity }) => quantity.high.gt(0));
}

function writeUsage(workload: Workload, load: RegionLoad): readonly Usage[] {
  const each = writeUnitsOf(workload.itemBytes);
  const isGlobal = workload.regions.length > 1;
  const doubled = ONE.plus(workload.transactionalShare);
  const own = load.writes.times(each).times(doubled);
  const others = allWrites(workload).minus(load.writes).times(each);
  // What a replica is charged for a write that was transactional elsewhere is not documented: once or twice (FACTS D.9).
  const written: Range =
    load.replicated === undefined
      ? { low: own.plus(others), high: own.plus(others.times(doubled)) }
      : just(own.plus(load.replicated));
  const byTtl = load.region === homeOf(workload) || !isGlobal ? just(exact(0)) : just(workload.ttlDeletes.times(each));
  const units = addRanges(written, byTtl);
  const count =
    load.replicated === undefined
      ? `${shown(allWrites(workload))} writes x ${sizeText(each)}`
      : `${shown(load.writes)} units of callers + ${shown(load.replicated)} of replication`;
  const twice = workload.transactionalShare.isZero()
    ? ''
    : `, ${percent(workload.transactionalShare)} of them transactional`;
  const deletes = byTtl.low.isZero() ? '' : ` + ${shown(workload.ttlDeletes)} deletes by TTL x ${sizeText(each)}`;
  return capacityUsage(workload, load.region, {
    id: 'writes',
    title: isGlobal ? 'replicated writes' : 'writes',
    kind: isGlobal ? 'replicated-write' : 'write',
    units,
    rule: isGlobal ? 'replicated-write-units' : 'write-units',
    arithmetic: `${count}${twice}${deletes}`,
  });
}

function indexUsage(workload: Workload, load: RegionLoad): readonly Usage[] {
  const isHome = load.region === homeOf(workload);
  return workload.indexes.flatMap(index => {
    const each = writeUnitsOf(index.itemBytes ?? workload.itemBytes);
    // A delete by TTL is free where it happens, with what it deletes from the indexes.
    const writes = isHome ? allWrites(workload) : allWrites(workload).plus(workload.ttlDeletes);
    return capacityUsage(workload, load.region, {
      id: `index ${index.name} writes`,
      title: `writes to index ${index.name}`,
      kind: 'write',
      units: just(writes.times(index.share).times(each)),
      rule: 'index-writes',
      arithmetic: `${shown(writes)} writes x ${percent(index.share)} x ${sizeText(each)}`,
    });
  });
}

function readUsage(workload: Workload, load: RegionLoad): readonly Usage[] {
  const each = readUnitsOf(workload.itemBytes, workload.readConsistency);
  return capacityUsage(workload, load.region, {
    id: 'reads',
    title: workload.measured ? 'reads' : `${workload.readConsistency} reads`,
    kind: 'read',
    units: just(load.reads.times(each)),
    rule: 'read-units',
    arithmetic: `${shown(load.reads)} reads x ${each.toFixed()}`,
  });
}

interface CapacityUse {
  readonly id: string;
  readonly title: string;
  readonly kind: 'write' | 'replicated-write' | 'read';
  /** Units of a month. */
  readonly units: Range;
  readonly rule: RuleName;
  readonly arithmetic: string;
}

const ON_DEMAND: Readonly<Record<CapacityUse['kind'], 'wru' | 'rwru' | 'rru'>> = {
  write: 'wru',
  'replicated-write': 'rwru',
  read: 'rru',
};

const PROVISIONED: Readonly<Record<CapacityUse['kind'], 'wcu-hour' | 'rwcu-hour' | 'rcu-hour'>> = {
  write: 'wcu-hour',
  'replicated-write': 'rwcu-hour',
  read: 'rcu-hour',
};

/** Units as they are paid for: by the request, or as capacity by the hour. */
function capacityUsage(workload: Workload, region: string, use: CapacityUse): readonly Usage[] {
  const common = { id: `${region}/${use.id}`, region, title: use.title, once: false };
  const { capacity } = workload;
  if (capacity.mode === 'on-demand') {
    return [
      {
        ...common,
        dimension: ofClass(workload, ON_DEMAND[use.kind]),
        quantity: use.units,
        rule: workload.measured ? 'measured' : use.rule,
        arithmetic: use.arithmetic,
      },
    ];
  }
  const known = capacity.units?.get(common.id);
  const provisioned =
    known === undefined
      ? mapRange(use.units, units => units.div(MONTH_SECONDS).div(capacity.utilization).ceil())
      : just(known);
  const unit = PROVISIONED[use.kind].replace('-hour', '').toUpperCase().replace('RWCU', 'rWCU');
  return [
    {
      ...common,
      dimension: ofClass(workload, PROVISIONED[use.kind]),
      quantity: mapRange(provisioned, units => units.times(MONTH_HOURS)),
      rule: 'capacity',
      arithmetic:
        known === undefined
          ? `(${use.arithmetic}) / ${shown(exact(MONTH_SECONDS))} s / ${percent(capacity.utilization)} = ${rangeText(provisioned)} ${unit} x ${MONTH_HOURS} h`
          : `${shown(known)} ${unit} x ${MONTH_HOURS} h`,
    },
  ];
}

function storageUsage(workload: Workload, load: RegionLoad): readonly Usage[] {
  const { storageGb } = workload;
  const line = (
    id: string,
    title: string,
    dimension: Dimension,
    quantity: Exact,
    rule: RuleName,
    text: string,
  ): Usage => ({
    id: `${load.region}/${id}`,
    region: load.region,
    dimension,
    title,
    quantity: just(quantity),
    rule,
    arithmetic: text,
    once: false,
  });
  const size = `${shown(storageGb)} GB`;
  const lines = [line('storage', 'storage', ofClass(workload, 'storage'), storageGb, 'storage', size)];
  if (hasPitr(workload, load.region))
    lines.push(line('pitr', 'point-in-time recovery', 'pitr', storageGb, 'pitr', size));
  if (load.region === homeOf(workload)) {
    const kept = workload.backupsKept;
    const text = `${size} x ${shown(kept)} backups`;
    lines.push(line('backups', 'on-demand backups', 'backup', storageGb.times(kept), 'backups', text));
  }
  if (workload.addedRegions.includes(load.region)) {
    lines.push({ ...line('restore', 'adding the replica', 'restore', storageGb, 'restore', size), once: true });
  }
  return lines;
}

function hasPitr({ pitr }: Workload, region: string): boolean {
  return typeof pitr === 'string' ? pitr === 'everywhere' : pitr.includes(region);
}

type ClassedDimension = 'wru' | 'rru' | 'rwru' | 'wcu-hour' | 'rcu-hour' | 'rwcu-hour' | 'storage';

function ofClass({ tableClass }: Workload, dimension: ClassedDimension): Dimension {
  return tableClass === 'standard' ? dimension : `ia-${dimension}`;
}

function sizeText(units: Exact): string {
  return `${units.toFixed()} KB`;
}

function percent(share: Exact): string {
  return `${share.times(100).toFixed()}%`;
}

function rangeText({ low, high }: Range): string {
  return low.eq(high) ? shown(low) : `${shown(low)} to ${shown(high)}`;
}

const DECIMALS_BELOW = 1000;
const SMALL_BELOW = 0.01;

/** A number with thousands grouped; below a thousand with at most two decimals, or two digits. */
export function shown(amount: Exact): string {
  const rounded = amount.abs().lt(SMALL_BELOW)
    ? amount.toSignificantDigits(2)
    : amount.toDecimalPlaces(amount.abs().lt(DECIMALS_BELOW) ? 2 : 0);
  const [whole = '', fraction] = rounded.toFixed().split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
