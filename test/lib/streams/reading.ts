import type { FakeClock } from '../../support/fake-clock.js';
import type { FakeStreams } from '../../support/fake-streams.js';
import type { ReadEvent, ReadOptions, ReadStats } from '../../../src/lib/streams/read-events.js';
import { emptyStats, readStream } from '../../../src/lib/streams/read-stream.js';

/** When the tests' clocks begin. */
export const START_MS = Date.UTC(2026, 10, 20, 10, 11, 12);

/** What a test may choose of a read; the rest is as a tail from the oldest record would have it. */
export type Choices = Partial<Omit<ReadOptions, 'gateway' | 'clock' | 'stream'>>;

/** What a read told. */
export interface ReadResult {
  readonly events: readonly ReadEvent[];
  readonly stats: ReadStats;
}

/** The options of a read of this stream. */
export function readOptions(streams: FakeStreams, clock: FakeClock, choices: Choices = {}): ReadOptions {
  return {
    gateway: streams,
    clock,
    random: () => 0.5,
    signal: new AbortController().signal,
    stream: { streamArn: streams.streamArn, tableName: streams.tableName, region: streams.region },
    start: { from: 'trim-horizon' },
    follow: true,
    ...choices,
  };
}

/** Reads until `isEnough` says so of what was told so far, or until the read ends by itself. */
export async function read(
  options: ReadOptions,
  isEnough: (events: readonly ReadEvent[]) => boolean = () => false,
): Promise<ReadResult> {
  const events: ReadEvent[] = [];
  const stats = emptyStats();
  for await (const event of readStream(options, stats)) {
    events.push(event);
    if (isEnough(events)) break;
  }
  return { events, stats };
}

/** The sequence numbers of all records told, in the order of their coming. */
export function sequenceNumbers(events: readonly ReadEvent[]): readonly string[] {
  return events.flatMap(event => (event.type === 'page' ? event.records.map(record => record.sequenceNumber) : []));
}

/** True once so many records were told. */
export function records(count: number): (events: readonly ReadEvent[]) => boolean {
  return events => sequenceNumbers(events).length >= count;
}

/** True once an event of this type was told. */
export function told(type: ReadEvent['type']): (events: readonly ReadEvent[]) => boolean {
  return events => events.some(event => event.type === type);
}

/** The events of one type. */
export function ofType<Type extends ReadEvent['type']>(
  events: readonly ReadEvent[],
  type: Type,
): readonly Extract<ReadEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<ReadEvent, { type: Type }> => event.type === type);
}

/** The course of a read in short: `open 1`, `2 of 1`, `end 1`; shards go by the number in their names. */
export function course(events: readonly ReadEvent[]): readonly string[] {
  return events.map(event => {
    switch (event.type) {
      case 'shard-opened':
        return `open ${short(event.shardId)}`;
      case 'page':
        return `${event.records.length} of ${short(event.shardId)}`;
      case 'shard-ended':
        return `end ${short(event.shardId)}`;
      case 'gap':
        return `gap ${short(event.shardId)} ${event.reason}`;
      case 'iterator-renewed':
      case 'throttled':
      case 'retrying':
        return `${event.type} ${short(event.shardId)}`;
      case 'caught-up':
        return 'caught-up';
      case 'stream-ended':
        return `stream-ended ${event.reason}`;
    }
  });
}

function short(shardId: string): string {
  return String(Number(/^shardId-(\d+)/.exec(shardId)?.[1]));
}
