import { describe, expect, it } from 'vitest';
import type { ReadEvent, ReadOptions } from '../../../src/lib/streams/read-events.js';
import { measureStream, type StatsEvent, type StatsOptions } from '../../../src/lib/streams/stats.js';
import { StatisticsFold } from '../../../src/lib/streams/stream-statistics.js';
import { fakeClock } from '../../support/fake-clock.js';
import { aRecord } from './records.js';
import { collect, eventsOf, scriptSource, START_MS, STREAM } from './scripted-stream.js';

const at = (seconds: number) => START_MS / 1000 + seconds;
const TTL = { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } };

function aFold(): StatisticsFold {
  const fold = new StatisticsFold();
  fold.open('shard-silent');
  fold.add(
    'shard-1',
    [
      aRecord({ eventName: 'INSERT' }, { ApproximateCreationDateTime: at(0), SizeBytes: 10 }),
      aRecord({}, { ApproximateCreationDateTime: at(1), SizeBytes: 20 }),
      aRecord({ eventName: 'REMOVE', ...TTL }, { ApproximateCreationDateTime: at(2), SizeBytes: 60 }),
    ],
    START_MS + 10_000,
  );
  fold.add(
    'shard-2',
    [aRecord({}, { ApproximateCreationDateTime: at(19), SizeBytes: 30, Keys: { sk: { N: '7' }, pk: { S: 'b' } } })],
    START_MS + 20_000,
  );
  return fold;
}

describe('StatisticsFold', () => {
  it('tells rates by event and shard, sizes, lag and deletes by TTL', () => {
    expect(aFold().statistics(START_MS, START_MS + 20_000, 1)).toEqual({
      from: '2026-11-22T00:13:19Z',
      to: '2026-11-22T00:13:39Z',
      seconds: 20,
      records: 4,
      perSecond: 0.2,
      byEvent: {
        INSERT: { records: 1, perSecond: 0.05 },
        MODIFY: { records: 2, perSecond: 0.1 },
        REMOVE: { records: 1, perSecond: 0.05 },
      },
      ttlDeletes: { records: 1, share: 0.25 },
      byShard: [
        { shardId: 'shard-1', records: 3, perSecond: 0.15, bytes: 90, newestAt: '2026-11-22T00:13:21Z', lagMs: 8_000 },
        { shardId: 'shard-2', records: 1, perSecond: 0.05, bytes: 30, newestAt: '2026-11-22T00:13:38Z', lagMs: 1_000 },
        { shardId: 'shard-silent', records: 0, perSecond: 0, bytes: 0, newestAt: null, lagMs: null },
      ],
      sizeBytes: { min: 10, avg: 30, p50: 20, p99: 60, max: 60 },
      hotKeys: [{ keys: { pk: 'order#1' }, count: 3, atLeast: 3, share: 0.75 }],
      hotKeysError: 0,
      lagMs: 8_000,
    });
  });

  it('takes a key for the same in whatever order its attributes come', () => {
    const fold = aFold();
    fold.add('shard-2', [aRecord({}, { Keys: { pk: { S: 'b' }, sk: { N: '7' } } })], START_MS);
    expect(fold.statistics(START_MS, START_MS, 9).hotKeys).toContainEqual({
      keys: { pk: 'b', sk: 7 },
      count: 2,
      atLeast: 2,
      share: 0.4,
    });
  });

  it('states how far off the hottest keys can be when there are more keys than it counts', () => {
    const fold = new StatisticsFold();
    const records = Array.from({ length: 6_000 }, (_, index) =>
      aRecord({}, { Keys: { pk: { S: index % 2 === 0 ? 'hot' : `cold#${index}` } } }),
    );
    fold.add('shard-1', records, START_MS);
    const { hotKeys, hotKeysError } = fold.statistics(START_MS, START_MS, 1);
    expect(hotKeysError).toBeGreaterThan(0);
    expect(hotKeys).toMatchObject([{ keys: { pk: 'hot' }, count: 3_000 }]);
  });

  it('has no rates that are not numbers when there is nothing', () => {
    const statistics = new StatisticsFold().statistics(START_MS, START_MS, 5);
    expect(statistics).toMatchObject({ records: 0, perSecond: 0, sizeBytes: null, lagMs: null, hotKeys: [] });
    expect(statistics.ttlDeletes.share).toBe(0);
  });
});

const page = (shardId: string, ...seconds: readonly number[]): ReadEvent => ({
  type: 'page',
  stream: STREAM,
  shardId,
  records: seconds.map(second => aRecord({}, { ApproximateCreationDateTime: at(second) })),
});

describe('measureStream', () => {
  const measure = (overrides: Partial<StatsOptions>, read: (options: ReadOptions) => AsyncIterable<ReadEvent>) =>
    collect(
      measureStream(
        { source: scriptSource(), sinceMs: START_MS - 60_000, follow: false, top: 3, intervalMs: 5_000, ...overrides },
        read,
      ),
    );
  const snapshotsOf = (events: readonly StatsEvent[]) =>
    events.flatMap(event => (event.type === 'snapshot' ? [[event.statistics.records, event.recentPerSecond]] : []));

  it('looks back over the span and stops', async () => {
    let asked: ReadOptions | undefined;
    const events = await measure({}, options => {
      asked = options;
      return eventsOf([page('shard-1', -30, -20), page('shard-2', -10)]);
    });
    expect(asked).toMatchObject({ start: { from: 'since', sinceMs: START_MS - 60_000 }, follow: false });
    expect(events).toMatchObject([
      { type: 'summary', gaps: 0, statistics: { records: 3, seconds: 60, perSecond: 0.05 } },
    ]);
  });

  it('tells a snapshot each interval while it follows, also when nothing comes', async () => {
    const clock = fakeClock(START_MS);
    const stop = new AbortController();
    const live = async function* ({ signal }: ReadOptions): AsyncGenerator<ReadEvent> {
      yield page('shard-1', 0, 0);
      await clock.sleep(6_000, signal);
      yield page('shard-1', 6, 6, 6, 6, 6);
      await clock.sleep(10_000, signal);
    };
    const events = await measure({ source: scriptSource(clock, stop.signal), sinceMs: undefined, follow: true }, live);
    expect(snapshotsOf(events)).toEqual([
      [2, 0.4],
      [7, 1],
      [7, 0],
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'summary', statistics: { records: 7, seconds: 16 } });
  });

  it('ends with the whole when it is interrupted', async () => {
    const clock = fakeClock(START_MS);
    const stop = new AbortController();
    const live = async function* ({ signal, start }: ReadOptions): AsyncGenerator<ReadEvent> {
      expect(start).toEqual({ from: 'latest' });
      yield page('shard-1', 0);
      stop.abort();
      if (!signal.aborted) throw new Error('the read was not told');
    };
    const events = await measure({ source: scriptSource(clock, stop.signal), sinceMs: undefined, follow: true }, live);
    expect(events.at(-1)).toMatchObject({ type: 'summary', statistics: { records: 1 } });
  });

  it('passes on what happens beside the records, and counts gaps', async () => {
    const gap: ReadEvent = {
      type: 'gap',
      stream: STREAM,
      shardId: 'a',
      reason: 'trimmed',
      fromSequenceNumber: undefined,
      fromMs: undefined,
      toSequenceNumber: undefined,
      toMs: undefined,
    };
    const events = await measure({}, () => eventsOf([gap]));
    expect(events).toMatchObject([gap, { type: 'summary', gaps: 1 }]);
  });
});
