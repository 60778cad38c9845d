import type { ReadEvents } from './export-stream.js';
import type { ReadEvent, ReadOptions } from './read-events.js';
import { readStream } from './read-stream.js';
import { StatisticsFold, type StreamStatistics } from './stream-statistics.js';
import type { RecordTest } from './record-filter.js';
import { DUE, withDue } from './with-due.js';

/** What is measured. */
export interface StatsOptions {
  readonly source: Omit<ReadOptions, 'start' | 'follow' | 'endAtMs' | 'onlyShardId'>;
  /** Records from then on; undefined: from now on, which takes `follow`. */
  readonly sinceMs: number | undefined;
  readonly follow: boolean;
  /** How many of the hottest keys are told. */
  readonly top: number;
  /** How often a snapshot is told while it follows. */
  readonly intervalMs: number;
  readonly accepts?: RecordTest | undefined;
}

/** What a measurement tells: snapshots of all since its beginning, and at the end the whole. */
export type StatsEvent =
  | { readonly type: 'snapshot'; readonly recentPerSecond: number; readonly statistics: StreamStatistics }
  | Exclude<ReadEvent, { type: 'page' }>
  | { readonly type: 'summary'; readonly gaps: number; readonly statistics: StreamStatistics };

/**
 * Measures a stream: back from now, or on from now with a snapshot each interval. The last event is the summary, also after an abort.
 * @throws what reading throws
 */
export async function* measureStream(
  options: StatsOptions,
  read: ReadEvents = readStream,
): AsyncGenerator<StatsEvent, void, undefined> {
  const { source, sinceMs, follow, top, intervalMs } = options;
  const { clock, gateway } = source;
  const stop = new AbortController();
  const signal = AbortSignal.any([source.signal, stop.signal]);
  const fold = new StatisticsFold();
  const startedAtMs = gateway.serverNow();
  const fromMs = sinceMs ?? startedAtMs;
  let gaps = 0;
  let dueAtMs = clock.now() + intervalMs;
  let told = { records: 0, atMs: startedAtMs };
  const events = read({
    ...source,
    signal,
    follow,
    start: sinceMs === undefined ? { from: 'latest' } : { from: 'since', sinceMs },
  });
  try {
    for await (const event of withDue(events, () => (follow ? dueAtMs : undefined), clock)) {
      if (event !== DUE) {
        if (event.type === 'page') {
          const { records, stream } = event;
          const { accepts } = options;
          const accepted = accepts === undefined ? records : records.filter(each => accepts(each, stream.streamArn));
          fold.add(event.shardId, accepted, gateway.serverNow());
          continue;
        }
        if (event.type === 'shard-opened') fold.open(event.shardId);
        if (event.type === 'gap') gaps += 1;
        yield event;
        continue;
      }
      const atMs = gateway.serverNow();
      const statistics = fold.statistics(fromMs, atMs, top);
      const recentSeconds = Math.max(1, (atMs - told.atMs) / 1_000);
      yield { type: 'snapshot', recentPerSecond: (fold.records - told.records) / recentSeconds, statistics };
      told = { records: fold.records, atMs };
      dueAtMs = clock.now() + intervalMs;
    }
  } finally {
    stop.abort();
  }
  yield { type: 'summary', gaps, statistics: fold.statistics(fromMs, gateway.serverNow(), top) };
}
