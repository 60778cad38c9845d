import { describe, expect, it } from 'vitest';
import type { MetricQuery, MetricsGateway } from '../../../src/lib/aws/metrics-gateway.js';
import { deniedAction } from '../../../src/lib/aws/translate.js';
import { answerError, answerJson, type WireServer } from '../../support/wire-server.js';
import { doorTo } from './wire-door.js';

async function gatewayOn(
  answer: Parameters<typeof doorTo>[0],
): Promise<{ metrics: MetricsGateway; server: WireServer }> {
  const { aws, server } = await doorTo(answer);
  return { metrics: await aws.metrics('eu-west-1'), server };
}

const latency = (receivingRegion: string): MetricQuery => ({
  metric: {
    namespace: 'AWS/DynamoDB',
    name: 'ReplicationLatency',
    dimensions: { TableName: 'Orders', ReceivingRegion: receivingRegion },
  },
  statistic: 'Average',
  periodSeconds: 300,
});

const minute = (n: number): number => Date.UTC(2026, 10, 24, 12, n) / 1000;

describe('series', () => {
  it('asks all queries in one call and gives the answers in the order of the queries', async () => {
    const { metrics, server } = await gatewayOn(response => {
      answerJson(response, {
        MetricDataResults: [
          { Id: 'q1', Timestamps: [minute(0)], Values: [900], StatusCode: 'Complete' },
          { Id: 'q0', Timestamps: [minute(0), minute(5)], Values: [700, 720.5], StatusCode: 'Complete' },
        ],
      });
    });
    const queries = [latency('us-east-1'), latency('ap-southeast-2'), latency('sa-east-1')];
    const series = await metrics.series({ queries, startMs: minute(0) * 1000, endMs: minute(10) * 1000 });
    expect(series).toEqual([
      {
        query: queries[0],
        points: [
          { atMs: minute(0) * 1000, value: 700 },
          { atMs: minute(5) * 1000, value: 720.5 },
        ],
        complete: true,
      },
      { query: queries[1], points: [{ atMs: minute(0) * 1000, value: 900 }], complete: true },
      { query: queries[2], points: [], complete: true },
    ]);
    expect(server.requests.map(({ operation }) => operation)).toEqual(['GetMetricData']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      ScanBy: 'TimestampAscending',
      StartTime: minute(0),
      EndTime: minute(10),
      MetricDataQueries: [
        {
          Id: 'q0',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/DynamoDB',
              MetricName: 'ReplicationLatency',
              Dimensions: [
                { Name: 'TableName', Value: 'Orders' },
                { Name: 'ReceivingRegion', Value: 'us-east-1' },
              ],
            },
            Period: 300,
            Stat: 'Average',
          },
        },
        { Id: 'q1' },
        { Id: 'q2' },
      ],
    });
  });

  it('puts a series together that comes in several pages', async () => {
    const { metrics, server } = await gatewayOn((response, _request, index) => {
      answerJson(response, {
        MetricDataResults: [
          {
            Id: 'q0',
            Timestamps: [minute(index)],
            Values: [index],
            StatusCode: index === 0 ? 'PartialData' : 'Complete',
          },
        ],
        ...(index === 0 ? { NextToken: 'more' } : {}),
      });
    });
    const [series] = await metrics.series({ queries: [latency('us-east-1')], startMs: 0, endMs: 1 });
    expect(series).toMatchObject({ complete: true, points: [{ value: 0 }, { value: 1 }] });
    expect(server.requests.map(({ body }) => JSON.parse(body).NextToken)).toEqual([undefined, 'more']);
  });

  it('splits more than 500 queries over several calls, each answered in its place', async () => {
    const { metrics, server } = await gatewayOn((response, { body }) => {
      const { MetricDataQueries } = JSON.parse(body) as { MetricDataQueries: { Id: string }[] };
      answerJson(response, {
        MetricDataResults: MetricDataQueries.map(({ Id }) => ({
          Id,
          Timestamps: [minute(0)],
          Values: [Number(Id.slice(1))],
          StatusCode: 'Complete',
        })),
      });
    });
    const queries = Array.from({ length: 501 }, (_, index) => latency(`r-${index}`));
    const series = await metrics.series({ queries, startMs: 0, endMs: 1 });
    expect(series.map(({ points }) => points[0]?.value)).toEqual(queries.map((_, index) => index));
    expect(server.requests.map(({ body }) => JSON.parse(body).MetricDataQueries.length)).toEqual([500, 1]);
  });

  it('says when CloudWatch could not give all of it', async () => {
    const { metrics } = await gatewayOn(response => {
      answerJson(response, { MetricDataResults: [{ Id: 'q0', Timestamps: [], Values: [], StatusCode: 'Forbidden' }] });
    });
    const [series] = await metrics.series({ queries: [latency('us-east-1')], startMs: 0, endMs: 1 });
    expect(series).toMatchObject({ points: [], complete: false });
  });

  it('asks nothing when there is nothing to ask', async () => {
    const { metrics, server } = await gatewayOn(response => {
      answerJson(response, {});
    });
    expect(await metrics.series({ queries: [], startMs: 0, endMs: 1 })).toEqual([]);
    expect(server.requests).toEqual([]);
  });

  it('names the action that was missing', async () => {
    const { metrics } = await gatewayOn(response => {
      answerError(response, 'AccessDenied', 'no');
    });
    const failure: unknown = await metrics
      .series({ queries: [latency('us-east-1')], startMs: 0, endMs: 1 })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'denied', service: 'cloudwatch', region: 'eu-west-1' });
    expect(deniedAction(failure as Parameters<typeof deniedAction>[0])).toBe('cloudwatch:GetMetricData');
  });
});

describe('listMetrics', () => {
  it('reads all pages', async () => {
    const { metrics, server } = await gatewayOn((response, _request, index) => {
      answerJson(response, {
        Metrics: [
          {
            Namespace: 'AWS/DynamoDB',
            MetricName: 'ReplicationLatency',
            Dimensions: [
              { Name: 'TableName', Value: 'Orders' },
              { Name: 'ReceivingRegion', Value: index === 0 ? 'us-east-1' : 'sa-east-1' },
            ],
          },
        ],
        NextToken: index === 0 ? 'more' : '',
      });
    });
    const found = await metrics.listMetrics({
      namespace: 'AWS/DynamoDB',
      name: 'ReplicationLatency',
      dimensions: { TableName: 'Orders' },
    });
    expect(found.map(({ dimensions }) => dimensions['ReceivingRegion'])).toEqual(['us-east-1', 'sa-east-1']);
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
      Namespace: 'AWS/DynamoDB',
      MetricName: 'ReplicationLatency',
      Dimensions: [{ Name: 'TableName', Value: 'Orders' }],
    });
    expect(JSON.parse(server.requests[1]?.body ?? '')).toMatchObject({ NextToken: 'more' });
  });
});
