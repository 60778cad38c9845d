import type { Metric, MetricSeries, MetricStatistic, MetricsGateway } from '../aws/metrics-gateway.js';
import type { RegionTable } from '../aws/region-table.js';
import { DdbxError } from '../model/error.js';
import { Exact, exact, sumOf, ZERO } from '../model/exact.js';
import { DEFAULT_UTILIZATION, MONTH_HOURS } from './quantities.js';
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
  readonly notes: readonly string[];
}

const HOUR_MS = 3_600_000;
/** A period this short is summed by minutes: by hours, its ends would count for too much. */
const SHORT_MS = 24 * HOUR_MS;
const NAMESPACE = 'AWS/DynamoDB';
const BYTES_PER_GB = 1024 ** 3;
/** Of a period without data at its beginning, how much is worth a word. */
const LATE_SHARE = 0.25;

/** Units that one Region consumed in the period. */
interface RegionUnits {
  readonly ownWrites: Exact;
  readonly replicatedWrites: Exact;
  readonly reads: Exact;
  readonly indexWrites: ReadonlyMap<string, Exact>;
  readonly getRecords: Exact;
  /** What was provisioned on average, by the ids of usage; empty for a table on demand. */
  readonly provisioned: ReadonlyMap<string, Exact>;
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
  period: { readonly startMs: number; readonly endMs: number },
  signal: AbortSignal,
): Promise<Measurement> {
  const [home] = regions;
  if (home === undefined) throw new RangeError('a table has a Region');
  const { startMs, endMs } = wholePeriod(period);
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
      itemBytes: undefined,
    }),
  );
  const { table } = home;
  return {
    workload: {
      name: table.tableName,
      regions: loads,
      consistency: table.isStronglyConsistent ? 'strong' : 'eventual',
      witness: table.witnesses[0]?.region,
      capacity: capacityOf(table, units),
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
      streamCalls: new Map(
        regions.map((each, at) => [each.table.region, (units[at]?.getRecords ?? ZERO).times(toMonth)]),
      ),
      trigger: undefined,
      addedRegions: [],
      measured: true,
    },
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
    const { ownWrites = ZERO, replicatedWrites = ZERO, reads = ZERO } = units[at] ?? {};
    const writes = tellsSources ? ownWrites : at === 0 ? most : ZERO;
    const isCounted = tellsSources && regions.length > 1;
    return {
      region: table.region,
      writes: writes.times(toMonth),
      reads: reads.times(toMonth),
      replicated: isCounted ? replicatedWrites.times(toMonth) : undefined,
    };
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
    periodSeconds: periodSecondsOf(endMs - startMs),
  });
  const queries = [
    of('ConsumedWriteCapacityUnits'),
    of('ConsumedWriteCapacityUnits', { Source: 'Customer' }),
    of('ConsumedWriteCapacityUnits', { Source: 'GlobalTable' }),
    of('ConsumedReadCapacityUnits'),
    of('SuccessfulRequestLatency', { Operation: 'GetRecords' }, 'SampleCount'),
    of('SuccessfulRequestLatency', { Operation: 'GetRecords', StreamLabel: streamLabelOf(table) }, 'SampleCount'),
    ...indexNames.map(index => of('ConsumedWriteCapacityUnits', { GlobalSecondaryIndexName: index })),
    ...indexNames.map(index => of('ConsumedReadCapacityUnits', { GlobalSecondaryIndexName: index })),
  ];
  const provisioned = provisionedNow(table).map(each => ({
    ...each,
    query: of(each.metric, each.index === undefined ? {} : { GlobalSecondaryIndexName: each.index }, 'Average'),
  }));
  const [all, customer, replicated, read, getRecords, ofStream, ...others] = await metrics.series(
    { queries: [...queries, ...provisioned.map(each => each.query)], startMs, endMs },
    signal,
  );
  const indexWrites = others.slice(0, indexNames.length);
  const indexReads = others.slice(indexNames.length, 2 * indexNames.length);
  const averages = others.slice(2 * indexNames.length);
  const tellsSources = hasPoints(customer) || hasPoints(replicated);
  return {
    ownWrites: sumSeries(tellsSources ? customer : all),
    replicatedWrites: sumSeries(replicated),
    reads: sumOf([read, ...indexReads].map(sumSeries)),
    indexWrites: new Map(indexNames.map((name, at) => [name, sumSeries(indexWrites[at])])),
    // The same calls, with a dimension more or less.
    getRecords: Exact.max(sumSeries(getRecords), sumSeries(ofStream)),
    provisioned: provisionedUnits(
      provisioned.map(({ id, units }, at) => ({ id, units: averageOf(averages[at], units) })),
    ),
    firstPointMs: earliest([all, customer, replicated, read, ...indexReads]),
    tellsSources,
  };
}

