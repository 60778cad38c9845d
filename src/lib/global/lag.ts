import type { Aws } from '../aws/connection.js';
import type { MetricPoint, MetricQuery } from '../aws/metrics-gateway.js';
import type { RegionTable } from '../aws/region-table.js';
import { inRegions, regionsOf } from './global-table.js';
import { look } from './looked.js';

const MINUTE_MS = 60_000;
/** CloudWatch shows a period some minutes after it has ended; a silence shorter than this says nothing. */
const SETTLE_MS = 5 * MINUTE_MS;
/** How far back a status looks. */
const SUMMARY_WINDOW_MS = 15 * MINUTE_MS;

/** How late changes arrive, over the last periods. */
export interface LagSummary {
  readonly averageMs: number;
  readonly maximumMs: number;
  readonly atMs: number;
}

/**
 * What a pair of Regions looks like.
 * `stalled`: latency was reported, then it ceased while writes went on; FACTS D.8 says that a fall to nothing can mean that.
 * `silent`: it ceased, and no writes are known of, so there may have been nothing to replicate.
 * `no-data`: nothing in the whole window.
 */
export type PairState = 'flowing' | 'stalled' | 'silent' | 'no-data';

/** The latency of one direction between two Regions, from CloudWatch of the sending one. */
export interface PairLag {
  readonly from: string;
  readonly to: string;
  readonly state: PairState;
  readonly latest: LagSummary | undefined;
  /** The average of each period of the window, the oldest first; null where nothing was measured. */
  readonly averagesMs: readonly (number | null)[];
  readonly maximumMs: number | undefined;
  /** Since when nothing was measured; undefined while it flows, and when nothing ever was. */
  readonly silentSinceMs: number | undefined;
  /** Write units that customers consumed in the sending Region since then; undefined where CloudWatch does not say. */
  readonly writesSince: number | undefined;
}

/** The latencies of a table. */
export interface LagReport {
  readonly tableName: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
  readonly pairs: readonly PairLag[];
  /** Regions whose CloudWatch could not be asked; their pairs are missing. */
  readonly failures: readonly { readonly region: string; readonly error: unknown }[];
}

/** What a look at the latency needs. */
export interface LagOptions {
  readonly aws: Pick<Aws, 'metrics'>;
  readonly home: RegionTable;
  /** By the clock of AWS: CloudWatch files its periods by that, whatever a laptop's clock says. */
  readonly nowMs: number;
  readonly signal: AbortSignal;
  /** How far back to look. */
  readonly windowMs: number;
  /** A multiple of a minute. */
  readonly periodMs: number;
}

/** Reads ReplicationLatency of every pair of Regions; each Region's CloudWatch is asked once. */
export async function replicationLag(options: LagOptions): Promise<LagReport> {
  const { aws, home, nowMs, signal, windowMs, periodMs } = options;
  const regions = regionsOf(home);
  // Whole periods, so that equal looks ask for equal things.
  const endMs = Math.ceil(nowMs / periodMs) * periodMs;
  const startMs = endMs - windowMs;
  const looks = await inRegions(regions, async from => {
    const others = regions.filter(to => to !== from);
    const ask = async (): Promise<readonly PairLag[]> => {
      const gateway = await aws.metrics(from);
      const queries = [
        ...others.flatMap(to => latencyQueries(home.tableName, to, periodMs)),
        writesQuery(home, periodMs),
      ];
      const series = await gateway.series({ queries, startMs, endMs }, signal);
      const writes = series.at(-1)?.points ?? [];
      return others.map((to, index) =>
        pairLag({ from, to }, series[2 * index]?.points ?? [], series[2 * index + 1]?.points ?? [], writes, {
          startMs,
          endMs,
          periodMs,
          nowMs,
        }),
      );
    };
    return { from, pairs: await look(ask()) };
  });
  return {
    tableName: home.tableName,
    startMs,
    endMs,
    periodMs,
    pairs: looks.flatMap(({ pairs }) => (pairs.known ? pairs.value : [])),
    failures: looks.flatMap(({ from, pairs }) => (pairs.known ? [] : [{ region: from, error: pairs.error }])),
  };
}

