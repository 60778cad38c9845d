import { AwsError, type AwsErrorKind } from '../../src/lib/aws/aws-error.js';
import type { Metric, MetricPoint, MetricQuery, MetricsGateway } from '../../src/lib/aws/metrics-gateway.js';

/** CloudWatch of one Region in memory: series are put in, and read back as the gateway does. */
export interface FakeMetrics extends MetricsGateway {
  /** Every query that was asked, in order. */
  readonly asked: readonly MetricQuery[];
  /** Keeps the points of one metric and statistic; again: replaces them. */
  put(metric: Metric, statistic: MetricQuery['statistic'], points: readonly MetricPoint[]): void;
  /** Makes the next calls fail, one after the other. */
  failNext(...kinds: readonly AwsErrorKind[]): void;
}

/** Makes the metrics of one Region. */
export function fakeMetrics(region = 'eu-central-1'): FakeMetrics {
  const kept = new Map<string, { readonly metric: Metric; readonly points: readonly MetricPoint[] }>();
  const asked: MetricQuery[] = [];
  const failures: AwsErrorKind[] = [];
  const enter = async (operation: string, signal: AbortSignal | undefined): Promise<void> => {
    await Promise.resolve();
    const kind = signal?.aborted === true ? 'aborted' : failures.shift();
    if (kind === undefined) return;
    const message = `made to fail: ${kind}`;
    throw new AwsError({ kind, code: `Fake-${kind}`, message, service: 'cloudwatch', operation, region });
  };
  return {
    region,
    asked,
    put(metric, statistic, points) {
      kept.set(keyOf(metric, statistic), { metric, points });
    },
    failNext(...kinds) {
      failures.push(...kinds);
    },
    async series({ queries, startMs, endMs }, signal) {
      await enter('GetMetricData', signal);
      asked.push(...queries);
      return queries.map(query => {
        const points = kept.get(keyOf(query.metric, query.statistic))?.points ?? [];
        return { query, points: points.filter(({ atMs }) => atMs >= startMs && atMs < endMs), complete: true };
      });
    },
    async listMetrics({ namespace, name, dimensions = {} }, signal) {
      await enter('ListMetrics', signal);
      const found = new Map<string, Metric>();
      for (const { metric } of kept.values()) {
        const matches =
          metric.namespace === namespace &&
          (name === undefined || metric.name === name) &&
          Object.entries(dimensions).every(([key, value]) => metric.dimensions[key] === value);
        if (matches) found.set(keyOf(metric, ''), metric);
      }
      return [...found.values()];
    },
  };
}

function keyOf(metric: Metric, statistic: string): string {
  const dimensions = Object.entries(metric.dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([metric.namespace, metric.name, dimensions, statistic]);
}
