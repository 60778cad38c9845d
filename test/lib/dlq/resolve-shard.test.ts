import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StreamBatch } from '../../../src/lib/dlq/failure-message.js';
import type { Resolved, Wanted } from '../../../src/lib/dlq/range-work.js';
import { resolveShard } from '../../../src/lib/dlq/resolve-shard.js';
import { type FakeClock, fakeClock } from '../../support/fake-clock.js';
import { FakeStreams, type FakeStreamsOptions } from '../../support/fake-streams.js';

const START_MS = Date.UTC(2026, 10, 22, 12);
let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock(START_MS);
});

interface Stage {
  readonly streams: FakeStreams;
  readonly shardId: string;
  readonly numbers: readonly string[];
}

function stage(records: number, options: Partial<FakeStreamsOptions> = {}, bytesEach = 0): Stage {
  const streams = new FakeStreams({ clock, ...options });
  const shardId = streams.open();
  return { streams, shardId, numbers: streams.write(shardId, records, bytesEach) };
}

function range({ streams, shardId, numbers }: Stage, from: number, to: number): StreamBatch {
  return {
    streamArn: streams.streamArn,
    tableName: 'Orders',
    region: 'eu-central-1',
    shardId,
    startSequenceNumber: numbers[from] ?? '',
    endSequenceNumber: numbers[to] ?? '',
    firstArrivalMs: START_MS,
    lastArrivalMs: START_MS,
    batchSize: to - from + 1,
  };
}

const all = (): boolean => true;
const wanted = (batch: StreamBatch, accepts: Wanted['accepts'] = all): Wanted => ({ batch, accepts });

async function resolve(
  streams: FakeStreams,
  items: readonly Wanted[],
  signal = new AbortController().signal,
): Promise<readonly Resolved<Wanted>[]> {
  const resolved: Resolved<Wanted>[] = [];
  const options = { gateway: streams, clock, random: () => 0, signal, maxWaitMs: 60_000 };
  for await (const chunk of resolveShard(items, options)) resolved.push(...chunk);
  return resolved;
}

const numbersOf = (resolved: Resolved<Wanted> | undefined): readonly string[] =>
  (resolved?.records ?? []).map(record => record.sequenceNumber);
const callsOf = (streams: FakeStreams, operation: string): number =>
  streams.calls.filter(call => call.operation === operation).length;

describe('reading a range back', () => {
  it('has both of its ends, and nothing beside it', async () => {
    const there = stage(10);
    const [resolved] = await resolve(there.streams, [wanted(range(there, 3, 5))]);
    expect(numbersOf(resolved)).toEqual(there.numbers.slice(3, 6));
    expect(resolved).toMatchObject({ leftOut: 0, loss: undefined, failure: undefined });
    expect(there.streams.calls.map(call => call.start ?? call.operation)).toEqual(['AT_SEQUENCE_NUMBER', 'GetRecords']);
  });

  it('goes on over pages, empty pages, and to the end of a closed shard', async () => {
    const there = stage(10, { pageSize: 2, emptyPagesBetween: () => 3 });
    there.streams.close(there.shardId);
    const [resolved] = await resolve(there.streams, [wanted(range(there, 4, 9))]);
    expect(numbersOf(resolved)).toEqual(there.numbers.slice(4));
    expect(resolved?.loss).toBeUndefined();
  });

  it('leaves out what the filter of the mapping leaves out, and counts it', async () => {
    const there = stage(6);
    const odd = new Set(there.numbers.filter((_, index) => index % 2 === 1));
    const [resolved] = await resolve(there.streams, [
      wanted(range(there, 0, 5), record => odd.has(record.sequenceNumber)),
    ]);
    expect(numbersOf(resolved)).toEqual([...odd]);
    expect(resolved?.leftOut).toBe(3);
  });

  it('keeps the bytes of records also when it lets go of their page', async () => {
    const there = stage(40, { pageSize: 10 }, 3_000);
    const wantedNumber = there.numbers[1];
    const [resolved] = await resolve(there.streams, [
      wanted(range(there, 0, 39), record => record.sequenceNumber === wantedNumber),
    ]);
    expect(resolved?.records.map(record => record.parsed().dynamodb.SequenceNumber)).toEqual([wantedNumber]);
    expect(resolved?.records[0]?.bytes.buffer.byteLength).toBeLessThan(10_000);
  });
});

