import type { Metric, MetricSeries, MetricStatistic, MetricsGateway } from '../aws/metrics-gateway.js';
import type { RegionTable } from '../aws/region-table.js';
import { DdbxError } from '../model/error.js';
import { type Exact, exact, sumOf, ZERO } from '../model/exact.js';
import { MONTH_HOURS } from './quantities.js';
import type { CapacityMode, IndexLoad, RegionLoad, Workload } from './workload.js';

/** A table in one Region, with CloudWatch of that Region. */
export interface MeasuredRegion {
  readonly table: RegionTable;
  readonly hasPitr: boolean;
  readonly metrics: MetricsGateway;
}

/** A measured table, and what has to be said about the measurement. */
export interface Measurement {
  readonly workload: Workload;
  /** GetRecords calls a month in the first Region, those of Lambda and of replication among them: not priced. */
  readonly streamCalls: Exact;
  readonly notes: readonly string[];
}

const HOUR_MS = 3_600_000;
const PERIOD_SECONDS = 3600;
const NAMESPACE = 'AWS/DynamoDB';
const BYTES_PER_GB = 1024 ** 3;
/** Of a period without data at its beginning, how much is worth a word. */
const LATE_SHARE = 0.25;
const DEFAULT_UTILIZATION = exact('0.7');

/** Units that one Region consumed in the period. */
interface RegionUnits {
  readonly ownWrites: Exact;
  readonly reads: Exact;
  readonly indexWrites: ReadonlyMap<string, Exact>;
  readonly getRecords: Exact;
  readonly firstPointMs: number | undefined;
  /** Whether CloudWatch tells callers' writes from replicated ones here. */
  readonly tellsSources: boolean;
}

/**
 * Measures a table in all its Regions and scales it to a month: one unit of CloudWatch is one item of 1 KB written, or of
 * 4 KB read strongly (FACTS F, D.9). The first Region is home.
 * @throws DdbxError `no-metrics` when CloudWatch knows nothing of the table
 */