/** The latest latency by receiving Region: the slowest of those that send to it. */
export async function lagSummaries(options: Omit<LagOptions, 'windowMs' | 'periodMs'>): Promise<{
  readonly byReceiver: ReadonlyMap<string, LagSummary>;
  readonly failures: LagReport['failures'];
}> {
  const report = await replicationLag({ ...options, windowMs: SUMMARY_WINDOW_MS, periodMs: MINUTE_MS });
  const byReceiver = new Map<string, LagSummary>();
  for (const { to, latest } of report.pairs) {
    const known = byReceiver.get(to);
    if (latest !== undefined && (known === undefined || latest.averageMs > known.averageMs)) byReceiver.set(to, latest);
  }
  return { byReceiver, failures: report.failures };
}

/** The pairs whose latest average, or whose silence, is above the limit. */
export function pairsAbove(report: LagReport, limitMs: number): readonly PairLag[] {
  return report.pairs.filter(
    ({ state, latest }) => state === 'stalled' || (latest !== undefined && latest.averageMs > limitMs),
  );
}

function latencyQueries(tableName: string, receivingRegion: string, periodMs: number): readonly MetricQuery[] {
  const metric = {
    namespace: 'AWS/DynamoDB',
    name: 'ReplicationLatency',
    dimensions: { TableName: tableName, ReceivingRegion: receivingRegion },
  };
  return (['Average', 'Maximum'] as const).map(statistic => ({ metric, statistic, periodSeconds: periodMs / 1000 }));
}

function writesQuery(home: RegionTable, periodMs: number): MetricQuery {
  const metric = {
    namespace: 'AWS/DynamoDB',
    name: 'ConsumedWriteCapacityUnits',
    // Replicated writes count as writes, too, and say nothing about a stall in the other direction (FACTS F).
    dimensions: { TableName: home.tableName, Source: 'Customer' },
  };
  return { metric, statistic: 'Sum', periodSeconds: periodMs / 1000 };
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
  readonly periodMs: number;
  readonly nowMs: number;
}

function pairLag(
  pair: { readonly from: string; readonly to: string },
  averages: readonly MetricPoint[],
  maxima: readonly MetricPoint[],
  writes: readonly MetricPoint[],
  span: Span,
): PairLag {
  const last = averages.at(-1);
  const maximumMs = maxima.length === 0 ? undefined : Math.max(...maxima.map(point => point.value));
  const silentSinceMs = last === undefined ? undefined : last.atMs + span.periodMs;
  const isSilent = silentSinceMs !== undefined && span.nowMs - silentSinceMs > SETTLE_MS;
  const later = writes.filter(point => isSilent && point.atMs >= silentSinceMs);
  const writesSince = writes.length === 0 || !isSilent ? undefined : later.reduce((sum, point) => sum + point.value, 0);
  return {
    ...pair,
    state: stateOf(last !== undefined, isSilent, writesSince),
    latest:
      last === undefined || isSilent
        ? undefined
        : {
            averageMs: last.value,
            maximumMs: maxima.find(point => point.atMs === last.atMs)?.value ?? last.value,
            atMs: last.atMs,
          },
    averagesMs: byPeriod(averages, span),
    maximumMs,
    silentSinceMs: isSilent ? silentSinceMs : undefined,
    writesSince,
  };
}

function stateOf(hasData: boolean, isSilent: boolean, writesSince: number | undefined): PairState {
  if (!hasData) return 'no-data';
  if (!isSilent) return 'flowing';
  return writesSince !== undefined && writesSince > 0 ? 'stalled' : 'silent';
}

function byPeriod(points: readonly MetricPoint[], { startMs, endMs, periodMs }: Span): readonly (number | null)[] {
  const values = new Map(points.map(point => [Math.floor((point.atMs - startMs) / periodMs), point.value]));
  return Array.from({ length: Math.round((endMs - startMs) / periodMs) }, (_, index) => values.get(index) ?? null);
}
