import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataOutput,
  ListMetricsCommand,
  type Metric as SdkMetric,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { type ServiceContext, call } from './call.js';

/** A metric of CloudWatch, by its whole name. Dimensions match exactly: one too few finds nothing. */
export interface Metric {
  /** Such as `AWS/DynamoDB`. */
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What is made of the samples of one period. */
export type MetricStatistic = 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'SampleCount' | `p${number}`;

/** One line of a chart that is asked for. */
export interface MetricQuery {
  readonly metric: Metric;
  readonly statistic: MetricStatistic;
  /** A multiple of 60. */
  readonly periodSeconds: number;
}

/** What was measured in the period that began at this instant. */
export interface MetricPoint {
  readonly atMs: number;
  readonly value: number;
}

/** The answer to one query: the oldest point first. A period in which nothing was measured has no point. */
export interface MetricSeries {
  readonly query: MetricQuery;
  readonly points: readonly MetricPoint[];
  /** False when CloudWatch says that it did not find, or may not show, all of it. */
  readonly complete: boolean;
}

/** CloudWatch in one Region; every Region knows only its own metrics (FACTS F). Every method throws AwsError. */
export interface MetricsGateway {
  readonly region: string;
  /** The series of any number of queries, in the order of the queries; asks in as few calls as CloudWatch takes. */
  series(
    input: { readonly queries: readonly MetricQuery[]; readonly startMs: number; readonly endMs: number },
    signal?: AbortSignal,
  ): Promise<readonly MetricSeries[]>;
  /** The metrics that had data in the last two weeks; dimensions need not be all of a metric's. */
  listMetrics(
    input: {
      readonly namespace: string;
      readonly name?: string | undefined;
      readonly dimensions?: Readonly<Record<string, string>> | undefined;
    },
    signal?: AbortSignal,
  ): Promise<readonly Metric[]>;
}

/** GetMetricData takes so many queries in one call. */
const QUERIES_PER_CALL = 500;

/** The gateway over the SDK's client. */
export function sdkMetricsGateway(client: CloudWatchClient, context: ServiceContext): MetricsGateway {
  const options = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });
  return {
    region: context.region,
    async series({ queries, startMs, endMs }, signal) {
      const collected = queries.map(query => ({ query, points: [] as MetricPoint[], complete: true }));
      for (let first = 0; first < queries.length; first += QUERIES_PER_CALL) {
        const sent = queries.slice(first, first + QUERIES_PER_CALL).map((query, index) => toSdk(query, first + index));
        let after: string | undefined;
        do {
          const command = new GetMetricDataCommand({
            MetricDataQueries: sent,
            StartTime: new Date(startMs),
            EndTime: new Date(endMs),
            ScanBy: 'TimestampAscending',
            NextToken: after,
          });
          const output = await call(context, 'GetMetricData', undefined, () => client.send(command, options(signal)));
          addPage(output, collected);
          after = present(output.NextToken);
        } while (after !== undefined);
      }
      return collected;
    },
    async listMetrics({ namespace, name, dimensions = {} }, signal) {
      const found: Metric[] = [];
      let after: string | undefined;
      do {
        const command = new ListMetricsCommand({
          Namespace: namespace,
          MetricName: name,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          NextToken: after,
        });
        const output = await call(context, 'ListMetrics', undefined, () => client.send(command, options(signal)));
        for (const metric of output.Metrics ?? []) found.push(toMetric(metric, namespace));
        after = present(output.NextToken);
      } while (after !== undefined);
      return found;
    },
  };
}

/** An id that CloudWatch accepts (it begins with a small letter), from which the query is found again. */
const idOf = (index: number): string => `q${index}`;

function toSdk({ metric, statistic, periodSeconds }: MetricQuery, index: number): MetricDataQuery {
  return {
    Id: idOf(index),
    ReturnData: true,
    MetricStat: {
      Metric: {
        Namespace: metric.namespace,
        MetricName: metric.name,
        Dimensions: Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: statistic,
    },
  };
}

interface CollectedSeries {
  readonly points: MetricPoint[];
  complete: boolean;
}

/** A page holds part of some series; PartialData only says that a later page has more. */
function addPage(output: GetMetricDataOutput, collected: readonly CollectedSeries[]): void {
  for (const result of output.MetricDataResults ?? []) {
    const series = collected[Number(result.Id?.slice(1))];
    if (series === undefined) continue;
    const values = result.Values ?? [];
    (result.Timestamps ?? []).forEach((at, index) => {
      const value = values[index];
      if (value !== undefined) series.points.push({ atMs: at.getTime(), value });
    });
    if (result.StatusCode === 'InternalError' || result.StatusCode === 'Forbidden') series.complete = false;
  }
}

function toMetric(metric: SdkMetric, namespace: string): Metric {
  return {
    namespace: metric.Namespace ?? namespace,
    name: metric.MetricName ?? '',
    dimensions: Object.fromEntries((metric.Dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? ''])),
  };
}

function present(token: string | undefined): string | undefined {
  return token === '' ? undefined : token;
}
