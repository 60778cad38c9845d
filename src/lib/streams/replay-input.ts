import type { ReadEvent } from './read-events.js';
import type { EventRecord } from './lambda-event.js';
import type { RecordedRecord } from './stream-record.js';

/** What a replay is fed with. */
export type ReplayInput =
  | {
      readonly type: 'records';
      /** Tells shards of several streams apart. */
      readonly key: string;
      readonly shardId: string | undefined;
      readonly records: readonly EventRecord[];
    }
  /** No batch may wait for more records than it has: of one shard, or of all of them. */
  | { readonly type: 'flush'; readonly key: string | undefined }
  | { readonly type: 'reading'; readonly event: Exclude<ReadEvent, { type: 'page' }> };

/**
 * Feeds recorded records. A recording has each shard in order and children after their parents, but does not name the parents: so
 * whatever was gathered is sent before the first record of a shard that was not seen yet.
 */
export async function* inputOfRecording(
  recorded: AsyncIterable<RecordedRecord>,
): AsyncGenerator<ReplayInput, void, undefined> {
  const seen = new Set<string>();
  for await (const { record, eventSourceArn, shardId } of recorded) {
    const key = `${eventSourceArn ?? ''} ${shardId ?? ''}`;
    if (!seen.has(key)) {
      seen.add(key);
      yield { type: 'flush', key: undefined };
    }
    yield { type: 'records', key, shardId, records: [{ record, eventSourceArn }] };
  }
}

/** Feeds what is read from a stream; without a window every page is sent as it comes, as Lambda does. */
export async function* inputOfStream(
  events: AsyncIterable<ReadEvent>,
  windowMs: number,
): AsyncGenerator<ReplayInput, void, undefined> {
  for await (const event of events) {
    if (event.type !== 'page') {
      if (event.type === 'shard-ended') yield { type: 'flush', key: event.shardId };
      yield { type: 'reading', event };
      continue;
    }
    const { shardId, stream } = event;
    const records = event.records.map(record => ({ record, eventSourceArn: stream.streamArn }));
    yield { type: 'records', key: shardId, shardId, records };
    if (windowMs === 0) yield { type: 'flush', key: shardId };
  }
}
