import type { FunctionConfiguration } from '../aws/functions-gateway.js';
import type { Metric, MetricPoint, MetricsGateway, MetricStatistic } from '../aws/metrics-gateway.js';
import type { Measured } from './advise.js';
import { functionMetric, lastMinutes, mappingMetric, perMinute } from './function-metrics.js';
import type { StreamMapping } from './stream-mapping.js';

/** What measuring a mapping needs. */
export interface MeasureInput {
  readonly mapping: StreamMapping;
  readonly metrics: MetricsGateway;
  readonly openShards: number;
  readonly functionConfiguration: FunctionConfiguration | undefined;
  readonly spanMs: number;
  readonly nowMs: number;
  readonly signal: AbortSignal;
}

/** Reads what CloudWatch knows of a mapping, its function and its stream (FACTS F). @throws AwsError */
export async function measureMapping(input: MeasureInput): Promise<Measured> {
  const { mapping, metrics, openShards, functionConfiguration, spanMs, nowMs, signal } = input;
  const ofFunction = (name: string, statistic: MetricStatistic) => perMinute(functionMetric(name, mapping), statistic);
  const queries = [
    ofFunction('IteratorAge', 'Maximum'),
    ofFunction('Invocations', 'Sum'),
    ofFunction('Errors', 'Sum'),
    ofFunction('Throttles', 'Sum'),
    ofFunction('Duration', 'Sum'),
    ofFunction('Duration', 'SampleCount'),
    ofFunction('Duration', 'Maximum'),
    perMinute(recordsMetric(mapping), 'Sum'),
  ];
  const series = await metrics.series({ queries, ...lastMinutes(nowMs, spanMs) }, signal);
  const points = series.map(each => each.points);
  const [ages = [], invocations, errors, throttles, duration, samples, longest = [], records] = points;
  const durations = sum(samples);
  return {
    settings: mapping.settings,
    openShards,
    spanMs,
    ageMs: ages.at(-1)?.value,
    firstAgeMs: ages.length < 2 ? undefined : ages[0]?.value,
    invocations: sum(invocations),
    errors: sum(errors),
    throttles: sum(throttles),
    averageDurationMs: durations === 0 ? undefined : sum(duration) / durations,
    longestDurationMs: longest.length === 0 ? undefined : Math.max(...longest.map(({ value }) => value)),
    records: records === undefined || records.length === 0 ? undefined : sum(records),
    timeoutMs: functionConfiguration?.timeoutMs,
    reservedConcurrency: functionConfiguration?.reservedConcurrency,
  };
}

/** The mapping's own count where it has one; else what all readers of the stream were given. */
function recordsMetric(mapping: StreamMapping): Metric {
  if (mapping.settings.metrics.includes('EventCount')) return mappingMetric('InvokedEventCount', mapping);
  const { tableName, stream } = mapping;
  return {
    namespace: 'AWS/DynamoDB',
    name: 'ReturnedRecordsCount',
    dimensions: { TableName: tableName, StreamLabel: stream.label, Operation: 'GetRecords' },
  };
}

function sum(points: readonly MetricPoint[] | undefined): number {
  return (points ?? []).reduce((total, { value }) => total + value, 0);
}