/** A stream's ARN ends with its label. */
function streamLabelOf({ latestStreamArn }: RegionTable): string {
  return latestStreamArn?.split('/stream/')[1] ?? '-';
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

/** Capacity of a table or of one of its indexes, as it is provisioned now. */
interface ProvisionedNow {
  /** The usage that it is for: reads of indexes are one line with those of the table. */
  readonly id: string;
  readonly metric: 'ProvisionedWriteCapacityUnits' | 'ProvisionedReadCapacityUnits';
  readonly index: string | undefined;
  readonly units: number;
}

function provisionedNow({ region, capacity, indexes }: RegionTable): readonly ProvisionedNow[] {
  if (capacity === undefined) return [];
  const parts = [{ name: undefined, capacity }, ...indexes];
  return parts.flatMap(({ name: index, capacity: units }): readonly ProvisionedNow[] => [
    {
      id: `${region}/${index === undefined ? 'writes' : `index ${index} writes`}`,
      metric: 'ProvisionedWriteCapacityUnits',
      index,
      units: units?.writeUnits ?? 0,
    },
    { id: `${region}/reads`, metric: 'ProvisionedReadCapacityUnits', index, units: units?.readUnits ?? 0 },
  ]);
}

/** What auto scaling made of it over the period; what is provisioned now where CloudWatch does not say. */
function averageOf(series: MetricSeries | undefined, now: number): Exact {
  return series === undefined || series.points.length === 0 ? exact(now) : sumSeries(series).div(series.points.length);
}

function provisionedUnits(
  parts: readonly { readonly id: string; readonly units: Exact }[],
): ReadonlyMap<string, Exact> {
  const units = new Map<string, Exact>();
  for (const part of parts) units.set(part.id, (units.get(part.id) ?? ZERO).plus(part.units));
  return units;
}

/** What a provisioned table pays for is what is provisioned, whatever of it is used; each Region has its own. */
function capacityOf({ capacity }: RegionTable, units: readonly RegionUnits[]): CapacityMode {
  if (capacity === undefined) return { mode: 'on-demand' };
  return {
    mode: 'provisioned',
    utilization: DEFAULT_UTILIZATION,
    units: new Map(units.flatMap(each => [...each.provisioned])),
  };
}

/** CloudWatch sums whole minutes or hours, so a period ends with one and is as many as it was asked to be. */
function wholePeriod({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }) {
  const stepMs = periodSecondsOf(endMs - startMs) * 1000;
  const wholeEndMs = Math.ceil(endMs / stepMs) * stepMs;
  return { startMs: wholeEndMs - Math.ceil((endMs - startMs) / stepMs) * stepMs, endMs: wholeEndMs };
}

function periodSecondsOf(lengthMs: number): number {
  return lengthMs > SHORT_MS ? 3600 : 60;
}

function notesOf(
  units: readonly RegionUnits[],
  { firstPointMs, startMs, endMs }: { readonly firstPointMs: number; readonly startMs: number; readonly endMs: number },
): readonly string[] {
  const notes: string[] = [];
  if (firstPointMs - startMs > LATE_SHARE * (endMs - startMs)) {
    const since = instantText(firstPointMs);
    notes.push(
      `CloudWatch's first numbers begin at ${since}; what was before counts as nothing. For a younger table take a shorter --period.`,
    );
  }
  if (units.length > 1 && !units.some(each => each.tellsSources)) {
    notes.push(
      'CloudWatch does not tell the writes of callers from replicated ones here: those of the busiest Region are taken for all.',
    );
  }
  return notes;
}

function instantText(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}

function noMetrics({ tableName, region }: RegionTable, startMs: number): DdbxError {
  const since = instantText(startMs);
  return new DdbxError({
    code: 'no-metrics',
    message: `CloudWatch has no numbers of ${tableName} (${region}) since ${since}, so there is nothing to price.`,
    hint: 'Take a longer --period, or describe the table: ddbx cost estimate --writes <rate> --storage <size>.',
  });
}
