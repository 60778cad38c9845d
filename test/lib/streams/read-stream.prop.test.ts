import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Progress, formatCheckpoint, parseCheckpoint } from '../../../src/lib/streams/checkpoint.js';
import type { ReadEvent, ReadStart } from '../../../src/lib/streams/read-events.js';
import { readStream } from '../../../src/lib/streams/read-stream.js';
import { fakeClock } from '../../support/fake-clock.js';
import type { FakeStreams } from '../../support/fake-streams.js';
import { type History, history, live } from './histories.js';
import { START_MS, ofType, readOptions, sequenceNumbers } from './reading.js';

const pace = { pollIntervalMs: 5_000, maxRequestsPerSecond: undefined, maxWaitMs: 600_000 };
const TIMEOUT_MS = 60_000;

/** A consumer that takes so long over some of its events that iterators grow old. */
const pauses = fc
  .array(fc.tuple(fc.nat(60), fc.constantFrom(1_000, 60_000, 20 * 60_000)), { maxLength: 5 })
  .map(entries => new Map(entries));

/** Every sequence number that was there at the start or was written since, but for those that were gone by then. */
function expectedOf(
  streams: FakeStreams,
  atStart: ReadonlyMap<string, readonly string[]>,
  writtenBefore: ReadonlySet<string>,
) {
  return [...streams.written].flatMap(([shardId, written]) =>
    written
      .map(record => ({ shardId, sequenceNumber: record.sequenceNumber }))
      .filter(
        ({ sequenceNumber }) =>
          !writtenBefore.has(sequenceNumber) || atStart.get(shardId)?.includes(sequenceNumber) === true,
      ),
  );
}

/**
 * What was neither told nor lies in a gap that was. Sequence numbers have the same length here. Nobody can know of what
 * was trimmed before the first record of its shard was seen.
 */
function missing(
  streams: FakeStreams,
  expected: readonly { readonly shardId: string; readonly sequenceNumber: string }[],
  events: readonly ReadEvent[],
) {
  const seen = new Set(sequenceNumbers(events));
  const gaps = ofType(events, 'gap');
  const knownFrom = (shardId: string): string =>
    streams.written.get(shardId)?.find(record => seen.has(record.sequenceNumber))?.sequenceNumber ?? '~';
  return expected.filter(
    ({ shardId, sequenceNumber }) =>
      !seen.has(sequenceNumber) &&
      !(streams.wasTrimmed(shardId, sequenceNumber) && sequenceNumber < knownFrom(shardId)) &&
      !gaps.some(
        gap =>
          gap.shardId === shardId &&
          sequenceNumber > (gap.fromSequenceNumber ?? '') &&
          sequenceNumber < (gap.toSequenceNumber ?? '~'),
      ),
  );
}

/** Holds the promises about order: parents first, sequence numbers rising within a shard, no gap around what was told. */
function expectOrder(events: readonly ReadEvent[], endedBefore: ReadonlySet<string> = new Set()): void {
  const ended = new Set(endedBefore);
  const toBeOpened = new Set(ofType(events, 'shard-opened').map(event => event.shardId));
  const lastOf = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'shard-ended' || (event.type === 'gap' && event.reason === 'shard-gone'))
      ended.add(event.shardId);
    if (event.type === 'shard-opened') {
      const { parentShardId } = event;
      if (parentShardId !== undefined && toBeOpened.has(parentShardId)) expect(ended).toContain(parentShardId);
    }
    if (event.type === 'page') {
      expect(event.records.length).toBeGreaterThan(0);
      for (const { sequenceNumber } of event.records) {
        expect(sequenceNumber > (lastOf.get(event.shardId) ?? '')).toBe(true);
        lastOf.set(event.shardId, sequenceNumber);
      }
    }
    if (event.type === 'gap' && event.fromSequenceNumber !== undefined) {
      expect(event.fromSequenceNumber >= (lastOf.get(event.shardId) ?? '')).toBe(true);
    }
  }
}

function begin(past: History) {
  const clock = fakeClock(START_MS);
  const streams = live(past, clock);
  const writtenBefore = new Set([...streams.written.values()].flat().map(record => record.sequenceNumber));
  return { clock, streams, writtenBefore, atStart: streams.readable() };
}