describe('ranges of one shard', () => {
  it('that touch or overlap are read once', async () => {
    const there = stage(100);
    const resolved = await resolve(there.streams, [
      wanted(range(there, 20, 29)),
      wanted(range(there, 0, 9)),
      wanted(range(there, 10, 19)),
      wanted(range(there, 5, 24)),
    ]);
    expect(resolved.map(each => numbersOf(each))).toEqual([
      there.numbers.slice(0, 10),
      there.numbers.slice(10, 20),
      there.numbers.slice(5, 25),
      there.numbers.slice(20, 30),
    ]);
    expect(callsOf(there.streams, 'GetRecords')).toBe(1);
    expect(callsOf(there.streams, 'GetShardIterator')).toBe(1);
  });

  it('that lie far apart are jumped to', async () => {
    const there = stage(5_000);
    const resolved = await resolve(there.streams, [wanted(range(there, 4_990, 4_990)), wanted(range(there, 3, 3))]);
    expect(resolved.map(each => numbersOf(each))).toEqual([[there.numbers[3]], [there.numbers[4_990]]]);
    expect(callsOf(there.streams, 'GetRecords')).toBe(2);
  });

  it('come back as any of them is complete, whatever pages bring', async () => {
    const ranges = fc.array(fc.tuple(fc.nat(79), fc.nat(30)), { minLength: 1, maxLength: 12 });
    const shape = fc.record({ pageSize: fc.integer({ min: 1, max: 40 }), empties: fc.nat(2), closed: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(ranges, shape, fc.nat(80), async (pairs, { pageSize, empties, closed }, trimmed) => {
        clock = fakeClock(START_MS);
        const there = stage(80, { pageSize, emptyPagesBetween: () => empties });
        if (closed) there.streams.close(there.shardId);
        there.streams.trim(there.shardId, trimmed);
        const items = pairs.map(([from, length]) => wanted(range(there, from, Math.min(79, from + length))));
        const resolved = await resolve(there.streams, items);
        expect(new Set(resolved.map(each => each.item))).toEqual(new Set(items));
        expect(resolved).toHaveLength(items.length);
        for (const [index, item] of items.entries()) {
          const from = pairs[index]?.[0] ?? 0;
          const to = Math.min(79, from + (pairs[index]?.[1] ?? 0));
          const mine = resolved.find(each => each.item === item);
          const left = there.numbers.slice(Math.max(from, trimmed), Math.max(to + 1, trimmed));
          const isExhausted = mine?.failure !== undefined;
          // An open shard without any record left shows nothing, and says nothing.
          if (isExhausted) expect({ closed, trimmed }).toEqual({ closed: false, trimmed: 80 });
          else {
            expect(numbersOf(mine)).toEqual(left);
            expect(mine?.loss?.all).toBe(from >= trimmed ? undefined : left.length === 0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('records that are gone', () => {
  it('in part: what is left comes, with where it begins', async () => {
    const there = stage(10);
    there.streams.trim(there.shardId, 4);
    const [resolved] = await resolve(there.streams, [wanted(range(there, 2, 6))]);
    expect(numbersOf(resolved)).toEqual(there.numbers.slice(4, 7));
    expect(resolved?.loss).toEqual({ all: false, why: 'trimmed', leftFrom: there.numbers[4] });
  });

  it('in whole, beside a range that is still there', async () => {
    const there = stage(10);
    there.streams.trim(there.shardId, 5);
    const resolved = await resolve(there.streams, [wanted(range(there, 0, 3)), wanted(range(there, 6, 7))]);
    expect(resolved.map(each => each.loss)).toEqual([{ all: true, why: 'trimmed', leftFrom: undefined }, undefined]);
    expect(numbersOf(resolved[1])).toEqual(there.numbers.slice(6, 8));
  });

  it('while they are read', async () => {
    const there = stage(10, { pageSize: 2 });
    there.streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 2) there.streams.trim(there.shardId, 7);
      return undefined;
    };
    const [resolved] = await resolve(there.streams, [wanted(range(there, 0, 9))]);
    expect(numbersOf(resolved)).toEqual([...there.numbers.slice(0, 2), ...there.numbers.slice(7)]);
    expect(resolved?.loss).toEqual({ all: false, why: 'trimmed', leftFrom: there.numbers[7] });
  });

  it('with their shard, before and while it is read', async () => {
    const before = stage(4);
    before.streams.remove(before.shardId);
    const items = [wanted(range(before, 0, 1)), wanted(range(before, 2, 3))];
    expect((await resolve(before.streams, items)).map(each => each.loss)).toEqual([
      { all: true, why: 'shard-gone', leftFrom: undefined },
      { all: true, why: 'shard-gone', leftFrom: undefined },
    ]);

    const during = stage(4, { pageSize: 1 });
    during.streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 2) during.streams.remove(during.shardId);
      return undefined;
    };
    const [resolved] = await resolve(during.streams, [wanted(range(during, 0, 3))]);
    expect(numbersOf(resolved)).toEqual([during.numbers[0]]);
    expect(resolved?.loss).toMatchObject({ all: false, why: 'shard-gone' });
  });
});

describe('what gets in the way', () => {
  it('an iterator that expired is renewed behind the last record', async () => {
    const there = stage(4, { pageSize: 2 });
    there.streams.fails = call => {
      if (call.operation === 'GetRecords' && call.nth === 2) clock.advance(16 * 60_000);
      return undefined;
    };
    const [resolved] = await resolve(there.streams, [wanted(range(there, 0, 3))]);
    expect(numbersOf(resolved)).toEqual(there.numbers);
    expect(there.streams.calls.map(call => call.start).filter(start => start !== undefined)).toEqual([
      'AT_SEQUENCE_NUMBER',
      'AFTER_SEQUENCE_NUMBER',
    ]);
  });

  it('throttles and outages are waited out', async () => {
    const there = stage(3);
    there.streams.fails = call =>
      call.nth <= 2 ? (call.operation === 'GetRecords' ? 'throttled' : 'service') : undefined;
    const [resolved] = await resolve(there.streams, [wanted(range(there, 0, 2))]);
    expect(numbersOf(resolved)).toEqual(there.numbers);
  });

  it('a sequence number that AWS refuses fails its own range only', async () => {
    const there = stage(5);
    const strange = { ...range(there, 0, 1), startSequenceNumber: '1', endSequenceNumber: '2' };
    const resolved = await resolve(there.streams, [wanted(strange), wanted(range(there, 2, 3))]);
    expect(resolved[0]).toMatchObject({ failure: 'Invalid SequenceNumber', records: [] });
    expect(numbersOf(resolved[1])).toEqual(there.numbers.slice(2, 4));
  });

  it('an open shard that shows nothing is not taken for one that has forgotten', async () => {
    const there = stage(3, { emptyPagesBetween: () => 1_000 });
    const [resolved] = await resolve(there.streams, [wanted(range(there, 0, 2))]);
    expect(resolved?.failure).toContain('shows nothing');
    expect(resolved?.loss).toBeUndefined();
  });

  it('a missing permission ends it', async () => {
    const there = stage(3);
    there.streams.fails = () => 'denied';
    await expect(resolve(there.streams, [wanted(range(there, 0, 2))])).rejects.toMatchObject({ kind: 'denied' });
  });

  it('an abort ends it', async () => {
    const there = stage(3);
    const stop = new AbortController();
    there.streams.fails = () => {
      stop.abort(new Error('stopped'));
      return 'throttled';
    };
    await expect(resolve(there.streams, [wanted(range(there, 0, 2))], stop.signal)).rejects.toThrow('stopped');
  });
});
