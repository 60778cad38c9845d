import type { Metric, MetricPoint, MetricQuery, MetricsGateway, MetricStatistic } from '../aws/metrics-gateway.js';
import type { StreamMapping } from './stream-mapping.js';

const MINUTE_MS = 60_000;

/** The dimensions of a function's metrics: with a version or alias there is a second one (FACTS F). */
function functionDimensions(functionName: string): Readonly<Record<string, string>> {
  const [name = functionName, qualifier] = functionName.split(':');
  return qualifier === undefined ? { FunctionName: name } : { FunctionName: name, Resource: `${name}:${qualifier}` };
}

/** A metric of the mapping's function; all streams of the function feed it. */
export function functionMetric(name: string, { functionName }: Pick<StreamMapping, 'functionName'>): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: functionDimensions(functionName) };
}

/** A metric of the mapping itself; there is one only where its metrics are on. */
export function mappingMetric(name: string, { uuid }: Pick<StreamMapping, 'uuid'>): Metric {
  return { namespace: 'AWS/Lambda', name, dimensions: { EventSourceMappingUUID: uuid } };
}

/** A query of whole minutes. */
export function perMinute(metric: Metric, statistic: MetricStatistic): MetricQuery {
  return { metric, statistic, periodSeconds: 60 };
}

/** The span of the last `spanMs`, on whole minutes, for CloudWatch. */
export function lastMinutes(nowMs: number, spanMs: number): { readonly startMs: number; readonly endMs: number } {
  return { startMs: Math.floor((nowMs - spanMs) / MINUTE_MS) * MINUTE_MS, endMs: nowMs };
}

/** The iterator age is looked for in so long a time. */
const AGE_SPAN_MS = 300_000;

/**
 * The iterator age of each mapping's function, by UUID: the newest minute of the last five; without one nothing was read.
 * @throws AwsError
 */
export async function iteratorAges(
  metrics: MetricsGateway,
  mappings: readonly StreamMapping[],
  nowMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, MetricPoint>> {
  if (mappings.length === 0) return new Map();
  const queries = mappings.map(mapping => perMinute(functionMetric('IteratorAge', mapping), 'Maximum'));
  const series = await metrics.series({ queries, ...lastMinutes(nowMs, AGE_SPAN_MS) }, signal);
  const ages = new Map<string, MetricPoint>();
  for (const [index, mapping] of mappings.entries()) {
    const last = series[index]?.points.at(-1);
    if (last !== undefined) ages.set(mapping.uuid, last);
  }
  return ages;
}