export async function measureWorkload(
  regions: readonly MeasuredRegion[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  signal: AbortSignal,
): Promise<Measurement> {
  const [home] = regions;
  if (home === undefined) throw new RangeError('a table has a Region');
  const units = await Promise.all(regions.map(each => unitsOf(each, startMs, endMs, signal)));
  const firstPointMs = Math.min(...units.map(each => each.firstPointMs ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(firstPointMs)) throw noMetrics(home.table, startMs);
  const toMonth = exact(MONTH_HOURS * HOUR_MS).div(endMs - startMs);
  const loads = regionLoads(regions, units, toMonth);
  const writes = sumOf(loads.map(load => load.writes));
  const [homeUnits] = units;
  const indexes = [...(homeUnits?.indexWrites ?? [])].map(
    ([name, written]): IndexLoad => ({
      name,
      share: writes.isZero() ? ZERO : written.times(toMonth).div(writes),
      itemBytes: 1024,
    }),
  );
  const { table } = home;
  return {
    workload: {
      name: table.tableName,
      regions: loads,
      consistency: table.isStronglyConsistent ? 'strong' : 'eventual',
      witness: table.witnesses[0]?.region,
      capacity: capacityOf(table),
      tableClass: table.tableClass === 'STANDARD' ? 'standard' : 'standard-ia',
      itemBytes: 1024,
      readConsistency: 'strong',
      transactionalShare: ZERO,
      ttlDeletes: ZERO,
      indexes,
      storageGb: exact(table.sizeBytes + table.indexes.reduce((bytes, index) => bytes + index.sizeBytes, 0)).div(
        BYTES_PER_GB,
      ),
      pitr: regions.filter(each => each.hasPitr).map(each => each.table.region),
      backupsKept: ZERO,
      streamReaders: undefined,
      trigger: undefined,
      addedRegions: [],
      measured: true,
    },
    streamCalls: (homeUnits?.getRecords ?? ZERO).times(toMonth),
    notes: notesOf(units, { firstPointMs, startMs, endMs }),
  };
}

/** Callers' writes by Region; where CloudWatch does not tell them from replicated ones, all are put where most arrive. */
function regionLoads(
  regions: readonly MeasuredRegion[],
  units: readonly RegionUnits[],
  toMonth: Exact,
): readonly RegionLoad[] {
  const tellsSources = regions.length === 1 || units.some(each => each.tellsSources);
  const most = units.reduce((largest, { ownWrites }) => (ownWrites.gt(largest) ? ownWrites : largest), ZERO);
  return regions.map(({ table }, at) => {
    const own = units[at]?.ownWrites ?? ZERO;
    const writes = tellsSources ? own : at === 0 ? most : ZERO;
    return { region: table.region, writes: writes.times(toMonth), reads: (units[at]?.reads ?? ZERO).times(toMonth) };
  });
}

async function unitsOf(
  { table, metrics }: MeasuredRegion,
  startMs: number,
  endMs: number,
  signal: AbortSignal,
): Promise<RegionUnits> {
  const indexNames = table.indexes.map(index => index.name);
  const of = (name: string, more: Readonly<Record<string, string>> = {}, statistic: MetricStatistic = 'Sum') => ({
    metric: { namespace: NAMESPACE, name, dimensions: { TableName: table.tableName, ...more } } satisfies Metric,
    statistic,
    periodSeconds: PERIOD_SECONDS,
  });
  const queries = [
    of('ConsumedWriteCapacityUnits'),
    of('ConsumedWriteCapacityUnits', { Source: 'Customer' }),
    of('ConsumedWriteCapacityUnits', { Source: 'GlobalTable' }),
    of('ConsumedReadCapacityUnits'),
    of('SuccessfulRequestLatency', { Operation: 'GetRecords' }, 'SampleCount'),
    ...indexNames.map(index => of('ConsumedWriteCapacityUnits', { GlobalSecondaryIndexName: index })),
    ...indexNames.map(index => of('ConsumedReadCapacityUnits', { GlobalSecondaryIndexName: index })),
  ];
  const [all, customer, replicated, read, getRecords, ...ofIndexes] = await metrics.series(
    { queries, startMs, endMs },
    signal,
  );
  const indexWrites = ofIndexes.slice(0, indexNames.length);
  const indexReads = ofIndexes.slice(indexNames.length);
  const tellsSources = hasPoints(customer) || hasPoints(replicated);
  return {
    ownWrites: sumSeries(tellsSources ? customer : all),
    reads: sumOf([read, ...indexReads].map(sumSeries)),
    indexWrites: new Map(indexNames.map((name, at) => [name, sumSeries(indexWrites[at])])),
    getRecords: sumSeries(getRecords),
    firstPointMs: earliest([all, customer, replicated, read, ...indexReads]),
    tellsSources,
  };
}

function hasPoints(series: MetricSeries | undefined): boolean {
  return series !== undefined && series.points.length > 0;
}

function sumSeries(series: MetricSeries | undefined): Exact {
  return sumOf((series?.points ?? []).map(point => exact(point.value)));
}

function earliest(series: readonly (MetricSeries | undefined)[]): number | undefined {
  const times = series.flatMap(each => each?.points.slice(0, 1).map(point => point.atMs) ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What a provisioned table pays for is what is provisioned now, whatever of it is used. */
function capacityOf({ capacity, indexes }: RegionTable): CapacityMode {
  if (capacity === undefined) return { mode: 'on-demand' };
  const units = new Map([
    ['writes', exact(capacity.writeUnits)],
    ['reads', exact(capacity.readUnits + indexes.reduce((sum, index) => sum + (index.capacity?.readUnits ?? 0), 0))],
    ...indexes.map(index => [`index ${index.name} writes`, exact(index.capacity?.writeUnits ?? 0)] as const),
  ]);
  return { mode: 'provisioned', utilization: DEFAULT_UTILIZATION, units };
}

function notesOf(
  units: readonly RegionUnits[],
  { firstPointMs, startMs, endMs }: { readonly firstPointMs: number; readonly startMs: number; readonly endMs: number },
): readonly string[] {
  const notes: string[] = [];
  if (firstPointMs - startMs > LATE_SHARE * (endMs - startMs)) {
    const day = new Date(firstPointMs).toISOString().slice(0, 16);
    notes.push(
      `CloudWatch's first numbers are of ${day}Z; what was before counts as nothing. For a younger table take a shorter --period.`,
    );
  }
  if (units.length > 1 && !units.some(each => each.tellsSources)) {
    notes.push(
      'CloudWatch does not tell the writes of callers from replicated ones here: those of the busiest Region are taken for all.',
    );
  }
  return notes;
}

function noMetrics({ tableName, region }: RegionTable, startMs: number): DdbxError {
  const since = new Date(startMs).toISOString().slice(0, 10);
  return new DdbxError({
    code: 'no-metrics',
    message: `CloudWatch has no numbers of ${tableName} (${region}) since ${since}, so there is nothing to price.`,
    hint: 'Take a longer --period, or describe the table: ddbx cost estimate --writes <rate> --storage <size>.',
  });
}