describe('a read from the oldest record', () => {
  it(
    'misses nothing, tells nothing twice, and keeps the order, whatever happens to the stream',
    async () => {
      await fc.assert(
        fc.asyncProperty(history('none', 'trims and removals'), pauses, async (past, takesMs) => {
          const { clock, streams, atStart, writtenBefore } = begin(past);
          const events: ReadEvent[] = [];
          for await (const event of readStream(readOptions(streams, clock, { pace }))) {
            const pauseMs = takesMs.get(events.push(event));
            if (pauseMs !== undefined) await clock.sleep(pauseMs);
          }
          expect(events.at(-1)).toMatchObject({ type: 'stream-ended', reason: 'disabled' });
          expectOrder(events);
          const seen = sequenceNumbers(events);
          expect(new Set(seen).size).toBe(seen.length);
          expect(missing(streams, expectedOf(streams, atStart, writtenBefore), events)).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'tells of no gap where nothing was trimmed',
    async () => {
      await fc.assert(
        fc.asyncProperty(history('none'), pauses, async (past, takesMs) => {
          const { clock, streams } = begin(past);
          const events: ReadEvent[] = [];
          for await (const event of readStream(readOptions(streams, clock, { pace }))) {
            const pauseMs = takesMs.get(events.push(event));
            if (pauseMs !== undefined) await clock.sleep(pauseMs);
          }
          expect(ofType(events, 'gap')).toEqual([]);
          expect(sequenceNumbers(events)).toHaveLength([...streams.written.values()].flat().length);
        }),
        { numRuns: 100 },
      );
    },
    TIMEOUT_MS,
  );
});

describe('a read to the end as it was', () => {
  it(
    'tells everything that was there at the start, and ends',
    async () => {
      await fc.assert(
        fc.asyncProperty(history('none'), async past => {
          // What AWS does not list for minutes nobody can wait for who wants to end.
          const { clock, streams, writtenBefore } = begin({ ...past, listingDelayMs: 0, fullListingDelayMs: 0 });
          const events: ReadEvent[] = [];
          for await (const event of readStream(readOptions(streams, clock, { follow: false, pace })))
            events.push(event);
          expectOrder(events);
          const seen = new Set(sequenceNumbers(events));
          expect([...writtenBefore].filter(each => !seen.has(each))).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
    TIMEOUT_MS,
  );
});

describe('a read that is cut off', () => {
  it(
    'goes on from its checkpoint: nothing missed, nothing twice that was dealt with',
    async () => {
      const cuts = fc.array(fc.record({ atEvent: fc.integer({ min: 1, max: 25 }), downMs: fc.nat(400_000) }), {
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(history('none', 'trims'), cuts, pauses, async (past, plannedCuts, takesMs) => {
          const { clock, streams, atStart, writtenBefore } = begin(past);
          const dealtWith: ReadEvent[] = [];
          let checkpoint = formatCheckpoint({ streams: new Map() }, clock.now());
          for (const cut of [...plannedCuts, undefined]) {
            const progress = new Progress(parseCheckpoint(checkpoint, 'checkpoint.json'));
            const positions = progress.checkpoint().streams.get(streams.streamArn);
            const start: ReadStart =
              positions === undefined ? { from: 'trim-horizon' } : { from: 'positions', positions };
            let told = 0;
            const sinceCut: ReadEvent[] = [];
            for await (const event of readStream(readOptions(streams, clock, { start, pace }))) {
              told += 1;
              const pauseMs = takesMs.get(told);
              if (pauseMs !== undefined) await clock.sleep(pauseMs);
              // The process dies while it deals with this event.
              if (told === cut?.atEvent) break;
              progress.note(event, clock.now());
              sinceCut.push(event);
            }
            expectOrder(sinceCut);
            dealtWith.push(...sinceCut);
            checkpoint = formatCheckpoint(progress.checkpoint(), clock.now());
            await clock.sleep(cut?.downMs ?? 0);
          }
          const seen = sequenceNumbers(dealtWith);
          expect(new Set(seen).size).toBe(seen.length);
          expect(missing(streams, expectedOf(streams, atStart, writtenBefore), dealtWith)).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
    TIMEOUT_MS,
  );
});

describe('a read from LATEST', () => {
  it(
    'misses nothing that is written from then on, also through cuts and lost iterators',
    async () => {
      const cuts = fc.array(fc.record({ atEvent: fc.integer({ min: 8, max: 25 }), downMs: fc.nat(400_000) }), {
        maxLength: 3,
      });
      await fc.assert(
        fc.asyncProperty(history('none'), cuts, pauses, async (past, plannedCuts, takesMs) => {
          // The beginning is without troubles, so that it is certain what LATEST was.
          const faults = new Map([...past.faults].filter(([nth]) => nth > 20));
          const { clock, streams, writtenBefore } = begin({ ...past, faults, latencyMs: 0 });
          const dealtWith: ReadEvent[] = [];
          let start: ReadStart = { from: 'latest' };
          const progress = new Progress();
          for (const cut of [...plannedCuts, undefined]) {
            let told = 0;
            for await (const event of readStream(readOptions(streams, clock, { start, pace }))) {
              told += 1;
              const pauseMs = takesMs.get(told - 5);
              if (pauseMs !== undefined) await clock.sleep(pauseMs);
              if (told === cut?.atEvent) break;
              progress.note(event, clock.now());
              dealtWith.push(event);
            }
            const text = formatCheckpoint(progress.checkpoint(), clock.now());
            const positions = parseCheckpoint(text, 'checkpoint.json').streams.get(streams.streamArn);
            start = positions === undefined ? start : { from: 'positions', positions };
            await clock.sleep(cut?.downMs ?? 0);
          }
          const seen = sequenceNumbers(dealtWith);
          expect(new Set(seen).size).toBe(seen.length);
          const wanted = [...streams.written.values()]
            .flat()
            .map(record => record.sequenceNumber)
            .filter(each => !writtenBefore.has(each));
          expect(wanted.filter(each => !seen.includes(each))).toEqual([]);
        }),
        { numRuns: 100 },
      );
    },
    TIMEOUT_MS,
  );
});
