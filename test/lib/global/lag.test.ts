import { describe, expect, it } from 'vitest';
import type { MetricPoint } from '../../../src/lib/aws/metrics-gateway.js';
import { pairsAbove, replicationLag } from '../../../src/lib/global/lag.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aRegionTable, type FakeGlobal, fakeGlobal } from '../../support/fake-global.js';

const NOW = Date.UTC(2026, 10, 24, 12);
const MINUTE_MS = 60_000;

const minutesAgo = (minutes: number, value: number): MetricPoint => ({ atMs: NOW - minutes * MINUTE_MS, value });

function putLatency(fake: FakeGlobal, from: string, to: string, points: readonly MetricPoint[]): void {
  const metric = {
    namespace: 'AWS/DynamoDB',
    name: 'ReplicationLatency',
    dimensions: { TableName: 'Orders', ReceivingRegion: to },
  };
  fake.metrics(from).put(metric, 'Average', points);
  fake.metrics(from).put(
    metric,
    'Maximum',
    points.map(({ atMs, value }) => ({ atMs, value: value + 100 })),
  );
}

function putWrites(fake: FakeGlobal, region: string, points: readonly MetricPoint[]): void {
  const dimensions = { TableName: 'Orders', Source: 'Customer' };
  fake
    .metrics(region)
    .put({ namespace: 'AWS/DynamoDB', name: 'ConsumedWriteCapacityUnits', dimensions }, 'Sum', points);
}

async function lagOf(fake: FakeGlobal, clockMs = NOW) {
  fake.join('eu-west-1');
  const home = await (await fake.aws.replicas('us-east-1')).describe('Orders');
  return replicationLag({
    aws: fake.aws,
    home,
    nowMs: clockMs,
    signal: new AbortController().signal,
    windowMs: 30 * MINUTE_MS,
    periodMs: MINUTE_MS,
  });
}

describe('the latency of a pair of Regions', () => {
  it('is read from the sending Region, one direction each', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    putLatency(fake, 'us-east-1', 'eu-west-1', [minutesAgo(3, 800), minutesAgo(2, 650)]);
    const report = await lagOf(fake);
    const [there, back] = report.pairs;
    expect(there).toMatchObject({
      from: 'us-east-1',
      to: 'eu-west-1',
      state: 'flowing',
      latest: { averageMs: 650, maximumMs: 750, atMs: NOW - 2 * MINUTE_MS },
      maximumMs: 900,
      silentSinceMs: undefined,
    });
    expect(there?.averagesMs.slice(-4)).toEqual([null, 800, 650, null]);
    expect(there?.averagesMs).toHaveLength(30);
    expect(back).toMatchObject({ from: 'eu-west-1', to: 'us-east-1', state: 'no-data', latest: undefined });
  });

  it('that ceased while writes went on counts as stalled, not as zero', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    putLatency(fake, 'us-east-1', 'eu-west-1', [minutesAgo(12, 800)]);
    putWrites(fake, 'us-east-1', [minutesAgo(12, 50), minutesAgo(8, 40), minutesAgo(7, 2)]);
    const [pair] = (await lagOf(fake)).pairs;
    expect(pair).toMatchObject({
      state: 'stalled',
      latest: undefined,
      silentSinceMs: NOW - 11 * MINUTE_MS,
      writesSince: 42,
    });
  });

  it('that ceased with nothing written, or with nothing known of writes, is silent', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    putLatency(fake, 'us-east-1', 'eu-west-1', [minutesAgo(12, 800)]);
    expect((await lagOf(fake)).pairs[0]).toMatchObject({ state: 'silent', writesSince: undefined });
    putWrites(fake, 'us-east-1', [minutesAgo(12, 50)]);
    expect((await lagOf(fake)).pairs[0]).toMatchObject({ state: 'silent', writesSince: 0 });
  });

  it('is not called silent before CloudWatch had the time to show it', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    putLatency(fake, 'us-east-1', 'eu-west-1', [minutesAgo(5, 800)]);
    expect((await lagOf(fake)).pairs[0]?.state).toBe('flowing');
  });

  it('of a Region whose CloudWatch cannot be asked is missing, and said to be', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    fake.metrics('eu-west-1').failNext('denied');
    const report = await lagOf(fake);
    expect(report.pairs.map(({ from }) => from)).toEqual(['us-east-1']);
    expect(report.failures).toMatchObject([{ region: 'eu-west-1', error: { kind: 'denied' } }]);
  });

  it('asks each Region once, for whole periods', async () => {
    const fake = fakeGlobal(fakeClock(NOW));
    const report = await lagOf(fake, NOW + 17_123);
    expect(report.endMs).toBe(NOW + MINUTE_MS);
    expect(fake.metrics('us-east-1').asked.map(({ metric, statistic }) => `${metric.name} ${statistic}`)).toEqual([
      'ReplicationLatency Average',
      'ReplicationLatency Maximum',
      'ConsumedWriteCapacityUnits Sum',
    ]);
  });
});

describe('a limit', () => {
  it('is passed by the latest average, and by a stall whatever its last value was', () => {
    const pair = {
      from: 'a',
      to: 'b',
      averagesMs: [],
      maximumMs: 5_000,
      silentSinceMs: undefined,
      writesSince: undefined,
    };
    const latest = (averageMs: number) => ({ averageMs, maximumMs: 5_000, atMs: 0 });
    const report = {
      tableName: aRegionTable('a').tableName,
      startMs: 0,
      endMs: 0,
      periodMs: MINUTE_MS,
      failures: [],
      pairs: [
        { ...pair, state: 'flowing' as const, latest: latest(999) },
        { ...pair, state: 'flowing' as const, latest: latest(1_001) },
        { ...pair, state: 'stalled' as const, latest: undefined },
        { ...pair, state: 'silent' as const, latest: undefined },
      ],
    };
    expect(pairsAbove(report, 1_000)).toEqual([report.pairs[1], report.pairs[2]]);
  });
});
