import { describe, expect, it } from 'vitest';
import { createSandboxClock } from '../../../src/lib/sandbox/clock.js';
import { createMetricStore, type MetricId } from '../../../src/lib/sandbox/cloudwatch/metric-store.js';
import { START_MS } from './harness.js';

const clock = createSandboxClock({ now: () => START_MS, sleep: async () => {} });

function aMetric(parts: Partial<MetricId> = {}): MetricId {
  return {
    region: 'us-east-1',
    namespace: 'AWS/DynamoDB',
    name: 'Latency',
    dimensions: { TableName: 'Orders' },
    ...parts,
  };
}

describe('the metric store', () => {
  it('adds the samples of a minute up', () => {
    const store = createMetricStore(clock);
    for (const value of [3, 1, 8]) store.record(aMetric(), value);
    expect(store.find(aMetric())?.minutes).toEqual([
      { startMs: Date.UTC(2026, 10, 20, 10, 11), sum: 12, sampleCount: 3, minimum: 1, maximum: 8 },
    ]);
  });

  it('keeps minutes in order, whenever their samples come', () => {
    const store = createMetricStore(clock);
    const minute = Math.floor(START_MS / 60_000);
    for (const ago of [0, 2, 1, 2]) store.record(aMetric(), ago, (minute - ago) * 60_000 + 59_999);
    expect(
      store.find(aMetric())?.minutes.map(({ startMs, sampleCount }) => [minute - startMs / 60_000, sampleCount]),
    ).toEqual([
      [2, 2],
      [1, 1],
      [0, 1],
    ]);
  });

  it('tells metrics apart by Region and by dimensions, of which the order does not matter', () => {
    const store = createMetricStore(clock);
    store.record(aMetric({ dimensions: { A: '1', B: '2' } }), 1);
    store.record(aMetric({ dimensions: { B: '2', A: '1' } }), 1);
    store.record(aMetric({ dimensions: { A: '1' } }), 1);
    store.record(aMetric({ region: 'eu-west-1' }), 1);
    expect(store.all('us-east-1').map(({ id, minutes }) => [id.dimensions, minutes[0]?.sampleCount])).toEqual([
      [{ A: '1', B: '2' }, 2],
      [{ A: '1' }, 1],
    ]);
    expect(store.find(aMetric())).toBeUndefined();
  });
});
