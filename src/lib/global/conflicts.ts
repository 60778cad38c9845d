import type { Clock } from '../model/clock.js';
import { keyText } from './key-text.js';
import { HotKeys } from '../streams/hot-keys.js';
import { mergeEvents } from '../streams/merge-events.js';
import type { Pace, ReadEvent, ReadStart, StreamRef } from '../streams/read-events.js';
import { readStream } from '../streams/read-stream.js';
import type { StreamsGateway } from '../aws/streams-gateway.js';
import { DUE, withDue } from '../streams/with-due.js';
import { type Conflict, ConflictFinder, type FinderOptions } from './conflict-finder.js';

/** What happens while conflicts are looked for. */
export type ConflictEvent =
  | Conflict
  /** All streams have been read up to their newest record. */
  | { readonly type: 'caught-up' }
  /** Records that can no longer be read: a conflict among them is not seen. */
  | { readonly type: 'gap'; readonly region: string }
  | {
      readonly type: 'summary';
      readonly records: readonly { readonly region: string; readonly records: number }[];
      readonly certain: number;
      readonly possible: number;
      readonly gaps: number;
      /** Keys that were forgotten before they could be judged. */
      readonly letGo: number;
      /** The keys with the most conflicts. */
      readonly keys: readonly { readonly key: string; readonly conflicts: number }[];
    };

/** A Region's stream. */
export interface ConflictSource {
  readonly gateway: StreamsGateway;
  readonly stream: StreamRef;
}

/** What a search needs. */
export interface ConflictOptions extends FinderOptions {
  readonly sources: readonly ConflictSource[];
  readonly start: ReadStart;
  readonly follow: boolean;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** How many of the keys with the most conflicts are named. */
  readonly top: number;
}

/** Reads the streams of all Regions at once. @throws AwsError for a stream that cannot be read */
export async function* findConflicts(options: ConflictOptions): AsyncGenerator<ConflictEvent, void, undefined> {
  const { sources, clock, random, signal, start, follow, pace, top } = options;
  const finder = new ConflictFinder(options);
  const keys = new HotKeys();
  const records = new Map(sources.map(({ stream }) => [stream.region, 0]));
  const behind = new Set(sources.map(({ stream }) => stream.region));
  let certain = 0;
  let possible = 0;
  let gaps = 0;
  const count = (conflict: Conflict): Conflict => {
    keys.add(keyText(conflict.key));
    if (conflict.certainty === 'certain') certain += 1;
    else possible += 1;
    return conflict;
  };
  // What is old is read in one go, whatever its time: it is judged when all of it is there.
  const dueAtMs = (): number | undefined => (behind.size === 0 ? finder.dueAtMs : undefined);
  const reads = sources.map(({ gateway, stream }) =>
    readStream({ gateway, stream, clock, random, signal, start, follow, pace }),
  );
  for await (const event of withDue(mergeEvents<ReadEvent>(reads), dueAtMs, clock)) {
    if (event !== DUE) {
      const { region } = event.stream;
      if (event.type === 'page') {
        records.set(region, (records.get(region) ?? 0) + event.records.length);
        takeIn(finder, event, clock.now());
      } else if (event.type === 'gap') {
        gaps += 1;
        yield { type: 'gap', region };
      } else if (event.type === 'caught-up' && behind.delete(region) && behind.size === 0) yield { type: 'caught-up' };
    }
    if (behind.size === 0) for (const conflict of finder.due(clock.now())) yield count(conflict);
  }
  for (const conflict of finder.flush()) yield count(conflict);
  yield {
    type: 'summary',
    records: [...records].map(([region, number]) => ({ region, records: number })),
    certain,
    possible,
    gaps,
    letGo: finder.letGo,
    keys: keys.top(top).map(({ key, count: conflicts }) => ({ key, conflicts })),
  };
}

function takeIn(finder: ConflictFinder, page: Extract<ReadEvent, { type: 'page' }>, nowMs: number): void {
  for (const record of page.records) {
    const { Keys = {}, OldImage, NewImage } = record.parsed().dynamodb;
    const change = {
      region: page.stream.region,
      key: Keys,
      atMs: record.createdAtMs,
      before: OldImage,
      after: NewImage,
    };
    finder.add(change, nowMs);
  }
}
