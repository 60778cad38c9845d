import {
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  type MetricDatum,
  PutMetricDataCommand,
  type Statistic,
} from '@aws-sdk/client-cloudwatch';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, START_MS, startHarness } from '../harness.js';

const MINUTE_MS = 60_000;

/** The minute in which the harness's clock stands. */
const NOW = new Date(Math.floor(START_MS / MINUTE_MS) * MINUTE_MS);
const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * MINUTE_MS);

describe('CloudWatch', () => {
  let harness: Harness;

  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.close());

  async function put(...data: readonly MetricDatum[]): Promise<void> {
    await harness.cloudwatch().send(new PutMetricDataCommand({ Namespace: 'Orders', MetricData: [...data] }));
  }

  /** One datum of the metric `Lag` of the stream `a`, so many minutes ago. */
  function lag(value: number, ago: number): MetricDatum {
    return {
      MetricName: 'Lag',
      Dimensions: [{ Name: 'Stream', Value: 'a' }],
      Value: value,
      Timestamp: minutesAgo(ago),
    };
  }

  const lagMetric = { Namespace: 'Orders', MetricName: 'Lag', Dimensions: [{ Name: 'Stream', Value: 'a' }] };

  function dataInput(parts: Partial<GetMetricDataCommandInput> = {}): GetMetricDataCommandInput {
    return {
      StartTime: minutesAgo(10),
      EndTime: new Date(NOW.getTime() + MINUTE_MS),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [{ Id: 'lag', MetricStat: { Metric: lagMetric, Period: 60, Stat: 'Maximum' } }],
      ...parts,
    };
  }

  const data = (parts: Partial<GetMetricDataCommandInput> = {}) =>
    harness.cloudwatch().send(new GetMetricDataCommand(dataInput(parts)));

  function statisticsInput(parts: Partial<GetMetricStatisticsCommandInput> = {}): GetMetricStatisticsCommandInput {
    return {
      ...lagMetric,
      StartTime: minutesAgo(10),
      EndTime: new Date(NOW.getTime() + MINUTE_MS),
      Period: 300,
      Statistics: ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'],
      ...parts,
    };
  }

  const statistics = (parts: Partial<GetMetricStatisticsCommandInput> = {}) =>
    harness.cloudwatch().send(new GetMetricStatisticsCommand(statisticsInput(parts)));

  describe('GetMetricData', () => {
    it.each([
      ['Average', 4],
      ['Sum', 12],
      ['Minimum', 1],
      ['Maximum', 8],
      ['SampleCount', 3],
    ] as const)('F: answers %s', async (stat: Statistic, value) => {
      await put(lag(1, 1), lag(8, 1), lag(3, 1));
      const query = { Id: 'q', MetricStat: { Metric: lagMetric, Period: 60, Stat: stat } };
      const answer = await data({ MetricDataQueries: [query] });
      expect(answer.MetricDataResults).toEqual([
        { Id: 'q', Label: 'Lag', StatusCode: 'Complete', Timestamps: [minutesAgo(1)], Values: [value] },
      ]);
    });

    it('F: counts periods from the start that was asked for, and gives none for a period without data', async () => {
      await put(lag(1, 10), lag(2, 6), lag(4, 5), lag(8, 0));
      const answer = await data({
        StartTime: new Date(minutesAgo(10).getTime() + 59_000),
        MetricDataQueries: [{ Id: 'q', MetricStat: { Metric: lagMetric, Period: 180, Stat: 'Sum' } }],
      });
      expect(answer.MetricDataResults?.[0]).toMatchObject({
        Timestamps: [minutesAgo(10), minutesAgo(7), minutesAgo(1)],
        Values: [1, 6, 8],
      });
    });

    it('F: takes the start in and leaves the end out', async () => {
      await put(lag(1, 5), lag(2, 2));
      const answer = await data({ StartTime: minutesAgo(5), EndTime: minutesAgo(2) });
      expect(answer.MetricDataResults?.[0]?.Values).toEqual([1]);
    });

    it('F: gives the newest first unless told otherwise', async () => {
      await put(lag(1, 3), lag(2, 2));
      expect((await data({ ScanBy: undefined })).MetricDataResults?.[0]?.Values).toEqual([2, 1]);
      expect((await data({ ScanBy: 'TimestampAscending' })).MetricDataResults?.[0]?.Values).toEqual([1, 2]);
    });

    it('F: a metric with one dimension too few is another metric', async () => {
      await put(lag(1, 1));
      const stat = { Metric: { Namespace: 'Orders', MetricName: 'Lag' }, Period: 60, Stat: 'Sum' };
      const answer = await data({ MetricDataQueries: [{ Id: 'q', MetricStat: stat }] });
      expect(answer.MetricDataResults).toEqual([
        { Id: 'q', Label: 'Lag', StatusCode: 'Complete', Timestamps: [], Values: [] },
      ]);
    });

    it('F: a Region knows only its own metrics', async () => {
      await put(lag(1, 1));
      const answer = await harness.cloudwatch('eu-west-1').send(new GetMetricDataCommand(dataInput()));
      expect(answer.MetricDataResults?.[0]?.Values).toEqual([]);
    });

    it.each([1, 2, 3, 5])('gives every point once in pages of %i', async size => {
      await put(lag(1, 4), lag(2, 3), lag(3, 2), { MetricName: 'Depth', Value: 9, Timestamp: minutesAgo(1) });
      const queries = [
        { Id: 'lag', MetricStat: { Metric: lagMetric, Period: 60, Stat: 'Sum' } },
        { Id: 'none', MetricStat: { Metric: { ...lagMetric, MetricName: 'None' }, Period: 60, Stat: 'Sum' } },
        {
          Id: 'depth',
          MetricStat: { Metric: { Namespace: 'Orders', MetricName: 'Depth' }, Period: 60, Stat: 'Sum' },
        },
      ];
      const seen: Record<string, number[]> = {};
      let token: string | undefined;
      do {
        const page = await data({ MetricDataQueries: queries, MaxDatapoints: size, NextToken: token });
        for (const { Id = '', Values = [] } of page.MetricDataResults ?? []) (seen[Id] ??= []).push(...Values);
        const points = page.MetricDataResults?.flatMap(({ Values = [] }) => Values) ?? [];
        expect(points.length).toBeLessThanOrEqual(size);
        token = page.NextToken;
      } while (token !== undefined);
      expect(seen).toEqual({ lag: [1, 2, 3], none: [], depth: [9] });
    });

    it('says of a series that goes on in the next page that it is partial', async () => {
      await put(lag(1, 4), lag(2, 3));
      const page = await data({ MaxDatapoints: 1 });
      expect(page.MetricDataResults?.map(({ StatusCode }) => StatusCode)).toEqual(['PartialData']);
      expect((await data({ NextToken: page.NextToken })).MetricDataResults?.[0]).toMatchObject({
        StatusCode: 'Complete',
        Values: [2],
      });
    });

    it('leaves out what is not to be returned', async () => {
      const [query] = dataInput().MetricDataQueries ?? [];
      if (query === undefined) expect.unreachable();
      expect((await data({ MetricDataQueries: [{ ...query, ReturnData: false }] })).MetricDataResults).toEqual([]);
    });

    it('finds nothing in a unit that is not the metric’s', async () => {
      await put({ ...lag(1, 1), Unit: 'Milliseconds' });
      const inUnit = async (unit: 'Milliseconds' | 'Seconds') => {
        const stat = { Metric: lagMetric, Period: 60, Stat: 'Sum', Unit: unit };
        return (await data({ MetricDataQueries: [{ Id: 'q', MetricStat: stat }] })).MetricDataResults?.[0]?.Values;
      };
      expect([await inUnit('Milliseconds'), await inUnit('Seconds')]).toEqual([[1], []]);
    });

    const [aQuery] = [{ Id: 'q', MetricStat: { Metric: lagMetric, Period: 60, Stat: 'Sum' } }];
    it.each<[string, Partial<GetMetricDataCommandInput>, string, string]>([
      ['an id twice', { MetricDataQueries: [aQuery, aQuery] }, 'ValidationException', 'not unique: q'],
      [
        'a capital id',
        { MetricDataQueries: [{ ...aQuery, Id: 'Q' }] },
        'ValidationException',
        'The value Q for parameter',
      ],
      ['an end at the start', { EndTime: minutesAgo(10) }, 'ValidationException', 'must not equal parameter EndTime.'],
      ['an end before', { EndTime: minutesAgo(11) }, 'ValidationException', 'must be less than the parameter EndTime.'],
      ['a foreign token', { NextToken: 'b3JkZXJz' }, 'InvalidNextToken', 'The next token specified is invalid.'],
      [
        'math',
        { MetricDataQueries: [{ Id: 'm', Expression: 'SUM(METRICS())' }] },
        'InvalidParameterValueException',
        'The sandbox does not serve Expression of GetMetricData.',
      ],
      [
        'a percentile',
        { MetricDataQueries: [{ Id: 'q', MetricStat: { ...aQuery.MetricStat, Stat: 'p99' } }] },
        'InvalidParameterValueException',
        'the statistic p99',
      ],
      [
        'a made-up statistic',
        { MetricDataQueries: [{ Id: 'q', MetricStat: { ...aQuery.MetricStat, Stat: 'Median' } }] },
        'ValidationException',
        'The value Median',
      ],
      [
        'a period of 90 seconds',
        { MetricDataQueries: [{ Id: 'q', MetricStat: { ...aQuery.MetricStat, Period: 90 } }] },
        'InvalidParameterValueException',
        'must be a multiple of 60',
      ],
    ])('refuses %s', async (_, input, name, message) => {
      await expect(data(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    });

    it('refuses more than 500 queries', async () => {
      const queries = Array.from({ length: 501 }, (__, at) => ({ ...aQuery, Id: `q${at}` }));
      await expect(data({ MetricDataQueries: queries })).rejects.toThrow('must not have a size greater than 500');
    });
  });

  describe('GetMetricStatistics', () => {
    it('F: answers the plain statistics of a metric by period', async () => {
      await put({ ...lag(4, 9), Unit: 'Milliseconds' }, lag(8, 8), lag(1, 2));
      expect(await statistics()).toMatchObject({
        Label: 'Lag',
        Datapoints: [
          {
            Timestamp: minutesAgo(10),
            Average: 6,
            Sum: 12,
            Minimum: 4,
            Maximum: 8,
            SampleCount: 2,
            Unit: 'Milliseconds',
          },
          { Timestamp: minutesAgo(5), Average: 1, SampleCount: 1 },
        ],
      });
    });

    it('rounds an old start down to five minutes, and to the hour', async () => {
      await put(lag(1, 5));
      harness.sandbox.control.advanceClock({ ms: 16 * 24 * 60 * MINUTE_MS });
      const range = { Period: 3_600, EndTime: minutesAgo(1) };
      const first = async () => (await statistics({ ...range, StartTime: minutesAgo(7) })).Datapoints?.[0]?.Timestamp;
      // The clock of the harness stands at 10:11.
      expect(await first()).toEqual(new Date(Date.UTC(2026, 10, 20, 10, 0)));
      harness.sandbox.control.advanceClock({ ms: 50 * 24 * 60 * MINUTE_MS });
      expect(await first()).toEqual(new Date(Date.UTC(2026, 10, 20, 10, 0)));
    });

    it.each<[string, Partial<GetMetricStatisticsCommandInput>, string, string]>([
      [
        'more than 1,440 points',
        { StartTime: minutesAgo(1440), Period: 60 },
        'InvalidParameterCombinationException',
        'You have requested up to 1,441 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
      ],
      [
        'no statistics',
        { Statistics: undefined },
        'MissingRequiredParameterException',
        'The request must contain the parameter Statistics or ExtendedStatistics',
      ],
      [
        'percentiles',
        { Statistics: undefined, ExtendedStatistics: ['p99'] },
        'InvalidParameterValueException',
        'The sandbox does not serve ExtendedStatistics of GetMetricStatistics. Leave it out, or use an AWS account.',
      ],
      [
        'an end at the start',
        { EndTime: minutesAgo(10) },
        'InvalidParameterValueException',
        'The parameter StartTime must not equal parameter EndTime.',
      ],
      [
        'a period of ten seconds',
        { Period: 10 },
        'InvalidParameterValueException',
        'The sandbox does not serve a Period of less than a minute of GetMetricStatistics. Leave it out, or use an AWS account.',
      ],
    ])('refuses %s', async (_, input, name, message) => {
      await expect(statistics(input)).rejects.toMatchObject({ name, message });
    });
  });

  describe('ListMetrics', () => {
    it('finds metrics by namespace, name and some of their dimensions', async () => {
      const pair = [
        { Name: 'Stream', Value: 'b' },
        { Name: 'Shard', Value: '1' },
      ];
      await put(lag(1, 1), { MetricName: 'Lag', Dimensions: pair, Value: 1 }, { MetricName: 'Depth', Value: 1 });
      const names = async (input: ListMetricsCommandInput) =>
        (await harness.cloudwatch().send(new ListMetricsCommand(input))).Metrics?.map(
          ({ MetricName, Dimensions = [] }) => [MetricName, ...Dimensions.map(({ Value }) => Value)].join(' '),
        );
      expect(await names({ Namespace: 'Orders' })).toEqual(['Lag a', 'Lag b 1', 'Depth']);
      expect(await names({ Namespace: 'Other' })).toEqual([]);
      expect(await names({ MetricName: 'Depth' })).toEqual(['Depth']);
      expect(await names({ Dimensions: [{ Name: 'Stream' }] })).toEqual(['Lag a', 'Lag b 1']);
      expect(await names({ Dimensions: [{ Name: 'Stream', Value: 'b' }] })).toEqual(['Lag b 1']);
      expect(await names({ Dimensions: [{ Name: 'toString' }] })).toEqual([]);
    });

    it('lists what had data in two weeks, or in three hours', async () => {
      const client = harness.cloudwatch();
      const count = async (recent?: 'PT3H') =>
        (await client.send(new ListMetricsCommand({ RecentlyActive: recent }))).Metrics?.length;
      await put(lag(1, 0));
      expect([await count('PT3H'), await count()]).toEqual([1, 1]);
      harness.sandbox.control.advanceClock({ ms: 4 * 60 * MINUTE_MS });
      expect([await count('PT3H'), await count()]).toEqual([0, 1]);
      harness.sandbox.control.advanceClock({ ms: 14 * 24 * 60 * MINUTE_MS });
      expect([await count('PT3H'), await count()]).toEqual([0, 0]);
    });

    it('gives 500 a page', async () => {
      const named = Array.from({ length: 501 }, (_, at) => ({ MetricName: `m${at}`, Value: 1 }));
      await put(...named);
      const first = await harness.cloudwatch().send(new ListMetricsCommand({}));
      const second = await harness.cloudwatch().send(new ListMetricsCommand({ NextToken: first.NextToken }));
      expect([first.Metrics?.length, second.Metrics?.length, second.NextToken]).toEqual([500, 1, undefined]);
      await expect(harness.cloudwatch().send(new ListMetricsCommand({ NextToken: 'x' }))).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
      });
    });
  });

  describe('PutMetricData', () => {
    it('takes one value, values with counts, and what several came to', async () => {
      await put(lag(1, 1), {
        MetricName: 'Lag',
        Dimensions: lagMetric.Dimensions,
        Timestamp: minutesAgo(1),
        Values: [10, 20],
        Counts: [2, 1],
      });
      await put({
        MetricName: 'Lag',
        Dimensions: lagMetric.Dimensions,
        Timestamp: minutesAgo(1),
        StatisticValues: { SampleCount: 4, Sum: 8, Minimum: 0.5, Maximum: 3 },
      });
      expect((await statistics()).Datapoints).toMatchObject([{ SampleCount: 8, Sum: 49, Minimum: 0.5, Maximum: 20 }]);
    });

    it('takes a body that is compressed, and refuses one that only says so', async () => {
      const send = (body: string | Buffer) =>
        fetch(harness.sandbox.url, {
          method: 'POST',
          headers: { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData', 'content-encoding': 'gzip' },
          body,
        });
      const text = JSON.stringify({ Namespace: 'Orders', MetricData: [{ MetricName: 'Depth', Value: 1 }] });
      expect((await send(gzipSync(text))).status).toBe(200);
      expect(await (await send(text)).json()).toMatchObject({
        __type: expect.stringContaining('#SerializationException'),
      });
    });

    it('keeps nothing of a call in which something is wrong', async () => {
      await expect(put(lag(1, 1), { MetricName: 'Lag' })).rejects.toMatchObject({
        name: 'MissingRequiredParameterException',
        message: 'The request must contain the parameter MetricData.member.2.Value',
      });
      expect((await harness.cloudwatch().send(new ListMetricsCommand({}))).Metrics).toEqual([]);
    });

    it.each<[string, MetricDatum]>([
      ['a time three weeks ago', lag(1, 21 * 24 * 60)],
      ['a time three hours ahead', lag(1, -180)],
      ['a value and values', { MetricName: 'Lag', Value: 1, Values: [1] }],
      ['values without as many counts', { MetricName: 'Lag', Values: [1, 2], Counts: [1] }],
      ['a dimension twice', { ...lag(1, 1), Dimensions: [...lagMetric.Dimensions, ...lagMetric.Dimensions] }],
      ['a resolution of one second', { ...lag(1, 1), StorageResolution: 1 }],
    ])('refuses %s', async (_, datum) => {
      await expect(put(datum)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    });

    it('refuses the namespaces of AWS services', async () => {
      const command = new PutMetricDataCommand({ Namespace: 'AWS/DynamoDB', MetricData: [lag(1, 1)] });
      await expect(harness.cloudwatch().send(command)).rejects.toThrow('The value AWS/ for parameter Namespace');
    });
  });

  it('speaks AWS JSON, and says its old error codes in a header', async () => {
    const answer = await harness.raw('GraniteServiceVersion20100801.PutMetricData', {
      Namespace: 'Orders',
      MetricData: [],
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-query-error')).toBe('MissingParameter;Sender');
    expect(await answer.json()).toEqual({
      __type: 'com.amazonaws.cloudwatch.v2010_08_01#MissingRequiredParameterException',
      message: 'The request must contain the parameter MetricData',
    });
  });

  it('has no alarms, and says so as of an unknown operation', async () => {
    await expect(harness.cloudwatch().send(new DescribeAlarmsCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    expect(harness.log.at(-1)).toContain('GraniteServiceVersion20100801.DescribeAlarms');
  });
});
